"""Who sees a session, its parts and the lists it appears in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Invitation
from fgd.plan.models import ActionEvent
from fgd.sessions.models import AgendaItem, Session, SessionEvent
from fgd.sessions.selectors.sessions import (
    sessions_of_village,
)
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session) -> str:
    return reverse(name, args=[session.pk])


# --- Who sees it -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("serang", True),
        ("kanwil", True),
        ("auditor", True),
        ("pimpasa", True),
        ("official", True),
        ("dinsos", True),
        ("polres", False),
        ("official_kronjo", False),
        ("tangerang", False),
        ("mixed", False),
        ("nobody", False),
        ("admin", False),
    ],
)
def test_an_announced_session_is_seen_by_host_and_invited(
    dataset: Dataset, signed_in: Browser, name: str, sees: bool
) -> None:
    session = scene.running(dataset)
    answer = signed_in(name).get(page("sessions:session_detail", session))
    assert answer.status_code == (200 if sees else 404)


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_draft_is_not_seen_by_the_invited(
    dataset: Dataset, signed_in: Browser, status: str
) -> None:
    session = scene.running(dataset, status=status)
    for name in ("official", "dinsos"):
        answer = signed_in(name).get(page("sessions:session_detail", session))
        assert answer.status_code == 404


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_the_invited_read_minutes_and_agreements_only_when_final(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    session = scene.running(dataset)
    for tab in ("minutes:session_minutes", "plan:session_agreements"):
        assert signed_in(name).get(page(tab, session)).status_code == 404
    Session.objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    for tab in ("minutes:session_minutes", "plan:session_agreements"):
        assert signed_in(name).get(page(tab, session)).status_code == 200


def test_a_kanim_reads_but_does_not_run_the_kanwils_session(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = make_session(dataset.kanwil, dataset.people["kanwil"])
    Invitation.objects.create(session=session, village=dataset.villages["lontar"])
    browser = signed_in("serang")
    assert browser.get(page("sessions:session_detail", session)).status_code == 200
    assert browser.get(page("minutes:session_minutes", session)).status_code == 404
    assert browser.get(page("sessions:session_change", session)).status_code == 403


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor"])
def test_the_forms_of_the_host_are_closed_to_readers(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    session = scene.running(dataset)
    for verb in (
        "sessions:session_change",
        "plan:session_finalise",
        "participants:invite",
        "sessions:topic_add",
    ):
        assert signed_in(name).get(page(verb, session)).status_code == 403


def test_every_verb_is_a_post(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    topic, person = scene.topic(session), scene.delegate(dataset, session)
    item = AgendaItem.objects.create(
        session=session, starts_at="09:00", minutes=9, title="x"
    )
    entry = MinutesEntry.objects.create(
        topic=topic, text="x", written_by=dataset.people["serang"]
    )
    action = scene.action(dataset, session=session, agreed=False)
    browser = signed_in("serang")
    for verb, pk in (
        ("sessions:agenda_remove", item.pk),
        ("sessions:topic_remove", topic.pk),
        ("sessions:topic_move", topic.pk),
        ("minutes:minutes_remove", entry.pk),
        ("plan:recommendation_remove", action.recommendation_id),
        ("plan:action_remove", action.pk),
        ("participants:invitation_withdraw", session.invitations.first().pk),
        ("participants:delegate_remove", person.pk),
        ("participants:attendance_mark", person.pk),
        ("participants:attendance_unmark", person.pk),
    ):
        url = reverse(verb, args=[session.pk, pk])
        assert browser.get(url).status_code == 405, verb
    for verb in (
        "participants:attendance_save",
        "sessions:session_undo_opening",
    ):
        assert browser.get(page(verb, session)).status_code == 405
    assert not SessionEvent.objects.exists()
    assert not ActionEvent.objects.exists()


# --- The list ----------------------------------------------------------------


def test_the_list_is_filtered_by_the_address(
    dataset: Dataset, signed_in: Browser
) -> None:
    scene.running(dataset, theme="Kerja ke luar negeri")
    make_session(dataset.serang, dataset.people["serang"], status="draft", theme="Lain")
    browser = signed_in("serang")
    for query in ("cari=luar+neg", "keadaan=in_progress"):
        rows = browser.get(f"{reverse('sessions:session_list')}?{query}").context[
            "rows"
        ]
        assert [row["theme"] for row in rows] == ["Kerja ke luar negeri"]
    for query in ("tahun=2024", f"kantor={dataset.tangerang.pk}", "cari=%00"):
        answer = browser.get(f"{reverse('sessions:session_list')}?{query}")
        assert answer.status_code == 200
    assert not browser.get("/fgd/?tahun=2024").context["rows"]


def test_the_list_is_closed_to_those_without_a_table(
    dataset: Dataset, signed_in: Browser
) -> None:
    for name in ("nobody", "admin", "leader", "triage"):
        assert signed_in(name).get(reverse("sessions:session_list")).status_code == 403


def test_lists_hold_no_foreign_session(dataset: Dataset, signed_in: Browser) -> None:
    later = timezone.now() + timedelta(days=2)
    times = {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    make_session(dataset.tangerang, dataset.people["tangerang"], "invited", **times)
    for name in ("serang", "official", "mixed"):
        sees = name == "mixed"
        rows = signed_in(name).get(reverse("sessions:session_list")).context["rows"]
        assert bool(rows) is sees


def test_a_village_knows_its_sessions(dataset: Dataset) -> None:
    session = scene.running(dataset)
    assert list(sessions_of_village(dataset.villages["lontar"])) == [session]
    assert not sessions_of_village(dataset.villages["kronjo"]).exists()


# --- Whose office runs it ----------------------------------------------------


def test_a_kanwil_changes_participants_at_its_own_sessions_only(
    dataset: Dataset,
) -> None:
    own = make_session(dataset.kanwil, dataset.people["kanwil"])
    make_session(dataset.serang, dataset.people["serang"])
    found = Session.objects.open_for(dataset.people["kanwil"], "participant.change")
    assert list(found) == [own]
