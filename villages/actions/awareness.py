"""The awareness test: rounds opened and closed, answers counted."""

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
from desabinaan.lib.editing import same_version
from desabinaan.lib.transitions import IllegalTransition
from villages.actions.outreach_row import locked, record, refuse_cancelled
from villages.models import (
    AwarenessCount,
    AwarenessReceipt,
    AwarenessRound,
    AwarenessTest,
    OutreachActivity,
    Question,
    QuestionBank,
)
from villages.models.awareness import CODE_LENGTH, CODE_LETTERS
from villages.selectors.awareness import (
    bank_for,
    last_paper_edit,
    most_on_paper,
    room_of,
)

OPEN_FOR = timedelta(hours=12)
Moment = AwarenessRound.Moment
Source = AwarenessCount.Source


# --- The officer -------------------------------------------------------------


@transaction.atomic
def open_round(
    activity: OutreachActivity,
    moment: str,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AwarenessRound:
    """The round takes answers by its code for half a day; "after" ends "before"."""
    current = locked(activity)
    access.require(acting_user, "outreach.change", current)
    refuse_cancelled(current)
    _refuse_without_people(current)
    when = occurred_at or timezone.now()
    test = _test_of(current, when)
    _refuse_opened_before(test, moment)
    if moment == Moment.AFTER:
        test.rounds.filter(closes_at__gt=when).update(closes_at=when)
    made = AwarenessRound.objects.create(
        test=test,
        moment=moment,
        code=_fresh_code(),
        opened_by=acting_user,
        opened_at=when,
        closes_at=when + OPEN_FOR,
    )
    AwarenessCount.objects.bulk_create(
        AwarenessCount(round=made, question=question, source=Source.PHONE)
        for question in test.bank.questions.all()
    )
    record(current, f"test_open_{moment}", acting_user, occurred_at=when)
    return made


@transaction.atomic
def close_round(
    round_: AwarenessRound, *, acting_user: User, occurred_at: datetime | None = None
) -> AwarenessRound:
    """The round takes no answers any more, for good."""
    activity = locked(round_.test.activity)
    access.require(acting_user, "outreach.change", activity)
    current = _locked_round(round_.pk)
    when = occurred_at or timezone.now()
    if not current.is_open(when):
        raise IllegalTransition(_("This round is closed already."))
    current.closes_at = when
    current.save(update_fields=["closes_at"])
    record(activity, f"test_close_{current.moment}", acting_user, occurred_at=when)
    return current


@transaction.atomic
def enter_paper(
    round_: AwarenessRound,
    tallies: Mapping[int, tuple[int, int]],
    *,
    version: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> AwarenessRound:
    """Counts on paper, answered and right by question, replace the earlier ones."""
    activity = locked(round_.test.activity)
    access.require(acting_user, "outreach.change", activity)
    refuse_cancelled(activity)
    current = _locked_round(round_.pk)
    if current.version != version:
        same_version(current.version, version, *last_paper_edit(current))
    _refuse_impossible(current, activity, tallies)
    for question, (answered, right) in tallies.items():
        AwarenessCount.objects.update_or_create(
            round=current,
            question_id=question,
            source=Source.PAPER,
            defaults={"answered": answered, "right": right},
        )
    current.version += 1
    current.save(update_fields=["version"])
    record(
        activity, f"test_paper_{current.moment}", acting_user, occurred_at=occurred_at
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
    """The choices count, by question; False when this form had arrived before.

    Nobody is asked who answers, and no answer sheet is kept: only counts. A choice of
    0 says "I do not know yet".
    """
    current = (
        AwarenessRound.objects.select_for_update(of=("self",))
        .select_related("test__activity")
        .get(code=code)
    )
    if AwarenessReceipt.objects.filter(round=current, token=token).exists():
        return False
    _refuse_closed(current, occurred_at or timezone.now())
    if current.answer_count >= room_of(current) - most_on_paper(current):
        raise IllegalTransition(
            _(
                "Enough people have answered this test. "
                "Thank you for coming; please tell the officer."
            )
        )
    AwarenessReceipt.objects.create(round=current, token=token)
    current.answer_count += 1
    current.save(update_fields=["answer_count"])
    _count(current, choices)
    return True


def _count(round_: AwarenessRound, choices: Mapping[int, int]) -> None:
    counts = round_.counts.filter(source=Source.PHONE, question__in=choices)
    keys = Question.objects.filter(pk__in=choices).values_list("pk", "right")
    right = [question for question, key in keys if choices[question] == key]
    counts.update(answered=F("answered") + 1)
    counts.filter(question__in=right).update(right=F("right") + 1)


# --- Inside ------------------------------------------------------------------


def _locked_round(pk: int) -> AwarenessRound:
    return (
        AwarenessRound.objects.select_for_update(of=("self",))
        .select_related("test__activity")
        .get(pk=pk)
    )


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
        if not AwarenessRound.objects.filter(code=code).exists():
            return code


def _refuse_without_people(activity: OutreachActivity) -> None:
    if not activity.head_count:
        raise ValidationError(
            _(
                "Say first how many people you expect. "
                "The test takes as many answers and a fifth more."
            )
        )


def _refuse_opened_before(test: AwarenessTest, moment: str) -> None:
    opened = {round_.moment for round_ in test.rounds.all()}
    if moment in opened:
        raise IllegalTransition(_("This round was opened already."))
    if moment == Moment.BEFORE and Moment.AFTER in opened:
        raise IllegalTransition(
            _("The round after the activity has begun. There is no way back.")
        )


def _refuse_closed(round_: AwarenessRound, when: datetime) -> None:
    cancelled = OutreachActivity.Status.CANCELLED
    if not round_.is_open(when) or round_.test.activity.status == cancelled:
        raise IllegalTransition(
            _("This test is closed. Your answers were not counted. Thank you anyway.")
        )


def _refuse_impossible(
    round_: AwarenessRound,
    activity: OutreachActivity,
    tallies: Mapping[int, tuple[int, int]],
) -> None:
    room = room_of(round_) - round_.answer_count
    numbers = dict(Question.objects.filter(pk__in=tallies).values_list("pk", "number"))
    wrong: dict[str, str] = {}
    for question, (answered, right) in tallies.items():
        told = {"number": numbers[question], "room": max(room, 0)}
        if right > answered:
            text = _("Question %(number)s: there are more right answers than answers.")
            wrong[f"right_{question}"] = text % told
        elif answered > room:
            text = _(
                "Question %(number)s: at most %(room)s answers on paper are possible, "
                "as many as participants and a fifth, less those by phone."
            )
            wrong[f"answered_{question}"] = text % told
    if wrong:
        raise ValidationError(wrong)
