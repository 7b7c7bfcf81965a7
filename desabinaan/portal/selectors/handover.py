"""The open work of an assignment that ends, by village, and the successors."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desabinaan.accounts.access import Actor, may
from fgd.plan.models import Action
from fgd.plan.selectors.plan import open_in_villages
from reports.monthly.selectors.checking import unfinished_in
from villages.outreach.models import OutreachActivity
from villages.outreach.selectors.visits import planned_in
from villages.register.models import Assignment, Village
from villages.register.selectors.assignments import (
    assignments_of,
    covered_by_letter,
    successors_of,
)

CHANGE = "assignment.change"
#: How long after the last day a handover is still signed.
SIGNED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """The open work in one village.

    `renewal` is another letter of the same person, `successors` are other people's;
    both are empty without a successor. `has_gap`: the next letter starts later.
    """

    village: Village
    renewal: Assignment | None
    successors: Sequence[Assignment]
    has_gap: bool
    reports: Sequence[dict[str, Any]] = ()
    actions: Sequence[Action] = ()
    activities: Sequence[OutreachActivity] = ()

    @property
    def is_clear(self) -> bool:
        return not (self.reports or self.actions or self.activities)


@dataclass(frozen=True, slots=True)
class Handover:
    assignment: Assignment
    villages: Sequence[OpenWork]
    has_ended: bool
    may_end: bool

    @property
    def without_successor(self) -> list[OpenWork]:
        return [one for one in self.villages if not (one.successors or one.renewal)]

    @property
    def is_signed(self) -> bool:
        """Say whether to sign: not long afterwards, and not to the same person."""
        ended = self.assignment.ends_on
        late = ended is not None and ended < timezone.localdate() - SIGNED_WITHIN
        return not late and any(one.renewal is None for one in self.villages)


def assignment_to_hand_over(village: Village, user: Actor, pk: int) -> Assignment:
    """Return the assignment, for its holder and for those who may end it."""
    assignment = get_object_or_404(assignments_of(village), pk=pk)
    if assignment.user_id != user.pk and not may(user, CHANGE, village):
        raise PermissionDenied(CHANGE)
    return assignment


def handover_of(assignment: Assignment, village: Village, user: Actor) -> Handover:
    """Return all villages of the letter with the same last day; five queries.

    For an assignment that has ended: what is open today, and who serves now.
    """
    covered = list(covered_by_letter(assignment, user, "village.view"))
    today = timezone.localdate()
    day = assignment.ends_on or today
    on = max(day + timedelta(days=1), today)
    successors = successors_of(covered, on)
    left = _open_work_by_village(
        user, [one.village_id for one in covered if one.village_id]
    )
    return Handover(
        assignment=assignment,
        villages=[
            OpenWork(
                one.village,
                **_going_on(one, successors.get(one.village_id, []), on),
                **left[one.village_id],
            )
            for one in covered
            if one.village and one.village_id
        ],
        has_ended=day < today,
        may_end=may(user, CHANGE, village),
    )


def _going_on(ending: Assignment, found: list[Assignment], on: date) -> dict[str, Any]:
    return {
        "renewal": next((one for one in found if one.user_id == ending.user_id), None),
        "successors": [one for one in found if one.user_id != ending.user_id],
        "has_gap": any(one.starts_on > on for one in found),
    }


def _open_work_by_village(
    user: Actor, villages: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return open reports, actions and activities by the id of the village."""
    left: dict[int, dict[str, Any]] = defaultdict(
        lambda: {"reports": [], "actions": [], "activities": []}
    )
    for report in unfinished_in(user, villages):
        left[report["village_id"]]["reports"].append(report)
    for place in open_in_villages(user, villages):
        left[place.village_id]["actions"].append(place.action)
    for visit in planned_in(villages):
        left[visit.village_id]["activities"].append(visit.activity)
    return left
