from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise


def refuse_column_twice(
    chosen: Sequence[str | None], labels: Mapping[str, StrOrPromise]
) -> None:
    """ValidationError when two columns of a sheet are set to the same meaning."""
    for name, label in labels.items():
        if chosen.count(name) > 1:
            raise ValidationError(
                _("Two columns are set to “%(name)s”. Keep only one of them."),
                "twice",
                {"name": label},
            )
