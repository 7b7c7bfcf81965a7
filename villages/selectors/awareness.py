"""What is read of awareness tests: banks, rounds, room for answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from villages.models import (
    AwarenessRound,
    AwarenessTest,
    OutreachActivity,
    OutreachEvent,
    Question,
    QuestionBank,
)

PAPER = "paper"


def bank_for(pillar: str) -> QuestionBank | None:
    """The newest version in use for the pillar, else for knowledge, else for any."""
    return (
        QuestionBank.objects.filter(is_active=True)
        .annotate(
            nearness=Case(
                When(pillar=pillar, then=Value(0)),
                When(pillar="knowledge", then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("nearness", "pillar", "-version")
        .first()
    )


def test_of(activity: OutreachActivity) -> AwarenessTest | None:
    return (
        AwarenessTest.objects.filter(activity=activity)
        .select_related("bank", "activity")
        .prefetch_related("rounds", "bank__questions")
        .first()
    )


def round_with_code(code: str) -> AwarenessRound | None:
    """The round of this code, open or not, with its activity."""
    return (
        AwarenessRound.objects.filter(code=code)
        .select_related("test__activity__kind", "test__bank")
        .first()
    )


def rounds_of(activity: OutreachActivity) -> QuerySet[AwarenessRound]:
    """Each with `on_paper`, the most answers on paper to any one question."""
    most = Max("counts__answered", filter=Q(counts__source=PAPER))
    return (
        AwarenessRound.objects.filter(test__activity=activity)
        .select_related("test__activity", "test__bank")
        .annotate(on_paper=Coalesce(most, 0))
    )


def questions_of(round_: AwarenessRound) -> Sequence[Question]:
    return list(round_.test.bank.questions.all())


def room_of(round_: AwarenessRound) -> int:
    """How many answers a round takes: as many as participants, and a fifth more."""
    return room_at(round_.test.activity)


def room_at(activity: OutreachActivity) -> int:
    """How many answers each round of the activity takes."""
    return activity.head_count + activity.head_count // 5


def most_on_paper(round_: AwarenessRound) -> int:
    """The most answers on paper to any one question."""
    return (
        round_.counts.filter(source=PAPER).aggregate(most=Max("answered"))["most"] or 0
    )


def most_answers_of(activity: OutreachActivity) -> int:
    """The answers in the fuller of the two rounds."""
    rounds: QuerySet[Any, Any] = rounds_of(activity)
    return max((one.answer_count + one.on_paper for one in rounds), default=0)


def paper_counts(round_: AwarenessRound) -> dict[int, tuple[int, int]]:
    """Answers on paper and right ones among them, by question."""
    rows = round_.counts.filter(source=PAPER)
    return {row.question_id: (row.answered, row.right) for row in rows}


def last_paper_edit(round_: AwarenessRound) -> tuple[str, datetime | None]:
    """Who entered answers on paper last, and when."""
    event = (
        OutreachEvent.objects.filter(
            activity=round_.test.activity_id, verb=f"test_paper_{round_.moment}"
        )
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)
