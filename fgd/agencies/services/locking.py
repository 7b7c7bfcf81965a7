from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fgd.agencies.models import Agency


def locked_agencies(agency_ids: Iterable[int]) -> dict[int, Agency]:
    """Return the agencies by id, locked; lock session and action before them.

    The lock allows inserts of rows that refer to the agencies. `successor` is not
    joined, because the join would return its value from before the lock.
    """
    rows = (
        Agency.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=set(agency_ids))
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def refuse_merged(agency_ids: Iterable[int]) -> None:
    """ValidationError for merged agencies; lock them until the transaction ends."""
    for agency in locked_agencies(agency_ids).values():
        if agency.successor is not None:
            raise ValidationError(
                _("%(agency)s was merged into %(other)s. Choose %(other)s.")
                % {"agency": agency, "other": agency.successor},
                "merged",
            )
