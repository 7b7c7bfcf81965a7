"""What people learned: shares of right answers before and after an activity.

Only groups are compared, never people. A group of fewer than MIN_ANSWERS answers is
counted nowhere, not even in a total, so that subtraction cannot reveal it. Phone and
paper answers are separate groups, because whoever entered the paper answers could
subtract them. An open phase shows nothing: results read before and after one more
answer would reveal that answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from villages.outreach.models import (
    AwarenessCount,
    OutreachActivity,
    OutreachVillage,
    Pillar,
    Question,
)
from villages.outreach.selectors.visits import activities_in
from villages.register.models import Village as FosteredVillage

MIN_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """Right answers among all answers of a group, and the number of its people."""

    answered: int = 0
    right: int = 0
    people: int = 0

    def __add__(self, other: "Share") -> "Share":
        """Add the share of another activity, with other people."""
        return self._with(other, self.people + other.people)

    def __or__(self, other: "Share") -> "Share":
        """Add another question of the same activity, with the same people."""
        return self._with(other, max(self.people, other.people))

    def _with(self, other: "Share", people: int) -> "Share":
        answered = self.answered + other.answered
        return Share(answered, self.right + other.right, people)

    @property
    def percent(self) -> int:
        return round(100 * self.right / self.answered) if self.answered else 0


@dataclass(frozen=True, slots=True)
class Gain:
    """Shares before and after an activity, both of MIN_ANSWERS answers or more."""

    before: Share
    after: Share

    def __add__(self, other: "Gain") -> "Gain":
        return Gain(self.before + other.before, self.after + other.after)

    def __or__(self, other: "Gain") -> "Gain":
        return Gain(self.before | other.before, self.after | other.after)

    @property
    def points(self) -> int:
        """Return the percentage points between the two shares as shown."""
        return self.after.percent - self.before.percent


@dataclass(frozen=True, slots=True)
class GainRow:
    """The gain of a question or a pillar; None where a group is too small."""

    subject: Question | Pillar
    gain: Gain | None


def publishable(counts: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Filter the groups that may be shown: large enough, in a closed phase."""
    return counts.filter(
        answered__gte=MIN_ANSWERS, phase__closes_at__lte=timezone.now()
    )


def _cells(counts: QuerySet[Any, Any]) -> QuerySet[Any, dict[str, Any]]:
    """Sum the groups that may be shown by activity, question and phase."""
    cells: QuerySet[Any, dict[str, Any]] = (
        publishable(counts)
        .values("phase__test__activity", "question", "phase__kind")
        .annotate(all=Sum("answered"), good=Sum("right"))
        .order_by()
    )
    return cells


def _pairs(counts: QuerySet[Any, Any]) -> dict[tuple[int, int], Gain]:
    """Return the gain by (activity, question) where both groups may be shown."""
    found: dict[tuple[int, int], dict[str, Share]] = defaultdict(dict)
    for row in _cells(counts).iterator():
        key = row["phase__test__activity"], row["question"]
        found[key][row["phase__kind"]] = Share(row["all"], row["good"], row["all"])
    return {
        key: Gain(shares["before"], shares["after"])
        for key, shares in found.items()
        if len(shares) == 2
    }


def sum_of(gains: Iterable[Gain]) -> Gain | None:
    """Add the gains; None without any."""
    total: Gain | None = None
    for gain in gains:
        total = gain if total is None else total + gain
    return total


# --- One activity ------------------------------------------------------------


def gains_of(activity: OutreachActivity) -> tuple[list[GainRow], Gain | None]:
    """Return the gain of every question, and their total."""
    pairs = _pairs(AwarenessCount.objects.filter(phase__test__activity=activity))
    lines = [
        GainRow(question, pairs.get((activity.pk, question.pk)))
        for question in Question.objects.filter(bank__tests__activity=activity)
    ]
    return lines, _by_activity(pairs).get(activity.pk)


# --- One village over time ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """What one tested activity in a village changed; `villages` took part in it."""

    activity: int
    day: date
    gain: Gain
    villages: int


def learning_over_time(village: FosteredVillage) -> list[LearningPoint]:
    """Return all tested activities in the village, oldest first."""
    return learning_points(
        [one for one in activities_in(village) if one.status == one.Status.DONE]
    )


def learning_points(activities: Sequence[OutreachActivity]) -> list[LearningPoint]:
    """Return the tested ones of activities read by `activities_in`; one query."""
    of_them = AwarenessCount.objects.filter(
        phase__test__activity__in=[one.pk for one in activities]
    )
    gains = _by_activity(_pairs(of_them))
    return [
        LearningPoint(
            one.pk,
            timezone.localdate(one.starts_at),
            gains[one.pk],
            one.reach,  # type: ignore[attr-defined]
        )
        for one in sorted(activities, key=lambda one: (one.starts_at, one.pk))
        if one.pk in gains
    ]


def _by_activity(pairs: Mapping[tuple[int, int], Gain]) -> dict[int, Gain]:
    gains: dict[int, Gain] = {}
    for (activity, _question), gain in pairs.items():
        gains[activity] = gains[activity] | gain if activity in gains else gain
    return gains


# --- Several activities ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learned:
    """The gains of several activities by pillar, by question and by village."""

    total: Gain | None
    activities: int
    pillars: list[GainRow]
    questions: list[GainRow]
    villages: list[tuple[FosteredVillage, Gain]]


MOST_VILLAGES = 50


def learned_in(activities: QuerySet[OutreachActivity]) -> Learned:
    """Return the gains of these activities by pillar, question and village."""
    ids = activities.order_by().values("pk")
    pairs = _pairs(AwarenessCount.objects.filter(phase__test__activity__in=ids))
    questions = Question.objects.select_related("bank").in_bulk(
        {question for _activity, question in pairs}
    )
    gains = _by_activity(pairs)
    pillars = {
        activity: Pillar(questions[question].bank.pillar)
        for activity, question in pairs
    }
    by_question: dict[int, Gain] = {}
    by_pillar: dict[Pillar, Gain] = {}
    for (_activity, question), gain in pairs.items():
        _put(by_question, question, gain)
    for activity, gain in gains.items():
        _put(by_pillar, pillars[activity], gain)
    ordered = sorted(
        by_question, key=lambda pk: (questions[pk].bank_id, questions[pk].number)
    )
    return Learned(
        total=sum_of(gains.values()),
        activities=len(gains),
        pillars=[GainRow(one, by_pillar[one]) for one in Pillar if one in by_pillar],
        questions=[GainRow(questions[pk], by_question[pk]) for pk in ordered],
        villages=_by_village(gains),
    )


def _put(gains: dict[Any, Gain], key: Any, gain: Gain) -> None:
    gains[key] = gains[key] + gain if key in gains else gain


def _by_village(gains: Mapping[int, Gain]) -> list[tuple[FosteredVillage, Gain]]:
    """Return at most MOST_VILLAGES villages, the greatest gain first."""
    found: dict[int, Gain] = {}
    rows = OutreachVillage.objects.filter(activity__in=gains)
    for village, activity in rows.values_list("village", "activity"):
        _put(found, village, gains[activity])
    best = sorted(found, key=lambda pk: (-found[pk].points, pk))[:MOST_VILLAGES]
    villages = FosteredVillage.objects.in_bulk(best)
    return [(villages[pk], found[pk]) for pk in best]
