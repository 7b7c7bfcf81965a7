"""What an assignment leaves when it ends, village by village, and who goes on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
#: So long after the last day a handover is still signed.
SIGNED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Left:
    """What stays open in one village.

    `renewal` is another letter of the same person, `heirs` are the others; neither
    where nobody follows yet. Whoever comes after a `gap` is not there at once.
    """

    village: Village
    renewal: Assignment | None
    heirs: Sequence[Assignment]
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
    villages: Sequence[Left]
    has_ended: bool
    may_end: bool

    @property
    def without_heir(self) -> list[Left]:
        return [one for one in self.villages if not (one.heirs or one.renewal)]

    @property
    def is_signed(self) -> bool:
        """Nobody signs for what is open long afterwards, or hands over to himself."""
        ended = self.assignment.ends_on
        late = ended is not None and ended < timezone.localdate() - SIGNED_WITHIN
        return not late and any(one.renewal is None for one in self.villages)


def assignment_to_hand_over(village: Village, user: Actor, pk: int) -> Assignment:
    """The assignment, for whoever may end it and for the person who holds it."""
    assignment = get_object_or_404(assignments_of(village), pk=pk)
    if assignment.user_id != user.pk and not may(user, CHANGE, village):
        raise PermissionDenied(CHANGE)
    return assignment


def handover_of(assignment: Assignment, village: Village, user: Actor) -> Handover:
    """All villages of the letter with the same last day; five queries.

    Of an assignment that has ended it tells what is open today, and who serves now.
    """
    covered = list(covered_by_letter(assignment, user, "village.view"))
    today = timezone.localdate()
    day = assignment.ends_on or today
    on = max(day + timedelta(days=1), today)
    heirs = successors_of(covered, on)
    left = _left(user, [one.village_id for one in covered if one.village_id])
    return Handover(
        assignment=assignment,
        villages=[
            Left(
                one.village,
                **_going_on(one, heirs.get(one.village_id, []), on),
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
        "heirs": [one for one in found if one.user_id != ending.user_id],
        "has_gap": any(one.starts_on > on for one in found),
    }


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
