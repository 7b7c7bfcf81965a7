"""Two at once: a number is given once."""

from datetime import date

import pytest

from tests.dataset import build_dataset
from tests.races import at_once
from villages.places.models import Numbering
from villages.places.services.reference import take_number

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 11, 25)


def test_numbers_taken_at_once_are_all_different() -> None:
    office = build_dataset().serang
    Numbering.objects.create(office=office, kind="invitation", pattern="W-{nomor}")
    given = at_once(*[lambda: take_number(office, "invitation", DAY)] * 6)
    assert sorted(given) == [f"W-{number}" for number in range(1, 7)]
