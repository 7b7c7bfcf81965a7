"""What people learned: shares of right answers before and after, never of a person.

Groups are compared, people never paired. A group of fewer than FEWEST answers counts
nowhere, neither alone nor in a sum: what is left out of the parts is left out of the
totals too, so no subtraction brings it back. Phones and paper are groups of their own,
since whoever entered the paper could subtract it. An open round tells nothing: two
looks with one answer between them would tell that answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from villages.models import AwarenessCount, OutreachActivity, OutreachVillage, Question
from villages.models import Village as FosteredVillage
from villages.selectors.visits import activities_in

FEWEST = 5


@dataclass(frozen=True, slots=True)
class Share:
    """Right answers among all of a group, and how many people gave them."""

    answered: int = 0
    right: int = 0
    people: int = 0

    def __add__(self, other: "Share") -> "Share":
        """With the share of another activity: its people come besides."""
        return self._with(other, self.people + other.people)

    def __or__(self, other: "Share") -> "Share":
        """With another question of the same activity: the same people answer it."""
        return self._with(other, max(self.people, other.people))

    def _with(self, other: "Share", people: int) -> "Share":
        answered = self.answered + other.answered
        return Share(answered, self.right + other.right, people)

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.answered) if self.answered else 0


@dataclass(frozen=True, slots=True)
class Gain:
    """A group before and a group after; both have FEWEST answers or more."""

    before: Share
    after: Share

    def __add__(self, other: "Gain") -> "Gain":
        return Gain(self.before + other.before, self.after + other.after)

    def __or__(self, other: "Gain") -> "Gain":
        return Gain(self.before | other.before, self.after | other.after)

    @property
    def points(self) -> int:
        """Percentage points between the two shares as they are shown."""
        return self.after.percent - self.before.percent


@dataclass(frozen=True, slots=True)
class Line:
    """What the gain is about, and the gain; None where a group is too small."""

    label: str
    gain: Gain | None
    key: int = 0


def tellable(counts: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The groups that may be shown at all: of FEWEST or more, in a closed round."""
    return counts.filter(answered__gte=FEWEST, round__closes_at__lte=timezone.now())


def _cells(counts: QuerySet[Any, Any]) -> QuerySet[Any, dict[str, Any]]:
    """Per activity, question and moment the groups that may be shown, added up."""
    cells: QuerySet[Any, dict[str, Any]] = (
        tellable(counts)
        .values("round__test__activity", "question", "round__moment")
        .annotate(all=Sum("answered"), good=Sum("right"))
        .order_by()
    )
    return cells


def _pairs(counts: QuerySet[Any, Any]) -> dict[tuple[int, int], Gain]:
    """The gain by (activity, question), where both groups may be shown."""
    found: dict[tuple[int, int], dict[str, Share]] = defaultdict(dict)
    for row in _cells(counts).iterator():
        key = row["round__test__activity"], row["question"]
        found[key][row["round__moment"]] = Share(row["all"], row["good"], row["all"])
    return {
        key: Gain(shares["before"], shares["after"])
        for key, shares in found.items()
        if len(shares) == 2
    }


def added(gains: Iterable[Gain]) -> Gain | None:
    total: Gain | None = None
    for gain in gains:
        total = gain if total is None else total + gain
    return total


# --- One activity ------------------------------------------------------------


def gains_of(activity: OutreachActivity) -> tuple[list[Line], Gain | None]:
    """The gain of every question, and of all that are shown together."""
    pairs = _pairs(AwarenessCount.objects.filter(round__test__activity=activity))
    lines = [
        Line(str(question), pairs.get((activity.pk, question.pk)), question.number)
        for question in Question.objects.filter(bank__tests__activity=activity)
    ]
    return lines, _by_activity(pairs).get(activity.pk)


# --- One village over time ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Point:
    """One tested activity on the line of a village; `x` and the `y`s are drawn."""

    activity: int
    day: date
    gain: Gain
    villages: int
    x: str = ""
    y_before: str = ""
    y_after: str = ""


@dataclass(frozen=True, slots=True)
class VillageLine:
    """The village's capacity over time, oldest first, with the strokes of its drawing.

    Draw it with templates/villages/_learning_line.html.
    """

    points: list[Point]
    before: str
    after: str
    total: Gain | None


