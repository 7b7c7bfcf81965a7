"""Which village owes which month: the decree, the zone, the repeated run."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from reports.monthly.models import ReportSlot
from reports.monthly.services.slots import make_slots
from tests.dataset import Dataset
from tests.locks import locked_by
from villages.register.models import Designation, Village


def decree(dataset: Dataset, village: str, day: date, verb: str = "designate") -> None:
    place = dataset.villages[village]
    place.designations.filter(valid_to=None).update(valid_to=day)
    Designation.objects.create(
        village=place,
        issued_by=place.office,
        verb=verb,
        decree_number=f"SK-{day}",
        decree_date=day,
        signatory="Pejabat Contoh",
        decree_file="decrees/contoh.pdf",
        decree_size=1,
        decree_sha256="0" * 64,
        recorded_by=dataset.people["kanwil"],
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """`clock(2024, 11, 1, 0, 1)`: now is that minute in WIB."""

    def set_to(*moment: int) -> None:
        now = datetime(*moment, tzinfo=ZoneInfo("Asia/Jakarta"))
        monkeypatch.setattr(timezone, "now", lambda: now)

    return set_to


@pytest.mark.parametrize(
    ("day", "owes"),
    [
        (date(2024, 9, 30), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 31), False),
        (date(2024, 11, 2), False),
    ],
)
def test_a_village_owes_from_the_month_after_its_decree(
    dataset: Dataset, day: date, owes: bool
) -> None:
    decree(dataset, "lontar", day)
    assert make_slots(date(2024, 10, 1)) == int(owes)


def test_the_offices_are_held_while_slots_are_made(dataset: Dataset) -> None:
    assert locked_by(make_slots) == ["places_office"]


def test_a_slot_is_due_on_the_fifth(dataset: Dataset) -> None:
    decree(dataset, "lontar", date(2024, 9, 1))
    make_slots(date(2024, 10, 17))
    slot = ReportSlot.objects.get()
    assert (slot.month, slot.due_on) == (date(2024, 10, 1), date(2024, 11, 5))
    assert slot.status == "open"


@pytest.mark.parametrize("status", ["proposed", "inactive", "revoked"])
def test_only_designated_villages_owe(dataset: Dataset, status: str) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    Village.objects.filter(pk=dataset.villages["lontar"].pk).update(status=status)
    assert make_slots(date(2024, 10, 1)) == 0


def test_nothing_is_owed_for_the_months_of_a_pause(dataset: Dataset) -> None:
    decree(dataset, "lontar", date(2024, 1, 10))
    decree(dataset, "lontar", date(2024, 4, 10), "deactivate")
    decree(dataset, "lontar", date(2024, 7, 10), "reactivate")
    made = [make_slots(date(2024, month, 1)) for month in range(1, 10)]
    assert made == [0, 1, 1, 1, 0, 0, 0, 1, 1]


def test_a_second_run_makes_nothing(dataset: Dataset) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    decree(dataset, "kronjo", date(2024, 1, 1))
    assert [make_slots(date(2024, 10, 1)) for _ in range(3)] == [2, 0, 0]


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        ((2024, 10, 31, 23, 59), date(2024, 9, 1)),
        ((2024, 11, 1, 0, 1), date(2024, 10, 1)),
        ((2024, 11, 1, 6, 59), date(2024, 10, 1)),
        ((2025, 1, 1, 0, 1), date(2024, 12, 1)),
    ],
)
def test_the_month_is_cut_at_midnight_in_the_offices_zone(
    dataset: Dataset, clock, moment: tuple[int, ...], month: date
) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    clock(*moment)
    make_slots()
    assert ReportSlot.objects.get().month == month


def test_an_office_further_east_is_a_month_ahead_for_an_hour(
    dataset: Dataset, clock
) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    decree(dataset, "kronjo", date(2024, 1, 1))
    dataset.tangerang.zone = "Asia/Makassar"
    dataset.tangerang.save()
    clock(2024, 10, 31, 23, 30)
    assert make_slots() == 2
    found = {slot.village.name: slot.month for slot in ReportSlot.objects.all()}
    assert found == {"Lontar": date(2024, 9, 1), "Kronjo": date(2024, 10, 1)}


def test_a_month_that_runs_is_refused(dataset: Dataset, clock) -> None:
    clock(2024, 11, 23, 12, 0)
    with pytest.raises(ValidationError):
        make_slots(date(2024, 11, 1))
    with pytest.raises(CommandError, match="November"):
        call_command("make_slots", "--month", "2024-11")


@pytest.mark.parametrize("month", ["2024", "2024-13", "Oktober", "1-1-1"])
def test_an_invalid_month_is_refused(dataset: Dataset, month: str) -> None:
    with pytest.raises(CommandError, match="--month 2026-10"):
        call_command("make_slots", "--month", month)


def test_the_command_prints_how_many(dataset: Dataset, capsys) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    call_command("make_slots", "--month", "2024-10")
    assert capsys.readouterr().out == "1 slots made.\n"


@pytest.mark.django_db(transaction=True)
def test_runs_at_the_same_time_count_every_slot_once(dataset: Dataset) -> None:
    decree(dataset, "lontar", date(2024, 1, 1))
    decree(dataset, "kronjo", date(2024, 1, 1))

    def run(_turn: int) -> int:
        try:
            return make_slots(date(2024, 10, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as crowd:
        made = list(crowd.map(run, range(6)))
    assert sorted(made) == [0, 0, 0, 0, 0, 2]
    assert ReportSlot.objects.count() == 2
