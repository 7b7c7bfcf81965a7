"""Moving villages to the office whose service area holds them."""

from django.db import transaction
from django.db.models import F

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_rows
from villages.places.models import Office
from villages.places.selectors.regions import caring_office_of
from villages.register.models import Village


@transaction.atomic
def settle_villages(*, acting_user: User | None) -> int:
    """Move every village to the office whose service area holds it; return how many.

    The most specific area wins; a village in no area stays where it is. Each move is
    recorded as an event that names both offices.
    """
    strays = lock_rows(
        Village.objects.select_related("office")
        .annotate(caring_office=caring_office_of("region_id"))
        .exclude(caring_office=None)
        .exclude(caring_office=F("office_id"))
    )
    offices = Office.objects.in_bulk()
    for village in strays:
        _hand_over(village, offices[village.caring_office], acting_user)  # type: ignore[attr-defined]
    return len(strays)


def _hand_over(village: Village, office: Office, acting_user: User | None) -> None:
    note = f"{village.office.short_name} → {office.short_name}"
    village.office = office
    village.save(update_fields=["office"])
    record_event(village, "change_office", acting_user, note=note)
