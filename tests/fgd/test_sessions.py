from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import sessions as deeds
from fgd.models import (
    FgdEvent,
    Series,
    Session,
)
from tests.fgd import scene
from tests.world import World, make_session

Browser = Callable[[str], Client]
WIB = timezone.get_default_timezone()


def typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "office": world.serang.pk,
        "theme": "Pencegahan TPPO",
        "purpose": "",
        "day": "2025-11-11",
        "begins": "09:00",
        "ends": "13.00",
        "venue": "Gedung Negara",
        "series_name": "FGD Banten",
    } | changes


def page(name: str, session: Session) -> str:
    return reverse(f"fgd:{name}", args=[session.pk])


# --- Planning ----------------------------------------------------------------


def test_a_past_session_is_planned_with_a_new_series(
    world: World, signed_in: Browser
) -> None:
    answer = signed_in("serang").post(reverse("fgd:session_create"), typed(world))
    session = Session.objects.get()
    assert answer["Location"] == page("session_detail", session)
    assert session.starts_at == datetime(2025, 11, 11, 9, tzinfo=WIB)
    assert (session.status, str(session.series)) == ("draft", "FGD Banten")


def test_a_known_series_is_joined_however_it_is_spelt(
    world: World, signed_in: Browser
) -> None:
    known = Series.objects.create(name="FGD banten", office=world.serang)
    signed_in("pimpasa").post(reverse("fgd:session_create"), typed(world))
    assert Session.objects.get().series == known


def test_nobody_plans_for_a_foreign_office(world: World, signed_in: Browser) -> None:
    foreign = typed(world, office=world.tangerang.pk)
    answer = signed_in("serang").post(reverse("fgd:session_create"), foreign)
    assert answer.status_code == 200
    assert answer.context["form"].errors["office"]
    assert not Session.objects.exists()


@pytest.mark.parametrize("name", ["official", "dinsos", "auditor", "leader", "admin"])
def test_others_plan_nothing(world: World, signed_in: Browser, name: str) -> None:
    answer = signed_in(name).post(reverse("fgd:session_create"), typed(world))
    assert answer.status_code == 403
    assert not Session.objects.exists()


def test_the_action_itself_asks_who_plans(world: World) -> None:
    start = datetime(2025, 11, 11, 9, tzinfo=WIB)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    with pytest.raises(PermissionDenied):
        deeds.create_session(
            acting_user=world.user("tangerang"),
            office=world.serang,
            theme="x",
            venue="x",
            **times,
        )


def test_a_draft_is_not_finalised(world: World) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    with pytest.raises(IllegalTransition):
        deeds.finalise(session.pk, acting_user=world.user("serang"))


def test_an_end_before_the_beginning_is_told_beside_the_field(
    world: World, signed_in: Browser
) -> None:
    wrong = typed(world, ends="08:00")
    answer = signed_in("serang").post(reverse("fgd:session_create"), wrong)
    assert answer.context["form"].errors["ends"]
    assert not Session.objects.exists()


# --- Changing ----------------------------------------------------------------


