from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for
from villages.register.models import Village

if TYPE_CHECKING:
    from reports.monthly.models import ReportSlot


#: states in which the village still has to send something
WAITING_FOR_VILLAGE = ("open", "draft", "returned")
#: states in which figures have arrived and count
SENT = ("submitted", "verified", "correction_requested")
IS_SENT = Q(status__in=SENT)
#: a slot whose village owes a report; an excused one owes none
IS_OWED = ~Q(status="excused")


class ReportSlotQuerySet(QuerySet["ReportSlot"]):
    def visible_to(self, user: Actor) -> Self:
        """Return slots, with their reports, that this user may read."""
        return self.open_for(user, "report.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        """Return slots at which `user` holds `capability`; see `at_villages_of`."""
        return self.filter(at_villages_of(user, capability))

    def owed_in(self, month: date) -> Self:
        """Return the slots of villages that owed a report of `month`: not excused."""
        return self.filter(IS_OWED, month=month.replace(day=1))

    def sent(self) -> Self:
        """Return slots whose figures have arrived and count."""
        return self.filter(IS_SENT)

    def of_own_village(self, user: Actor) -> Self:
        """Return slots that `user` has to fill in as the village's official."""
        return self.filter(village_id__in=roles_for(user).villages("report.submit"))

    def waiting_for_village(self) -> Self:
        return self.filter(status__in=WAITING_FOR_VILLAGE)

    def late(self) -> Self:
        """Return slots due before today and not yet sent, or returned."""
        return self.waiting_for_village().filter(due_on__lt=timezone.localdate())

    def to_verify(self, user: Actor) -> Self:
        """Return visible reports that `user` may verify."""
        return self.visible_to(user).filter(verifiable_by(user))


def at_villages_of(user: Actor, capability: str) -> Q:
    """Return months of the villages at which a role of `user` has `capability`.

    The same for many rows as ReportSlot.roles_of for one: a village that moves to
    another office takes all its months along.
    """
    return Q(village__in=Village.objects.open_for(user, capability))


def verifiable_by(user: Actor) -> Q:
    """Return sent reports that `user` may verify: entered by somebody else."""
    sent_by_others = Q(status="submitted") & ~Q(report__entered_by_id=user.pk)
    return sent_by_others & at_villages_of(user, "report.verify")
