"""The stages of a session: when it is opened, what is missing, what day they have."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.participants.models import Attendance
from fgd.plan import services as plan_services
from fgd.sessions import services as sessions_services
from fgd.sessions.models import Session, SessionEvent
from fgd.sessions.workflow import takes_attendance
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene
from tests.sessions.test_sessions import page, typed

Browser = Callable[[str], Client]


def test_a_session_of_last_year_has_one_day_for_all_its_stages(
    dataset: Dataset, signed_in: Browser
) -> None:
    browser = signed_in("serang")
    browser.post(reverse("sessions:session_create"), typed(dataset))
    session = Session.objects.get()
    for name in ("announce", "open"):
        browser.post(page(f"sessions:session_{name}", session))
    finalise = page("plan:session_finalise", session)
    initial = browser.get(finalise).context["form"].initial
    sent = {"occurred_at": f"{initial['occurred_at']}", "seen": initial["seen"]}
    browser.post(finalise, sent)
    stages = session.events.exclude(to_status=F("from_status")).order_by("id")
    verbs = [event.verb for event in stages]
    assert verbs == ["create", "announce", "open", "finalise"]
    assert {session.first_day} == {
        timezone.localdate(event.occurred_at) for event in stages
    }
    times = [event.occurred_at for event in stages]
    assert times == sorted(times)
    steps = browser.get(page("sessions:session_detail", session)).context["process"]
    assert {step["sub"] for step in steps} == {"11 November 2025"}


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_who_reads_no_history_sees_no_day_of_it(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    """Not the day on which the row was written, either."""
    session = scene.running(dataset)
    parties: dict[str, Any] = {"agencies": [dataset.agencies["dinsos"].pk]}
    parties |= {"villages": dataset.villages["lontar"].code, "seats": 2}
    signed_in("serang").post(page("participants:invite", session), parties)
    steps = signed_in(name).get(page("sessions:session_detail", session))
    assert {step["sub"] for step in steps.context["process"]} == {""}


@pytest.mark.parametrize("verb", ["invite", "record_attendance"])
def test_a_session_of_last_year_was_invited_and_attended_last_year(
    dataset: Dataset, signed_in: Browser, verb: str
) -> None:
    browser = signed_in("serang")
    browser.post(reverse("sessions:session_create"), typed(dataset))
    session, dinsos = Session.objects.get(), dataset.agencies["dinsos"].pk
    browser.post(
        page("participants:invite", session), {"agencies": [dinsos], "seats": 2}
    )
    for name in ("announce", "open"):
        browser.post(page(f"sessions:session_{name}", session))
    row = scene.delegate(dataset, session)
    mark = page("participants:attendance_save", session)
    browser.post(mark, {"present": [row.pk], "source": "paper", "arrived": ""})
    event = session.events.get(verb=verb)
    assert timezone.localdate(event.occurred_at) == session.first_day
    assert timezone.localdate(event.recorded_at) == timezone.localdate()


def test_parties_of_a_session_to_come_are_invited_today(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, dinsos = in_ten_days(dataset), dataset.agencies["dinsos"].pk
    data = {"agencies": [dinsos], "seats": 2}
    signed_in("serang").post(page("participants:invite", session), data)
    event = session.events.get(verb="invite")
    assert timezone.localdate(event.occurred_at) == timezone.localdate()


def test_a_session_to_come_has_the_days_of_its_stages(
    dataset: Dataset, signed_in: Browser
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    browser = signed_in("serang")
    browser.post(
        reverse("sessions:session_create"), typed(dataset, day=day.isoformat())
    )
    session = Session.objects.get()
    browser.post(page("sessions:session_announce", session))
    days = {timezone.localdate(event.occurred_at) for event in session.events.all()}
    assert days == {timezone.localdate()}


def test_minutes_are_not_final_before_the_session_was_opened(dataset: Dataset) -> None:
    session = scene.running(dataset)
    session.events.create(verb="open", to_status="in_progress")
    with pytest.raises(ValidationError) as refusal:
        plan_services.finalise(
            session.pk,
            acting_user=dataset.user("serang"),
            occurred_at=session.ends_at,
        )
    assert "occurred_at" in refusal.value.error_dict


def in_ten_days(dataset: Dataset) -> Session:
    starts_at = timezone.now() + timedelta(days=10)
    return make_session(
        dataset.serang,
        dataset.people["serang"],
        status="invited",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )


def test_a_session_is_opened_early_only_after_a_question(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = in_ten_days(dataset), signed_in("serang")
    url = page("sessions:session_open", session)
    asked = browser.post(url)
    session.refresh_from_db()
    assert (asked.status_code, session.status) == (200, "invited")
    with override("id"):
        day = date_format(timezone.localtime(session.starts_at), "DATE_FORMAT")
    assert day in asked.content.decode()
    assert 'name="early" value="True"' in asked.content.decode()
    answer = browser.post(url, {"early": "True"})
    session.refresh_from_db()
    assert (answer.status_code, session.status) == (302, "in_progress")


def test_an_open_session_is_not_asked_about_again(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    asked = signed_in("serang").get(page("sessions:session_open", session))
    assert asked["Location"] == page("sessions:session_detail", session)


def test_the_service_opens_nothing_early_unasked(dataset: Dataset) -> None:
    session = in_ten_days(dataset)
    with pytest.raises(ValidationError):
        sessions_services.open_session(session.pk, acting_user=dataset.user("serang"))
    session.refresh_from_db()
    assert session.status == "invited"


def test_an_opening_is_undone_while_nothing_is_written(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    detail = page("sessions:session_detail", session)
    assert browser.get(detail).context["may_undo_opening"]
    browser.post(page("sessions:session_undo_opening", session))
    session.refresh_from_db()
    assert session.status == "invited"
    assert SessionEvent.objects.filter(session=session, verb="undo_opening").exists()


@pytest.mark.parametrize("written", ["minutes", "present", "outcome", "recommendation"])
def test_an_opening_stays_once_something_is_written(
    dataset: Dataset, signed_in: Browser, written: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    topic = scene.topic(session)
    if written == "minutes":
        topic.minutes.create(text="Isi", written_by=dataset.people["serang"])
    elif written == "present":
        Attendance.objects.create(
            delegate=scene.delegate(dataset, session),
            recorded_by=dataset.people["serang"],
        )
    elif written == "outcome":
        topic.topic_villages.create(
            village=dataset.villages["lontar"], outcome="discussed"
        )
    else:
        scene.recommendation(session)
    detail = page("sessions:session_detail", session)
    assert not browser.get(detail).context["may_undo_opening"]
    answer = browser.post(page("sessions:session_undo_opening", session), follow=True)
    assert "sudah ditulis" in answer.content.decode()
    session.refresh_from_db()
    assert session.status == "in_progress"


@pytest.mark.parametrize(
    ("status", "name", "state"),
    [
        ("in_progress", "open", "berlangsung"),
        ("in_progress", "announce", "berlangsung"),
        ("in_progress", "cancel", "berlangsung"),
        ("invited", "undo_opening", "diumumkan"),
    ],
)
def test_a_refusal_names_the_state_and_blames_nobody(
    dataset: Dataset, signed_in: Browser, status: str, name: str, state: str
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"], status=status)
    data = {"reason": "Aula terpakai"}
    url = page(f"sessions:session_{name}", session)
    answer = signed_in("serang").post(url, data)
    assert answer.status_code == 409
    assert f"“{state}”" in answer.context["refusal"]
    assert "Orang lain" not in answer.context["refusal"]
    assert "Aula terpakai" in answer.content.decode()


def test_all_is_written_only_when_nothing_is_missing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    topic = scene.topic(session)
    topic.minutes.create(text="Isi", written_by=dataset.people["serang"])
    village = topic.topic_villages.create(village=dataset.villages["lontar"])
    Attendance.objects.create(
        delegate=scene.delegate(dataset, session), recorded_by=dataset.people["serang"]
    )
    scene.action(dataset, session=session, agreed=False)
    detail = page("sessions:session_detail", session)
    finalise = page("plan:session_finalise", session)
    (missing,) = browser.get(finalise).context["missing"]
    assert browser.get(detail).context["next_step"] == missing
    village.outcome = "deferred"
    village.save()
    assert browser.get(finalise).context["missing"] == []
    step = browser.get(detail).context["next_step"]
    assert step.url_name == "plan:session_finalise"


@pytest.mark.parametrize("left", ["topic", "recommendation"])
def test_both_pages_name_the_same_thing_as_missing(
    dataset: Dataset, signed_in: Browser, left: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    if left == "topic":
        scene.recommendation(session)
    else:
        scene.topic(session)
    missing = browser.get(page("plan:session_finalise", session)).context["missing"]
    step = browser.get(page("sessions:session_detail", session)).context["next_step"]
    assert step == missing[0]
    assert len(missing) == 3


def written_early(dataset: Dataset) -> Session:
    """A session in ten days that is open, and of which everything is written."""
    session = in_ten_days(dataset)
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    topic = scene.topic(session)
    topic.minutes.create(text="Isi", written_by=dataset.people["serang"])
    Attendance.objects.create(
        delegate=scene.delegate(dataset, session), recorded_by=dataset.people["serang"]
    )
    scene.action(dataset, session=session, agreed=False)
    return session


def test_no_page_offers_final_minutes_before_the_session_begins(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = written_early(dataset), signed_in("serang")
    finalise = page("plan:session_finalise", session)
    detail = browser.get(page("sessions:session_detail", session))
    assert "Semua sudah ditulis. Notula dapat disahkan mulai " in str(
        detail.context["next_step"].text
    )
    assert finalise not in detail.content.decode()
    refused = browser.get(finalise, follow=True)
    assert "Notula tidak dapat disahkan sebelum FGD dimulai" in refused.content.decode()
    browser.post(finalise, {"occurred_at": "", "note": ""})
    session.refresh_from_db()
    assert session.status == "in_progress"
    with pytest.raises(IllegalTransition, match=r"begins|dimulai"):
        plan_services.finalise(session.pk, acting_user=dataset.user("serang"))


def test_something_missing_early_offers_no_final_minutes_either(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = in_ten_days(dataset), signed_in("serang")
    opening = browser.post(page("sessions:session_open", session)).content.decode()
    assert "Notula dapat disahkan mulai tanggal " in opening
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    detail = browser.get(page("sessions:session_detail", session)).content.decode()
    assert page("plan:session_finalise", session) not in detail


def test_the_day_of_a_session_begins_where_it_is_held(
    dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """01.00 WIT on the 12th is still the 11th in WIB: the day has come there."""
    session = in_ten_days(dataset)
    session.office.zone = "Asia/Jayapura"
    at_night = datetime(2026, 5, 12, 1, tzinfo=session.office.time_zone)
    session.starts_at = at_night + timedelta(hours=8)
    monkeypatch.setattr(timezone, "now", lambda: at_night)
    assert takes_attendance(session)
    assert not session.has_begun
    monkeypatch.setattr(timezone, "now", lambda: at_night - timedelta(hours=2))
    assert not takes_attendance(session)


def test_minutes_written_meanwhile_are_read_before_they_are_final(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    finalise = page("plan:session_finalise", session)
    sent = {
        "note": "Terima kasih.",
        "occurred_at": "2025-11-11",
        "seen": browser.get(finalise).context["form"]["seen"].value(),
    }
    record_event(session, "write_minutes", dataset.user("serang2"))
    answer = browser.post(finalise, sent)
    session.refresh_from_db()
    assert session.status == "in_progress"
    for words in ("Terima kasih.", str(dataset.people["serang2"])):
        assert words in answer.content.decode()
    sent["seen"] = answer.context["form"]["seen"].value()
    browser.post(finalise, sent)
    session.refresh_from_db()
    assert session.status == "finalised"
