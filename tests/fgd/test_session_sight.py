"""Who sees a session, its parts and the lists it stands in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fgd.models import (
    AgendaItem,
    FgdEvent,
    Invitation,
    MinutesEntry,
    Session,
)
from fgd.selectors.sessions import (
    sessions_of_village,
    upcoming_sessions,
    waiting_sessions,
)
from tests.fgd import scene
from tests.world import World, make_session

Browser = Callable[[str], Client]


def page(name: str, session: Session) -> str:
    return reverse(f"fgd:{name}", args=[session.pk])


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
    world: World, signed_in: Browser, name: str, sees: bool
) -> None:
    session = scene.running(world)
    answer = signed_in(name).get(page("session_detail", session))
    assert answer.status_code == (200 if sees else 404)


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_a_draft_is_not_seen_by_the_invited(
    world: World, signed_in: Browser, status: str
) -> None:
    session = scene.running(world, status=status)
    for name in ("official", "dinsos"):
        answer = signed_in(name).get(page("session_detail", session))
        assert answer.status_code == 404


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_the_invited_read_minutes_and_agreements_only_when_final(
    world: World, signed_in: Browser, name: str
) -> None:
    session = scene.running(world)
    for tab in ("session_minutes", "session_agreements"):
        assert signed_in(name).get(page(tab, session)).status_code == 404
    Session.objects.filter(pk=session.pk).update(
        status="finalised", finalised_at=timezone.now()
    )
    for tab in ("session_minutes", "session_agreements"):
        assert signed_in(name).get(page(tab, session)).status_code == 200


def test_a_kanim_reads_but_does_not_run_the_kanwils_session(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.kanwil, world.people["kanwil"])
    Invitation.objects.create(session=session, village=world.villages["lontar"])
    browser = signed_in("serang")
    assert browser.get(page("session_detail", session)).status_code == 200
    assert browser.get(page("session_minutes", session)).status_code == 404
    assert browser.get(page("session_change", session)).status_code == 403


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor"])
def test_the_forms_of_the_host_are_closed_to_readers(
    world: World, signed_in: Browser, name: str
) -> None:
    session = scene.running(world)
    for verb in ("session_change", "session_finalise", "invite", "topic_add"):
        assert signed_in(name).get(page(verb, session)).status_code == 403


def test_every_verb_is_a_post(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    topic, person = scene.topic(session), scene.delegate(world, session)
    item = AgendaItem.objects.create(
        session=session, starts_at="09:00", minutes=9, title="x"
    )
    entry = MinutesEntry.objects.create(
        topic=topic, text="x", written_by=world.people["serang"]
    )
    action = scene.action(world, session=session, agreed=False)
    browser = signed_in("serang")
    for verb, pk in (
        ("agenda_remove", item.pk),
        ("topic_remove", topic.pk),
        ("topic_move", topic.pk),
        ("minutes_remove", entry.pk),
        ("recommendation_remove", action.recommendation_id),
        ("action_remove", action.pk),
        ("invitation_withdraw", session.invitations.first().pk),
        ("delegate_remove", person.pk),
        ("attendance_mark", person.pk),
        ("attendance_unmark", person.pk),
    ):
        url = reverse(f"fgd:{verb}", args=[session.pk, pk])
        assert browser.get(url).status_code == 405, verb
    for verb in ("attendance_save", "delegates_apply", "session_open"):
        assert browser.get(page(verb, session)).status_code == 405
    assert not FgdEvent.objects.exists()


# --- The list ----------------------------------------------------------------


def test_the_list_is_filtered_by_the_address(world: World, signed_in: Browser) -> None:
    scene.running(world, theme="Kerja ke luar negeri")
    make_session(world.serang, world.people["serang"], status="draft", theme="Lain")
    browser = signed_in("serang")
    for query in ("cari=luar+neg", "keadaan=in_progress"):
        rows = browser.get(f"{reverse('fgd:session_list')}?{query}").context["rows"]
        assert [row["theme"] for row in rows] == ["Kerja ke luar negeri"]
    for query in ("tahun=2024", f"kantor={world.tangerang.pk}", "cari=%00"):
        answer = browser.get(f"{reverse('fgd:session_list')}?{query}")
        assert answer.status_code == 200
    assert not browser.get("/fgd/?tahun=2024").context["rows"]


def test_the_list_is_closed_to_those_without_a_table(
    world: World, signed_in: Browser
) -> None:
    for name in ("nobody", "admin", "leader", "triage"):
        assert signed_in(name).get(reverse("fgd:session_list")).status_code == 403


def test_lists_hold_no_foreign_session(world: World, signed_in: Browser) -> None:
    later = timezone.now() + timedelta(days=2)
    times = {"starts_at": later, "ends_at": later + timedelta(hours=1)}
    make_session(world.tangerang, world.people["tangerang"], "invited", **times)
    for name in ("serang", "official", "mixed"):
        sees = name == "mixed"
        rows = signed_in(name).get(reverse("fgd:session_list")).context["rows"]
        assert bool(rows) is sees
        assert upcoming_sessions(world.user(name)).exists() is sees


def test_a_village_knows_its_sessions(world: World) -> None:
    session = scene.running(world)
    assert list(sessions_of_village(world.villages["lontar"])) == [session]
    assert not sessions_of_village(world.villages["kronjo"]).exists()


def test_what_is_past_waits_for_its_minutes(world: World) -> None:
    past = scene.running(world)
    later = timezone.now() + timedelta(days=2)
    coming = make_session(
        world.serang,
        world.people["serang"],
        status="invited",
        starts_at=later,
        ends_at=later + timedelta(hours=2),
    )
    assert list(waiting_sessions(world.user("serang"))) == [past]
    assert list(upcoming_sessions(world.user("serang"))) == [coming]
    assert not waiting_sessions(world.user("dinsos")).exists()
