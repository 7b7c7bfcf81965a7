"""Open and close the phases of an awareness test and count answers."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import same_version
from villages.outreach.models import (
    CODE_LENGTH,
    CODE_LETTERS,
    AwarenessCount,
    AwarenessPhase,
    AwarenessReceipt,
    AwarenessTest,
    OutreachActivity,
    Question,
    QuestionBank,
)
from villages.outreach.selectors.awareness import (
    bank_for,
    capacity_of,
    last_paper_edit,
    most_on_paper,
)
from villages.outreach.services.locking import locked, refuse_cancelled

OPEN_FOR = timedelta(hours=12)
Kind = AwarenessPhase.Kind
Source = AwarenessCount.Source


# --- The officer -------------------------------------------------------------


@transaction.atomic
def open_phase(
    activity: OutreachActivity,
    kind: str,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AwarenessPhase:
    """Open a phase for half a day; opening "after" closes "before"."""
    current = locked(activity)
    access.require(acting_user, "outreach.change", current)
    refuse_cancelled(current)
    _refuse_without_people(current)
    when = occurred_at or timezone.now()
    test = _test_of(current, when)
    _refuse_opened_before(test, kind)
    if kind == Kind.AFTER:
        test.phases.filter(closes_at__gt=when).update(closes_at=when)
    made = AwarenessPhase.objects.create(
        test=test,
        kind=kind,
        code=_fresh_code(),
        opened_by=acting_user,
        opened_at=when,
        closes_at=when + OPEN_FOR,
    )
    AwarenessCount.objects.bulk_create(
        AwarenessCount(phase=made, question=question, source=Source.PHONE)
        for question in test.bank.questions.all()
    )
    record_event(current, f"test_open_{kind}", acting_user, occurred_at=when)
    return made


@transaction.atomic
def close_phase(
    phase: AwarenessPhase, *, acting_user: User, occurred_at: datetime | None = None
) -> AwarenessPhase:
    """Close a phase permanently."""
    activity = locked(phase.test.activity)
    access.require(acting_user, "outreach.change", activity)
    current = _locked_phase(phase.pk)
    when = occurred_at or timezone.now()
    if not current.is_open(when):
        raise IllegalTransition(_("This test is already closed."))
    current.closes_at = when
    current.save(update_fields=["closes_at"])
    record_event(activity, f"test_close_{current.kind}", acting_user, occurred_at=when)
    return current


@transaction.atomic
def enter_paper(
    phase: AwarenessPhase,
    tallies: Mapping[int, tuple[int, int]],
    *,
    version: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AwarenessPhase:
    """Replace the paper counts; `tallies` is {question: (answered, right)}."""
    activity = locked(phase.test.activity)
    access.require(acting_user, "outreach.change", activity)
    refuse_cancelled(activity)
    current = _locked_phase(phase.pk)
    if current.version != version:
        same_version(current.version, version, *last_paper_edit(current))
    _refuse_impossible(current, activity, tallies)
    AwarenessCount.objects.bulk_create(
        [
            AwarenessCount(
                phase=current,
                question_id=question,
                source=Source.PAPER,
                answered=answered,
                right=right,
            )
            for question, (answered, right) in tallies.items()
        ],
        update_conflicts=True,
        unique_fields=["phase", "question", "source"],
        update_fields=["answered", "right"],
    )
    current.version += 1
    current.save(update_fields=["version"])
    record_event(
        activity, f"test_paper_{current.kind}", acting_user, occurred_at=occurred_at
    )
    return current


# --- The participants --------------------------------------------------------


@transaction.atomic
def answer(
    code: str,
    token: UUID,
    choices: Mapping[int, int],
    *,
    occurred_at: datetime | None = None,
) -> bool:
    """Count the choices by question; return False when the form was sent before.

    Only counts are stored, no person and no answer sheet. A choice of 0 means "I do
    not know yet".
    """
    current = (
        AwarenessPhase.objects.select_for_update(of=("self",))
        .select_related("test__activity")
        .get(code=code)
    )
    if AwarenessReceipt.objects.filter(phase=current, token=token).exists():
        return False
    _refuse_closed(current, occurred_at or timezone.now())
    if current.answer_count >= capacity_of(current) - most_on_paper(current):
        raise IllegalTransition(
            _(
                "Enough people have answered this test. Thank you for coming; please "
                "inform the officer."
            )
        )
    AwarenessReceipt.objects.create(phase=current, token=token)
    current.answer_count += 1
    current.save(update_fields=["answer_count"])
    _count(current, choices)
    return True


def _count(phase: AwarenessPhase, choices: Mapping[int, int]) -> None:
    counts = phase.counts.filter(source=Source.PHONE, question__in=choices)
    keys = Question.objects.filter(pk__in=choices).values_list("pk", "right")
    right = [question for question, key in keys if choices[question] == key]
    counts.update(answered=F("answered") + 1)
    counts.filter(question__in=right).update(right=F("right") + 1)


# --- Inside ------------------------------------------------------------------


def _locked_phase(pk: int) -> AwarenessPhase:
    return lock_row(AwarenessPhase.objects.select_related("test__activity"), pk)


def _test_of(activity: OutreachActivity, when: datetime) -> AwarenessTest:
    test = AwarenessTest.objects.filter(activity=activity).first()
    if test is not None:
        return test
    bank = bank_for(activity.pillar)
    if bank is None:
        raise ValidationError(
            _(
                "There are no questions in use yet. "
                "Please ask the administrator to put a question bank into use."
            )
        )
    QuestionBank.objects.filter(pk=bank.pk, used_at=None).update(used_at=when)
    return AwarenessTest.objects.create(activity=activity, bank=bank)


def _fresh_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _number in range(CODE_LENGTH))
        if not AwarenessPhase.objects.filter(code=code).exists():
            return code


def _refuse_without_people(activity: OutreachActivity) -> None:
    if not activity.head_count:
        raise ValidationError(
            _(
                "Enter first how many people you expect. The test accepts at most one "
                "fifth more answers than this number."
            )
        )


def _refuse_opened_before(test: AwarenessTest, kind: str) -> None:
    opened = {phase.kind for phase in test.phases.all()}
    if kind in opened:
        raise IllegalTransition(_("This test has already been opened."))
    if kind == Kind.BEFORE and Kind.AFTER in opened:
        raise IllegalTransition(
            _(
                "The test after the activity has begun. The test before it cannot be "
                "opened any more."
            )
        )


def _refuse_closed(phase: AwarenessPhase, when: datetime) -> None:
    cancelled = OutreachActivity.Status.CANCELLED
    if not phase.is_open(when) or phase.test.activity.status == cancelled:
        raise IllegalTransition(
            _("This test is closed. Your answers were not counted. Thank you anyway.")
        )


def _refuse_impossible(
    phase: AwarenessPhase,
    activity: OutreachActivity,
    tallies: Mapping[int, tuple[int, int]],
) -> None:
    capacity = capacity_of(phase) - phase.answer_count
    numbers = dict(Question.objects.filter(pk__in=tallies).values_list("pk", "number"))
    wrong: dict[str, str] = {}
    for question, (answered, right) in tallies.items():
        values = {"number": numbers[question], "capacity": max(capacity, 0)}
        if right > answered:
            text = _("Question %(number)s: there are more right answers than answers.")
            wrong[f"right_{question}"] = text % values
        elif answered > capacity:
            text = _(
                "Question %(number)s: at most %(capacity)s answers on paper are "
                "possible, 120%% of the participants less the answers by phone."
            )
            wrong[f"answered_{question}"] = text % values
    if wrong:
        raise ValidationError(wrong)
