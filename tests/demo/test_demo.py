"""One call builds the demonstration, and a second call changes nothing."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.accounts.services import create_account
from desabinaan.portal.presenters.home import home_for
from fgd.agencies.models import Agency
from fgd.participants.models import Attendance
from fgd.plan.models import Action, ActionEvent, Evidence, ProgressUpdate
from fgd.sessions.models import Session, SessionEvent
from reports.monthly.models import MonthlyReport, ReportSlot, ReportVersion
from tests.register.counts import counts_on
from villages.people.models import AccountRequest
from villages.places.models import Hotline, Letterhead, Office
from villages.register.models import Assignment, Designation, Village, VillageEvent

ACCOUNTS = (
    "admin", "admin2", "kanwil", "kanwil2", "pimpinan", "auditor",
    "kanim.serang", "kanim.tangerang", "kanim.cilegon",
    "triase.serang", "triase.tangerang", "triase.banten",
    "pimpasa.tirtayasa", "pimpasa.kronjo",
    "desa.lontar", "desa.pulopanjang", "desa.kronjo",
    "dinsos", "disnakertrans", "distan", "polres.serang", "bp3mi",
)  # fmt: skip
COUNTED = (
    User,
    Village,
    VillageEvent,
    Session,
    SessionEvent,
    ActionEvent,
    Action,
    ProgressUpdate,
    Evidence,
    ReportSlot,
    ReportVersion,
)


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """What the command said; everything it wrote is gone after this module."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), transaction.atomic():
        yield run()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.fixture
def built(said: str, db: None) -> str:
    return said


def run() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_every_account_is_printed_with_its_place(built: str) -> None:
    first_words = {line.split()[0] for line in built.splitlines() if line.strip()}
    assert set(ACCOUNTS) <= first_words
    assert settings.DEMO_PASSWORD in built


def test_second_call_changes_nothing(built: str) -> None:
    before = [model.objects.count() for model in COUNTED]
    assert "Tidak ada yang diubah" in run()
    assert [model.objects.count() for model in COUNTED] == before


def test_it_refuses_outside_a_demonstration(built: str, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError):
        run()


def test_who_tries_the_demonstration_belongs_to_it_and_a_real_person_does_not(
    built: str,
) -> None:
    asked = {"acting_user": User.objects.get(username="admin"), "name": "Baru"}
    made = create_account(username="baru", **asked)
    assert "Tidak ada yang diubah" in run()
    User.objects.filter(pk=made.pk).update(is_demonstration=False)
    with pytest.raises(CommandError, match="portal sungguhan"):
        run()


@pytest.mark.parametrize("username", ACCOUNTS)
def test_every_account_signs_in_and_finds_its_home(built: str, username: str) -> None:
    client = Client()
    entered = {"username": username, "password": settings.DEMO_PASSWORD}
    assert client.post("/masuk/", entered).status_code == 302
    assert client.get("/").status_code == 200
    assert User.objects.get(username=username).is_demonstration


def test_twelve_villages_each_trace_to_a_decree(built: str) -> None:
    assert Village.objects.count() == 12
    assert Village.objects.filter(status="proposed").count() == 1
    assert Designation.objects.count() == 11 + 2
    assert Designation.objects.filter(valid_to=None).count() == 11
    assert Village.objects.filter(region__kind="kelurahan").exists()
    pulo_panjang = Village.objects.get(region_id="36.04.08.2009")
    assert pulo_panjang.office.short_name == "Kanim Cilegon"


def test_a_village_paused_over_the_end_of_a_quarter(built: str) -> None:
    user = User.objects.get(username="kanwil")
    assert counts_on(date(2026, 6, 30), user).inactive == 1
    assert counts_on(date(2026, 9, 30), user).inactive == 0
    assert VillageEvent.objects.filter(verb="correct_decree").exists()


def test_reference_data_and_papers_come_along(built: str) -> None:
    assert Letterhead.objects.count() == Office.objects.count()
    assert Hotline.objects.filter(is_urgent=True).exists()
    assert Agency.objects.exclude(successor=None).count() == 1


def test_the_fgd_of_november_2025_is_final(built: str) -> None:
    session = Session.objects.get()
    assert session.is_final
    assert timezone.localtime(session.starts_at).strftime("%Y-%m-%d") == "2025-11-11"
    assert session.venue == "Gedung Negara (Pendopo Lama)"
    present = Attendance.objects.filter(delegate__session=session).count()
    assert 0 < present < session.delegates.count()
    assert session.recommendations.count() == 4
    assert not Agency.objects.exclude(status="confirmed").exists()


def test_actions_are_in_every_state(built: str) -> None:
    states = set(Action.objects.values_list("status", flat=True))
    running = {"not_started", "in_progress", "reported_done", "verified_done"}
    assert states == running
    assert Action.objects.agreed().count() == 10
    assert Action.objects.overdue().count() == 2
    assert Action.objects.filter(events__verb="return").exists()
    verified = Action.objects.filter(status="verified_done").first()
    assert verified is not None
    assert verified.evidence_count > 0
    assert verified.verified_by_id != verified.reported_by_id


def test_a_year_of_reports_is_made(built: str) -> None:
    slots = ReportSlot.objects
    assert slots.filter(status="verified").count() > 80
    for status in ("open", "draft", "submitted", "returned", "excused"):
        assert slots.filter(status=status).exists(), status
    assert slots.filter(status="correction_requested").exists()
    assert MonthlyReport.objects.filter(is_nil=True).exists()
    assert MonthlyReport.objects.exclude(channel="portal").exists()


def test_nothing_happened_in_the_future(built: str) -> None:
    now = timezone.now()
    assert not SessionEvent.objects.filter(occurred_at__gt=now).exists()
    assert not ActionEvent.objects.filter(occurred_at__gt=now).exists()
    assert not VillageEvent.objects.filter(occurred_at__gt=now).exists()
    assert not ReportVersion.objects.filter(submitted_at__gt=now).exists()


def test_something_waits_for_everybody_who_works(built: str) -> None:
    for username in ("kanwil", "kanim.serang", "kanim.cilegon", "pimpasa.tirtayasa"):
        assert home_for(User.objects.get(username=username)).waiting, username
    assert AccountRequest.objects.get().status == "requested"


def test_every_person_is_invented_and_says_so(built: str) -> None:
    names = User.objects.filter(is_demonstration=True).values_list("name", flat=True)
    assert [name for name in names if "Contoh" not in name] == []


def test_officers_come_by_letter_and_hand_over(built: str) -> None:
    with_letter = Assignment.objects.filter(role="pimpasa").exclude(letter_file="")
    by_officer = Counter(with_letter.values_list("user__username", flat=True))
    assert by_officer["pimpasa.tirtayasa"] == 3
    files = with_letter.filter(user__username="pimpasa.tirtayasa")
    assert len(set(files.values_list("letter_file", flat=True))) == 1
    assert with_letter.filter(ends_on__lt=timezone.localdate()).exists()
    assert with_letter.filter(ends_on__gt=timezone.localdate()).exists()
