"""Load, add and revise question banks; a used version never changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from desabinaan.lib.workflow.locking import lock_rows
from villages.outreach.models import Question, QuestionBank


@transaction.atomic
def load_banks(banks: Sequence[Mapping[str, Any]]) -> int:
    """Load the given banks for pillars without any; return how many were added."""
    made = 0
    for bank in banks:
        if QuestionBank.objects.filter(pillar=bank["pillar"]).exists():
            continue
        row = add_bank(
            QuestionBank(
                pillar=bank["pillar"],
                title=bank["title"],
                title_en=bank["title_en"],
                is_active=True,
            )
        )
        Question.objects.bulk_create(
            Question(bank=row, number=number, **question)
            for number, question in enumerate(bank["questions"], 1)
        )
        made += 1
    return made


@transaction.atomic
def add_bank(bank: QuestionBank) -> QuestionBank:
    """Save the bank as the next version of its pillar."""
    return _added(bank, _locked_versions(bank.pillar))


@transaction.atomic
def revise_bank(bank: QuestionBank) -> QuestionBank:
    """Copy the bank and its questions as a new version that is not in use yet.

    A newer version that is still being written is returned instead: one is enough.
    """
    versions = _locked_versions(bank.pillar)
    for newer in versions:
        waits = not newer.is_active and newer.used_at is None
        if newer.version > bank.version and waits:
            return newer
    copy = QuestionBank(pillar=bank.pillar, title=bank.title, title_en=bank.title_en)
    _added(copy, versions)
    questions = list(bank.questions.all())
    for question in questions:
        question.pk, question.bank = None, copy
        question._state.adding = True
    Question.objects.bulk_create(questions)
    return copy


# --- Inside ------------------------------------------------------------------


def _locked_versions(pillar: str) -> list[QuestionBank]:
    return lock_rows(QuestionBank.objects.filter(pillar=pillar))


def _added(bank: QuestionBank, versions: Sequence[QuestionBank]) -> QuestionBank:
    bank.version = max((one.version for one in versions), default=0) + 1
    bank.save(force_insert=True)
    return bank
