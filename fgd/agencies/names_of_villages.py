"""No agency has the name of a fostered village: one rule for all who name agencies."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from villages.places.named_places import named_place_in
from villages.register.selectors.search import villages_of_any_office


def refuse_names_of_villages(names: Iterable[str]) -> None:
    """ValidationError when a name is that of a village, of whatever office. One query.

    An agency at the same place says what it is: "Kecamatan Kronjo" is no village.
    """
    typed = [name for name in names if name.strip()]
    if not typed:
        return
    found = villages_of_any_office([named_place_in(name) for name in typed])
    for name, villages in zip(typed, found, strict=True):
        if villages:
            raise ValidationError(
                _(
                    "“%(name)s” is not an agency but the fostered village %(village)s "
                    "of %(office)s. If an agency is meant, say in its name what it is, "
                    "such as “Kecamatan”."
                ),
                "village",
                {
                    "name": name,
                    "village": villages[0].name_and_code,
                    "office": villages[0].office,
                },
            )
