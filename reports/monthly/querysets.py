from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from villages.standing import standing_of

if TYPE_CHECKING:
    from reports.monthly.models import ReportSlot

#: states in which the village still has to send something
WAITING_FOR_VILLAGE = ("open", "draft", "returned")
#: states in which figures have arrived and count
SENT = ("submitted", "verified", "correction_requested")


class ReportSlotQuerySet(QuerySet["ReportSlot"]):
    def visible_to(self, user: Actor) -> Self:
        """Slots, and with them the reports, whose figures this user may read."""
        return self.open_for(user, "report.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        """Slots of the offices and villages where `user` holds `capability`."""
        standing = standing_of(user)
        return self.filter(
            Q(office_id__in=standing.offices(capability))
            | Q(village_id__in=standing.villages(capability))
        )

    def of_own_village(self, user: Actor) -> Self:
        """Slots that `user` has to fill in as the village's official."""
        return self.filter(village_id__in=standing_of(user).villages("report.submit"))

    def waiting_for_village(self) -> Self:
        return self.filter(status__in=WAITING_FOR_VILLAGE)

    def late(self) -> Self:
        """Due before today and not yet sent (or sent back)."""
        return self.waiting_for_village().filter(due_on__lt=timezone.localdate())

    def waiting_for_verification(self) -> Self:
        return self.filter(status="submitted")

    def to_verify(self, user: Actor) -> Self:
        """Sent reports that `user` may verify: in reach, entered by somebody else."""
        waiting = self.open_for(user, "report.verify").waiting_for_verification()
        return waiting.exclude(report__entered_by_id=user.pk)
