"""Offices in other zones: times are read and shown as they are where it happens."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from desabinaan.accounts.access import Role
from fgd.participants.models import Attendance
from fgd.sessions.models import Session
from tests.dataset import Dataset, assign
from tests.sessions import sessions as scene
from villages.places.models import Office
from villages.places.permissions import roles_for

Browser = Callable[[str], Client]
MAKASSAR = "Asia/Makassar"


@pytest.fixture
def wita(dataset: Dataset) -> Office:
    """Kanim Serang, moved to WITA."""
    dataset.serang.zone = MAKASSAR
    dataset.serang.save(update_fields=["zone"])
    return dataset.serang


def planned(browser: Client, office: Office, **changes: str) -> Session:
    typed = {
        "office": office.pk, "theme": "Pencegahan", "purpose": "", "venue": "Aula",
        "day": "2025-11-11", "begins": "09.00", "ends": "12.00", "series_name": "",
    }  # fmt: skip
    browser.post(reverse("sessions:session_create"), typed | changes)
    return Session.objects.get()


@pytest.mark.parametrize("name", ["serang", "kanwil"])
def test_a_session_is_read_and_shown_in_the_zone_of_its_host(
    dataset: Dataset, signed_in: Browser, wita: Office, name: str
) -> None:
    browser = signed_in(name)
    session = planned(browser, wita)
    assert session.starts_at == datetime(2025, 11, 11, 1, tzinfo=UTC)
    detail = browser.get(reverse("sessions:session_detail", args=[session.pk]))
    assert "09.00 WITA" in detail.content.decode()
    assert (
        "09.00 WITA" in browser.get(reverse("sessions:session_list")).content.decode()
    )
    form = browser.get(reverse("sessions:session_change", args=[session.pk]))
    assert form.context["form"].initial["begins"] == time(9)


def test_a_session_that_begins_and_ends_at_midnight_shows_its_time(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("serang")
    session = planned(
        browser, dataset.serang, begins="00.00", ends="24.00", last_day="12/11/2025"
    )
    page = reverse("sessions:session_detail", args=[session.pk])
    assert browser.get(page).content.decode().count("pukul 00.00 WIB") == 2
    assert "00.00 WIB" in browser.get(reverse("sessions:session_list")).content.decode()
    session.ends_at = timezone.now() + timedelta(days=1)
    session.save(update_fields=["ends_at"])
    assert "pukul 00.00 WIB" in browser.get("/").content.decode()


def test_a_day_in_the_zone_of_the_host_decides_what_is_due(
    dataset: Dataset, wita: Office
) -> None:
    begins = datetime(2025, 11, 10, 16, 30, tzinfo=UTC)  # 00.30 WITA of the 11th
    session = scene.running(
        dataset, starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    assert f"{session.first_day}" == "2025-11-11"


def test_files_say_the_zone(dataset: Dataset, signed_in: Browser, wita: Office) -> None:
    browser = signed_in("serang")
    planned(browser, wita)
    for kind in ("csv", "xlsx"):
        answer = browser.post(reverse("sessions:session_export"), {"bentuk": kind})
        content = b"".join(answer.streaming_content)
        if kind == "csv":
            rows = [
                *csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
            ]
            cells = [cell for row in rows for cell in row]
        else:
            sheet = load_workbook(io.BytesIO(content)).active
            cells = [cell for row in sheet.values for cell in row]
        assert "2025-11-11 09:00 WITA" in cells


def test_attendance_is_read_in_the_zone_of_the_host(
    dataset: Dataset, signed_in: Browser, wita: Office
) -> None:
    session = scene.running(dataset)
    person = scene.delegate(dataset, session)
    signed_in("serang").post(
        reverse("participants:attendance_save", args=[session.pk]),
        {
            "present": [person.pk],
            "shown": [person.pk],
            "source": "manual",
            "arrived": "09.15",
        },
    )
    arrived = Attendance.objects.get().arrived_at
    assert timezone.localtime(arrived, wita.time_zone).time() == time(9, 15)


@pytest.mark.parametrize("name", ["serang", "pimpasa", "official"])
def test_everybody_of_an_office_has_its_zone(
    dataset: Dataset, wita: Office, name: str
) -> None:
    assert roles_for(dataset.user(name)).zone == MAKASSAR


@pytest.mark.parametrize("name", ["serang", "kanwil"])
def test_the_history_of_a_session_is_shown_in_the_zone_of_its_host(
    dataset: Dataset, signed_in: Browser, wita: Office, name: str
) -> None:
    day = timezone.localdate() + timedelta(days=9)
    session = planned(signed_in("serang"), wita, day=day.isoformat())
    page = reverse("sessions:session_detail", args=[session.pk])
    shown = signed_in(name).get(page).content.decode()
    assert shown.count("WITA") == 3
    assert "WIB" not in shown


@pytest.mark.parametrize("name", ["serang", "kanwil"])
def test_the_stages_of_a_session_have_the_days_of_its_place(
    dataset: Dataset, signed_in: Browser, wita: Office, name: str
) -> None:
    """23.30 WIB is the next day already in WITA."""
    session = scene.running(dataset)
    night = datetime(2025, 11, 30, 16, 30, tzinfo=UTC)
    session.events.create(verb="open", to_status="in_progress", occurred_at=night)
    page = reverse("sessions:session_detail", args=[session.pk])
    answer = signed_in(name).get(page)
    assert "1 Desember 2025" in [step["sub"] for step in answer.context["process"]]
    assert [month.label for month in answer.context["months"]] == ["Desember 2025"]


def test_times_of_arrival_are_shown_in_the_zone_of_the_host(
    dataset: Dataset, signed_in: Browser, wita: Office
) -> None:
    """Also to who acts for offices of two zones and has that of the portal."""
    assign(dataset.people["serang"], Role.OFFICE_STAFF, office=dataset.tangerang)
    session = scene.running(dataset)
    Attendance.objects.create(
        delegate=scene.delegate(dataset, session),
        recorded_by=dataset.people["serang"],
        arrived_at=datetime(2025, 11, 11, 1, 15, tzinfo=UTC),
    )
    page = reverse("participants:attendance", args=[session.pk])
    assert "09.15" in signed_in("serang").get(page).content.decode()


def test_who_acts_for_offices_of_several_zones_has_the_zone_of_the_portal(
    dataset: Dataset, signed_in: Browser
) -> None:
    assert roles_for(dataset.user("dinsos")).zone == ""
    signed_in("dinsos").get("/")
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"
