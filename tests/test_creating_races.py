"""The same form sent ten times at once makes one row, and all get one answer."""

from collections import Counter
from uuid import uuid4

import pytest

from desabinaan.accounts.models import FormReceipt
from tests.creating_forms import CREATING_FORMS, CreatingForm, build_records
from tests.races import at_once


@pytest.mark.django_db(transaction=True)
def test_ten_sendings_at_once_make_one_row_and_get_one_answer() -> None:
    dataset = build_records()
    faults = []
    for form in CREATING_FORMS:
        number, rows = uuid4(), form.creates._default_manager

        def send(form: CreatingForm = form, number: object = number) -> str:
            answer = form.send(dataset, dataset.client(form.role), number)
            return answer.headers.get("Location", str(answer.status_code))

        before = rows.count()
        answers = Counter(at_once(*[send] * 10))
        if len(answers) != 1 or rows.count() != before + 1:
            faults.append(f"{form}: {rows.count() - before} rows, {answers}")
    assert faults == []
    assert FormReceipt.objects.count() == len(CREATING_FORMS)