def test_a_session_is_changed_on_its_own_version(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"])
    new = typed(world, theme="Tema baru", version=1)
    signed_in("serang").post(page("session_change", session), new)
    session.refresh_from_db()
    assert (session.theme, session.version) == ("Tema baru", 2)
    assert session.changed_by == world.people["serang"]


def test_a_stale_edit_keeps_the_typed_text_and_may_be_sent_again(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"])
    browser, url = signed_in("serang2"), page("session_change", session)
    signed_in("serang").post(url, typed(world, theme="Tema pertama", version=1))
    answer = browser.post(url, typed(world, theme="Tema kedua", version=1))
    form = answer.context["form"]
    assert form.stale.who == str(world.people["serang"])
    assert form["theme"].value() == "Tema kedua"
    assert b"Tema pertama" in answer.content
    again = typed(world, theme="Tema kedua", version=form["version"].value())
    assert browser.post(url, again).status_code == 302
    session.refresh_from_db()
    assert session.theme == "Tema kedua"


def test_a_session_is_not_moved_behind_a_due_date(world: World) -> None:
    session = scene.running(world)
    scene.action(world, session=session, agreed=False)
    late = datetime(2026, 5, 1, 9, tzinfo=WIB)
    with pytest.raises(ValidationError):
        deeds.change_session(
            session.pk,
            acting_user=world.user("serang"),
            version=1,
            theme="x",
            venue="x",
            starts_at=late,
            ends_at=late + timedelta(hours=1),
        )


# --- The way to final --------------------------------------------------------


def test_announcing_and_opening_move_the_session(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    for name, state in (("announce", "invited"), ("open", "in_progress")):
        signed_in("serang").post(page(f"session_{name}", session))
        session.refresh_from_db()
        assert session.status == state
    verbs = FgdEvent.objects.filter(session=session).values_list("verb", flat=True)
    assert list(verbs.order_by("id")) == ["announce", "open"]


def test_a_verb_that_came_too_late_is_told_kindly(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"])
    answer = signed_in("serang").post(page("session_announce", session), follow=True)
    assert answer.status_code == 200
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_verbs_change_nothing_by_get(world: World, signed_in: Browser) -> None:
    session = make_session(world.serang, world.people["serang"], status="draft")
    for name in ("announce", "open"):
        answer = signed_in("serang").get(page(f"session_{name}", session))
        assert answer.status_code == 405
    session.refresh_from_db()
    assert session.status == "draft"


def test_finalising_agrees_the_actions_and_locks(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    action = scene.action(world, session=session, agreed=False)
    data = {"occurred_at": "2025-11-11", "note": "Terima kasih."}
    signed_in("serang").post(page("session_finalise", session), data)
    session.refresh_from_db()
    action.refresh_from_db()
    assert (session.status, session.closing_note) == ("finalised", "Terima kasih.")
    assert action.agreed_at == session.finalised_at == session.ends_at
    assert FgdEvent.objects.filter(action=action, verb="agree").count() == 1


def test_the_question_lists_what_is_missing(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    scene.topic(session)
    scene.recommendation(session)
    answer = signed_in("serang").get(page("session_finalise", session))
    assert len(answer.context["missing"]) == 3


def test_a_closing_day_before_the_session_or_to_come_is_refused(world: World) -> None:
    session = scene.running(world)
    tomorrow = timezone.now() + timedelta(days=1)
    for wrong in (session.starts_at - timedelta(days=1), tomorrow):
        with pytest.raises(ValidationError):
            deeds.finalise(
                session.pk, acting_user=world.user("serang"), occurred_at=wrong
            )
    session.refresh_from_db()
    assert session.status == "in_progress"


def test_a_wrong_closing_day_stands_beside_its_field(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    data = {"occurred_at": "2025-11-01", "note": ""}
    answer = signed_in("serang").post(page("session_finalise", session), data)
    assert answer.context["form"].errors["occurred_at"]


def test_a_final_session_refuses_to_be_finalised_again(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world, status="finalised")
    answer = signed_in("serang").post(page("session_finalise", session), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    with pytest.raises(IllegalTransition):
        deeds.finalise(session.pk, acting_user=world.user("serang"))
    assert not FgdEvent.objects.exists()


def test_a_session_is_cancelled_with_a_reason_only(
    world: World, signed_in: Browser
) -> None:
    session = make_session(world.serang, world.people["serang"], status="invited")
    url = page("session_cancel", session)
    assert signed_in("serang").post(url, {"reason": " "}).context["form"].errors
    signed_in("serang").post(url, {"reason": "Banjir."})
    session.refresh_from_db()
    assert (session.status, session.closing_note) == ("cancelled", "Banjir.")


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_the_invited_move_no_session(world: World, name: str) -> None:
    session = scene.running(world)
    for deed in (deeds.announce, deeds.open_session, deeds.finalise):
        with pytest.raises(PermissionDenied):
            deed(session.pk, acting_user=world.user(name))