#: the drawing's own measures; 100 % lies at TOP, 0 % at BOTTOM
LEFT, RIGHT, TOP, BOTTOM = 80, 584, 16, 176


def line_of(village: FosteredVillage) -> VillageLine:
    """Share of right answers before and after each tested activity in the village."""
    return line_through(
        [one for one in activities_in(village) if one.status == one.Status.DONE]
    )


def line_through(held: Sequence[OutreachActivity]) -> VillageLine:
    """The same through activities that `activities_in` gave; one query."""
    of_them = AwarenessCount.objects.filter(
        round__test__activity__in=[one.pk for one in held]
    )
    gains = _by_activity(_pairs(of_them))
    return _drawn(
        [
            Point(one.pk, timezone.localdate(one.starts_at), gains[one.pk], one.reach)  # type: ignore[attr-defined]
            for one in sorted(held, key=lambda one: (one.starts_at, one.pk))
            if one.pk in gains
        ]
    )


def _by_activity(pairs: Mapping[tuple[int, int], Gain]) -> dict[int, Gain]:
    gains: dict[int, Gain] = {}
    for (activity, _question), gain in pairs.items():
        gains[activity] = gains[activity] | gain if activity in gains else gain
    return gains


def _drawn(points: list[Point]) -> VillageLine:
    placed = []
    if points:
        first, last = points[0].day, points[-1].day
        span = max((last - first).days, 1)
        for point in points:
            share = (point.day - first).days / span if len(points) > 1 else 0.5
            placed.append(
                Point(
                    point.activity,
                    point.day,
                    point.gain,
                    point.villages,
                    x=f"{LEFT + share * (RIGHT - LEFT):.1f}",
                    y_before=_height(point.gain.before),
                    y_after=_height(point.gain.after),
                )
            )
    return VillageLine(
        placed,
        before=" ".join(f"{point.x},{point.y_before}" for point in placed),
        after=" ".join(f"{point.x},{point.y_after}" for point in placed),
        total=added(point.gain for point in placed),
    )


def _height(share: Share) -> str:
    return f"{BOTTOM - share.percent / 100 * (BOTTOM - TOP):.1f}"


# --- Everything in sight -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learned:
    """The gains over several activities, in three cuts of the same shown cells."""

    total: Gain | None
    activities: int
    pillars: list[Line]
    questions: list[Line]
    villages: list[tuple[FosteredVillage, Gain]]


MOST_VILLAGES = 50


def learned_in(activities: QuerySet[OutreachActivity]) -> Learned:
    """The gains of these activities by pillar, question and village."""
    ids = activities.order_by().values("pk")
    pairs = _pairs(AwarenessCount.objects.filter(round__test__activity__in=ids))
    questions = Question.objects.select_related("bank").in_bulk(
        {question for _activity, question in pairs}
    )
    gains = _by_activity(pairs)
    pillars = {
        activity: questions[question].bank.get_pillar_display()
        for activity, question in pairs
    }
    by_question: dict[int, Gain] = {}
    by_pillar: dict[str, Gain] = {}
    for (_activity, question), gain in pairs.items():
        _put(by_question, question, gain)
    for activity, gain in gains.items():
        _put(by_pillar, pillars[activity], gain)
    ordered = sorted(
        by_question, key=lambda pk: (questions[pk].bank_id, questions[pk].number)
    )
    return Learned(
        total=added(gains.values()),
        activities=len(gains),
        pillars=[Line(name, gain) for name, gain in sorted(by_pillar.items())],
        questions=[Line(str(questions[pk]), by_question[pk], pk) for pk in ordered],
        villages=_by_village(gains),
    )


def _put(gains: dict[Any, Gain], key: Any, gain: Gain) -> None:
    gains[key] = gains[key] + gain if key in gains else gain


def _by_village(gains: Mapping[int, Gain]) -> list[tuple[FosteredVillage, Gain]]:
    """The villages with the greatest gain first, at most MOST_VILLAGES."""
    found: dict[int, Gain] = {}
    rows = OutreachVillage.objects.filter(activity__in=gains)
    for village, activity in rows.values_list("village", "activity"):
        _put(found, village, gains[activity])
    best = sorted(found, key=lambda pk: (-found[pk].points, pk))[:MOST_VILLAGES]
    villages = FosteredVillage.objects.in_bulk(best)
    return [(villages[pk], found[pk]) for pk in best]
