"""What an assignment leaves when it ends, village by village, and who goes on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desabinaan.accounts.access import Actor, may
from fgd.models import Action
from reports.followup.selectors.plan import open_in_villages
from reports.monthly.selectors import lines, unfinished_in
from villages.models import Assignment, OutreachActivity, Village
from villages.selectors import assignments_of, covered_by_letter, successors_of
from villages.selectors.visits import planned_in

CHANGE = "assignment.change"


@dataclass(frozen=True, slots=True)
class Left:
    """What stays open in one village; `heirs` is empty where nobody follows yet."""

    village: Village
    heirs: Sequence[Assignment]
    reports: Sequence[dict[str, Any]] = ()
    actions: Sequence[Action] = ()
    activities: Sequence[OutreachActivity] = ()

    @property
    def is_clear(self) -> bool:
        return not (self.reports or self.actions or self.activities)


@dataclass(frozen=True, slots=True)
class Handover:
    assignment: Assignment
    villages: Sequence[Left]
    has_ended: bool
    may_end: bool

    @property
    def without_heir(self) -> list[Left]:
        return [left for left in self.villages if not left.heirs]


def assignment_to_hand_over(village: Village, user: Actor, pk: int) -> Assignment:
    """The assignment, for whoever may end it and for the person who holds it."""
    assignment = get_object_or_404(assignments_of(village), pk=pk)
    if assignment.user_id != user.pk and not may(user, CHANGE, village):
        raise PermissionDenied(CHANGE)
    return assignment


def handover_of(assignment: Assignment, village: Village, user: Actor) -> Handover:
    """All villages of the letter with the same last day; five queries."""
    covered = list(covered_by_letter(assignment, user, "village.view"))
    day = assignment.ends_on or timezone.localdate()
    heirs = successors_of(covered, day + timedelta(days=1))
    left = _left(user, [one.village_id for one in covered if one.village_id])
    return Handover(
        assignment=assignment,
        villages=[
            Left(one.village, heirs.get(one.village_id, []), **left[one.village_id])
            for one in covered
            if one.village and one.village_id
        ],
        has_ended=day < timezone.localdate(),
        may_end=may(user, CHANGE, village),
    )


def _nothing() -> dict[str, list[Any]]:
    return {"reports": [], "actions": [], "activities": []}


def _left(user: Actor, villages: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Reports, actions and activities that stay open, by the id of the village."""
    left: dict[int, dict[str, Any]] = defaultdict(_nothing)
    reports = list(unfinished_in(user, villages))
    for report, line in zip(reports, lines(reports), strict=True):
        left[report["village_id"]]["reports"].append(line)
    for place in open_in_villages(user, villages):
        left[place.village_id]["actions"].append(place.action)
    for visit in planned_in(villages):
        left[visit.village_id]["activities"].append(visit.activity)
    return left
