from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import agreements, minutes, programme
from fgd.models import (
    Action,
    Agency,
    AgendaItem,
    MinutesEntry,
    Recommendation,
    Session,
    Topic,
    TopicVillage,
)
from fgd.selectors.agreements import actions_of_village, recommendations_of
from tests.fgd import scene
from tests.world import World

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(f"fgd:{name}", args=[session.pk, *more])


# --- Rundown -----------------------------------------------------------------


def test_a_pasted_rundown_is_read_line_by_line(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    text = "09.00-09.30 Pembukaan; MC\n\n09:30 – 11.00 WIB: Diskusi, tanya jawab\n"
    signed_in("serang").post(page("agenda_paste", session), {"text": text})
    rows = AgendaItem.objects.values_list("minutes", "title", "presenter")
    assert list(rows) == [(30, "Pembukaan", "MC"), (90, "Diskusi, tanya jawab", "")]


def test_a_line_that_is_not_understood_is_named_and_nothing_is_kept(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    text = "09.00-09.30 Pembukaan\nIstirahat\n25.00-26.00 Makan\n10.00-09.00 Mundur"
    answer = signed_in("serang").post(page("agenda_paste", session), {"text": text})
    assert len(answer.context["form"].errors["text"]) == 3
    assert not AgendaItem.objects.exists()


def test_a_line_is_added_changed_and_removed(world: World, signed_in: Browser) -> None:
    session, browser = scene.running(world), signed_in("serang")
    line = {"starts_at": "09.00", "minutes": 30, "title": "Pembukaan", "presenter": ""}
    browser.post(page("agenda_add", session), line)
    item = AgendaItem.objects.get()
    changed = line | {"title": "Doa", "version": 1}
    browser.post(page("agenda_change", session, item.pk), changed)
    item.refresh_from_db()
    assert (item.title, item.version) == ("Doa", 2)
    answer = browser.post(page("agenda_change", session, item.pk), changed)
    assert answer.context["form"].stale
    browser.post(page("agenda_remove", session, item.pk))
    assert not AgendaItem.objects.exists()


# --- Topics ------------------------------------------------------------------


def test_topics_are_tied_to_villages_moved_and_closed_up(
    world: World, signed_in: Browser
) -> None:
    session, browser = scene.running(world), signed_in("serang")
    lontar = world.villages["lontar"]
    for title, villages in (("A", [lontar.pk]), ("B", []), ("C", [])):
        data = {"title": title, "villages": villages, "more_villages": "Tengkurak"}
        browser.post(page("topic_add", session), data)
    first, _second, third = session.topics.all()
    browser.post(page("topic_move", session, third.pk), {"arah": "naik"})
    browser.post(page("topic_remove", session, first.pk))
    assert list(session.topics.values_list("number", "title")) == [(1, "C"), (2, "B")]
    assert first.villages.count() == 0


def test_a_changed_topic_keeps_known_outcomes(world: World) -> None:
    session = scene.running(world)
    lontar, tengkurak = world.villages["lontar"], world.villages["tengkurak"]
    user = world.user("serang")
    topic = programme.add_topic(
        session.pk, acting_user=user, title="A", villages=[lontar]
    )
    outcomes = {lontar.pk: "discussed"}
    programme.set_outcomes(topic.pk, acting_user=user, outcomes=outcomes)
    programme.change_topic(
        topic.pk, acting_user=user, version=1, title="A", villages=[lontar, tengkurak]
    )
    rows = TopicVillage.objects.values_list("village__name", "outcome")
    assert set(rows) == {("Lontar", "discussed"), ("Tengkurak", "open")}


def test_a_topic_with_minutes_stays(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    topic = scene.topic(session)
    MinutesEntry.objects.create(
        topic=topic, text="x", written_by=world.people["serang"]
    )
    signed_in("serang").post(page("topic_remove", session, topic.pk))
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_each_village_of_a_topic_has_its_outcome(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    topic, lontar = scene.topic(session), world.villages["lontar"]
    row = TopicVillage.objects.create(topic=topic, village=lontar)
    url = page("topic_outcomes", session, topic.pk)
    answer = signed_in("serang").post(url, {f"v{lontar.pk}": "lupa"})
    assert answer.context["form"].errors
    signed_in("serang").post(url, {f"v{lontar.pk}": "deferred"})
    row.refresh_from_db()
    assert row.outcome == "deferred"


# --- Minutes -----------------------------------------------------------------


def test_minutes_are_written_with_their_speaker(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    topic, speaker = scene.topic(session), scene.delegate(world, session)
    url = page("minutes_add", session, topic.pk)
    data = {"speaker": speaker.pk, "text": "Perlu pelatihan.", "lagi": "ya"}
    assert signed_in("serang").post(url, data)["Location"] == url
    assert MinutesEntry.objects.get().speaker == speaker


def test_a_speaker_of_another_session_is_refused(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    topic, stranger = scene.topic(session), scene.delegate(world, scene.running(world))
    data = {"speaker": stranger.pk, "text": "x"}
    answer = signed_in("serang").post(page("minutes_add", session, topic.pk), data)
    assert answer.context["form"].errors["speaker"]
    assert not MinutesEntry.objects.exists()


def test_minutes_wait_until_the_session_is_open(world: World) -> None:
    session = scene.running(world, status="invited")
    topic = scene.topic(session)
    with pytest.raises(IllegalTransition):
        minutes.add_entry(topic.pk, acting_user=world.user("serang"), text="x")


def test_stale_minutes_are_told(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    entry = MinutesEntry.objects.create(
        topic=scene.topic(session), text="x", written_by=world.people["serang"]
    )
    url = page("minutes_change", session, entry.pk)
    signed_in("serang").post(url, {"text": "pertama", "version": 1})
    answer = signed_in("serang2").post(url, {"text": "kedua", "version": 1})
    assert answer.context["form"].stale
    assert "kedua" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.text == "pertama"


# --- Recommendations and actions ---------------------------------------------


def typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "title": "Pelatihan kerja",
        "lead_agency": world.agencies["dinsos"].pk,
        "due_on": "2026-03-01",
        "indicator": "Dua kali pelatihan",
        "pillar": "knowledge",
        "villages": [world.villages["lontar"].pk],
        "more_villages": "Tengkurak",
        "supporters": [world.agencies["dinsos"].pk],
        "funding": "APBD",
    } | changes


def test_an_action_has_one_lead_its_villages_and_no_agreement_yet(
    world: World, signed_in: Browser
) -> None:
    session, browser = scene.running(world), signed_in("pimpasa")
    browser = signed_in("serang")
    browser.post(page("recommendation_add", session), {"text": "Perkuat."})
    row = Recommendation.objects.get()
    browser.post(page("action_add", session, row.pk), typed(world))
    action = Action.objects.get()
    assert (action.session, action.office) == (session, world.serang)
    assert (action.villages_open, action.agreed_at) == (2, None)
    assert not action.supports.exists()


def test_a_due_date_before_the_session_is_told_beside_the_field(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    url = page("action_add", session, scene.recommendation(session).pk)
    answer = signed_in("serang").post(url, typed(world, due_on="2025-11-10"))
    assert answer.context["form"].errors["due_on"]
    assert not Action.objects.exists()
    signed_in("serang").post(url, typed(world, due_on="2025-11-11"))
    assert Action.objects.get().due_on == date(2025, 11, 11)


def test_only_a_confirmed_agency_leads(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    dinsos = world.agencies["dinsos"]
    Agency.objects.filter(pk=dinsos.pk).update(status="proposed")
    row = scene.recommendation(session)
    answer = signed_in("serang").post(page("action_add", session, row.pk), typed(world))
    assert answer.context["form"].errors["lead_agency"]
    assert not Action.objects.exists()


def test_a_village_out_of_sight_is_not_tied(world: World, signed_in: Browser) -> None:
    session = scene.running(world)
    row = scene.recommendation(session)
    for changes in (
        {"villages": [world.villages["kronjo"].pk]},
        {"more_villages": "36.03.07.2001"},
    ):
        data = typed(world, **changes)
        answer = signed_in("serang").post(page("action_add", session, row.pk), data)
        assert answer.context["form"].errors
    assert not Action.objects.exists()


def test_an_action_is_changed_and_a_stale_edit_told(
    world: World, signed_in: Browser
) -> None:
    session = scene.running(world)
    action = scene.action(world, session=session, agreed=False)
    url = page("action_change", session, action.pk)
    new = typed(world, title="Lain", villages=[], more_villages="", version=1)
    signed_in("serang").post(url, new)
    action.refresh_from_db()
    assert (action.title, action.villages_open, action.version) == ("Lain", 0, 2)
    answer = signed_in("serang2").post(url, typed(world, version=1))
    assert answer.context["form"].stale
    assert answer.context["form"]["version"].value() == "2"


def test_a_recommendation_goes_only_without_actions(
    world: World, signed_in: Browser
) -> None:
    session, browser = scene.running(world), signed_in("serang")
    action = scene.action(world, session=session, agreed=False)
    scene.recommendation(session, 2)
    url = page("recommendation_remove", session, action.recommendation_id)
    browser.post(url)
    assert Recommendation.objects.count() == 2
    browser.post(page("action_remove", session, action.pk))
    browser.post(url)
    assert Recommendation.objects.get().number == 1


def test_what_was_agreed_is_locked(world: World, signed_in: Browser) -> None:
    action = scene.action(world)
    session, browser = action.session, signed_in("serang")
    for name, args in (
        ("recommendation_add", ()),
        ("recommendation_change", (action.recommendation_id,)),
        ("action_add", (action.recommendation_id,)),
        ("action_change", (action.pk,)),
        ("action_remove", (action.pk,)),
        ("topic_add", ()),
        ("agenda_add", ()),
    ):
        answer = browser.post(page(name, session, *args), typed(world, text="x"))
        assert answer.status_code == 302
    user = world.user("serang")
    with pytest.raises(IllegalTransition):
        agreements.remove_action(action.pk, acting_user=user)
    with pytest.raises(IllegalTransition):
        agreements.add_recommendation(session.pk, acting_user=user, text="x")
    assert (Action.objects.count(), Recommendation.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["official", "dinsos", "tangerang", "auditor"])
def test_others_write_no_agreement(world: World, name: str) -> None:
    session = scene.running(world)
    action = scene.action(world, session=session, agreed=False)
    user = world.user(name)
    with pytest.raises(PermissionDenied):
        agreements.add_recommendation(session.pk, acting_user=user, text="x")
    with pytest.raises(PermissionDenied):
        agreements.remove_action(action.pk, acting_user=user)
    with pytest.raises(PermissionDenied):
        minutes.add_entry(scene.topic(session).pk, acting_user=user, text="x")
    assert Action.objects.count() == 1


def test_a_village_knows_its_agreed_actions(world: World) -> None:
    agreed = scene.action(world)
    scene.action(world, agreed=False)
    assert list(actions_of_village(world.villages["lontar"])) == [agreed]


def test_the_table_links_only_actions_in_sight(world: World) -> None:
    session = scene.running(world, status="finalised")
    own = scene.action(world, session=session)
    other = scene.action(world, session=session, lead="polres", villages=("kronjo",))
    [row] = recommendations_of(session, world.user("dinsos"))
    marks = {action.pk: action.in_sight for action in row.actions.all()}
    assert marks == {own.pk: True, other.pk: False}
