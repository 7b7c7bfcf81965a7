"""Load, add and revise question banks; a used version never changes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

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
    same = QuestionBank.objects.filter(pillar=bank.pillar)
    list(same.select_for_update(of=("self",)))
    bank.version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    bank.save(force_insert=True)
    return bank


@transaction.atomic
def revise_bank(bank: QuestionBank) -> QuestionBank:
    """Copy the bank and its questions as a new version that is not in use yet."""
    copy = add_bank(
        QuestionBank(pillar=bank.pillar, title=bank.title, title_en=bank.title_en)
    )
    questions = list(bank.questions.all())
    for question in questions:
        question.pk, question.bank = None, copy
        question._state.adding = True
    Question.objects.bulk_create(questions)
    return copy
