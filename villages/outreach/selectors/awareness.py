"""Awareness tests: question banks, phases, and capacity for answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from villages.outreach.models import (
    AwarenessPhase,
    AwarenessTest,
    OutreachActivity,
    OutreachEvent,
    Question,
    QuestionBank,
)

PAPER = "paper"


def bank_for(pillar: str) -> QuestionBank | None:
    """Return the newest version in use for the pillar, else knowledge, else any."""
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
        .prefetch_related("phases", "bank__questions")
        .first()
    )


def phase_with_code(code: str) -> AwarenessPhase | None:
    """Return the phase with this access code, open or not, with its activity."""
    return (
        AwarenessPhase.objects.filter(code=code)
        .select_related("test__activity__kind", "test__bank")
        .first()
    )


def phases_of(activity: OutreachActivity) -> QuerySet[AwarenessPhase]:
    """Return the phases with `on_paper`, the most paper answers to one question."""
    most = Max("counts__answered", filter=Q(counts__source=PAPER))
    return (
        AwarenessPhase.objects.filter(test__activity=activity)
        .select_related("test__activity", "test__bank")
        .annotate(on_paper=Coalesce(most, 0))
    )


def questions_of(phase: AwarenessPhase) -> Sequence[Question]:
    return list(phase.test.bank.questions.all())


def capacity_of(phase: AwarenessPhase) -> int:
    """Return the capacity of a phase: the participants and one fifth more."""
    return capacity_at(phase.test.activity)


def capacity_at(activity: OutreachActivity) -> int:
    """Return the capacity of each phase of the activity."""
    return activity.head_count + activity.head_count // 5


def most_on_paper(phase: AwarenessPhase) -> int:
    """Return the most paper answers to any one question."""
    return (
        phase.counts.filter(source=PAPER).aggregate(most=Max("answered"))["most"] or 0
    )


def most_answers_of(activity: OutreachActivity) -> int:
    """Return the number of answers in the phase that has more of them."""
    phases: QuerySet[Any, Any] = phases_of(activity)
    return max((one.answer_count + one.on_paper for one in phases), default=0)


def paper_counts(phase: AwarenessPhase) -> dict[int, tuple[int, int]]:
    """Return (paper answers, right ones among them) by question id."""
    rows = phase.counts.filter(source=PAPER)
    return {row.question_id: (row.answered, row.right) for row in rows}


def last_paper_edit(phase: AwarenessPhase) -> tuple[str, datetime | None]:
    """Return who entered paper answers last, and when."""
    event = (
        OutreachEvent.objects.filter(
            activity=phase.test.activity_id, verb=f"test_paper_{phase.kind}"
        )
        .select_related("actor")
        .order_by("-recorded_at", "-id")
        .first()
    )
    return (str(event.actor or ""), event.recorded_at) if event else ("", None)
