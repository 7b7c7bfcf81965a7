from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from villages.standing import standing_of

if TYPE_CHECKING:
    from reports.monthly.models import ReportSlot

#: states in which the village still has to send something
WAITING_FOR_VILLAGE = ("open", "draft", "returned")


class ReportSlotQuerySet(QuerySet["ReportSlot"]):
    def visible_to(self, user: Actor) -> Self:
        """Slots, and with them the reports, whose figures this user may read."""
        standing = standing_of(user)
        return self.filter(
            Q(office_id__in=standing.offices("report.view"))
            | Q(village_id__in=standing.villages("report.view"))
        )

    def waiting_for_village(self) -> Self:
        return self.filter(status__in=WAITING_FOR_VILLAGE)

    def late(self) -> Self:
        """Due before today and not yet sent (or sent back)."""
        return self.waiting_for_village().filter(due_on__lt=timezone.localdate())

    def waiting_for_verification(self) -> Self:
        return self.filter(status="submitted")
