from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.models import Agency
from fgd.minutes import services as minutes_services
from fgd.minutes.models import MinutesEntry
from fgd.plan import services as plan_services
from fgd.plan.models import Action, Recommendation
from fgd.plan.selectors.agreements import actions_of_village, recommendations_of
from fgd.sessions import services as sessions_services
from fgd.sessions.models import AgendaItem, Session, Topic, TopicVillage
from tests.dataset import Dataset
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.pk, *more])


# --- Rundown -----------------------------------------------------------------


def test_a_pasted_rundown_is_read_line_by_line(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    text = "09.00-09.30 Pembukaan; MC\n\n09:30 – 11.00 WIB: Diskusi, tanya jawab\n"
    signed_in("serang").post(page("sessions:agenda_paste", session), {"text": text})
    rows = AgendaItem.objects.values_list("minutes", "title", "presenter")
    assert list(rows) == [(30, "Pembukaan", "MC"), (90, "Diskusi, tanya jawab", "")]


def test_a_line_that_is_not_understood_is_named_and_nothing_is_kept(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    text = "09.00-09.30 Pembukaan\nIstirahat\n25.00-26.00 Makan\n10.00-09.00 Mundur"
    answer = signed_in("serang").post(
        page("sessions:agenda_paste", session), {"text": text}
    )
    assert len(answer.context["form"].errors["text"]) == 3
    assert not AgendaItem.objects.exists()


def test_a_line_is_added_changed_and_removed(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    line = {"starts_at": "09.00", "minutes": 30, "title": "Pembukaan", "presenter": ""}
    browser.post(page("sessions:agenda_add", session), line)
    item = AgendaItem.objects.get()
    changed = line | {"title": "Doa", "version": 1}
    browser.post(page("sessions:agenda_change", session, item.pk), changed)
    item.refresh_from_db()
    assert (item.title, item.version) == ("Doa", 2)
    answer = browser.post(page("sessions:agenda_change", session, item.pk), changed)
    assert answer.context["form"].stale
    browser.post(page("sessions:agenda_remove", session, item.pk))
    assert not AgendaItem.objects.exists()


# --- Topics ------------------------------------------------------------------


def test_topics_are_tied_to_villages_moved_and_closed_up(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    lontar = dataset.villages["lontar"]
    for title, villages in (("A", [lontar.pk]), ("B", []), ("C", [])):
        data = {"title": title, "villages": villages, "more_villages": "Tengkurak"}
        browser.post(page("sessions:topic_add", session), data)
    first, _second, third = session.topics.all()
    browser.post(page("sessions:topic_move", session, third.pk), {"arah": "naik"})
    browser.post(page("sessions:topic_remove", session, first.pk))
    assert list(session.topics.values_list("number", "title")) == [(1, "C"), (2, "B")]
    assert first.villages.count() == 0


def test_a_changed_topic_keeps_known_outcomes(dataset: Dataset) -> None:
    session = scene.running(dataset)
    lontar, tengkurak = dataset.villages["lontar"], dataset.villages["tengkurak"]
    user = dataset.user("serang")
    topic = sessions_services.add_topic(
        session.pk, acting_user=user, title="A", villages=[lontar]
    )
    outcomes = {lontar.pk: "discussed"}
    sessions_services.set_outcomes(topic.pk, acting_user=user, outcomes=outcomes)
    sessions_services.change_topic(
        topic.pk, acting_user=user, version=1, title="A", villages=[lontar, tengkurak]
    )
    rows = TopicVillage.objects.values_list("village__name", "outcome")
    assert set(rows) == {("Lontar", "discussed"), ("Tengkurak", "open")}


def test_a_topic_with_minutes_stays(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    MinutesEntry.objects.create(
        topic=topic, text="x", written_by=dataset.people["serang"]
    )
    signed_in("serang").post(page("sessions:topic_remove", session, topic.pk))
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_each_village_of_a_topic_has_its_outcome(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, lontar = scene.topic(session), dataset.villages["lontar"]
    row = TopicVillage.objects.create(topic=topic, village=lontar)
    url = page("sessions:topic_outcomes", session, topic.pk)
    answer = signed_in("serang").post(url, {f"v{lontar.pk}": "lupa"})
    assert answer.context["form"].errors
    signed_in("serang").post(url, {f"v{lontar.pk}": "deferred"})
    row.refresh_from_db()
    assert row.outcome == "deferred"


# --- Minutes -----------------------------------------------------------------


def test_minutes_are_written_with_their_speaker(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, speaker = scene.topic(session), scene.delegate(dataset, session)
    url = page("minutes:minutes_add", session, topic.pk)
    data = {"speaker": speaker.pk, "text": "Perlu pelatihan.", "lagi": "ya"}
    assert signed_in("serang").post(url, data)["Location"] == url
    assert MinutesEntry.objects.get().speaker == speaker


def test_a_speaker_of_another_session_is_refused(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, stranger = (
        scene.topic(session),
        scene.delegate(dataset, scene.running(dataset)),
    )
    data = {"speaker": stranger.pk, "text": "x"}
    answer = signed_in("serang").post(
        page("minutes:minutes_add", session, topic.pk), data
    )
    assert answer.context["form"].errors["speaker"]
    assert not MinutesEntry.objects.exists()


def test_minutes_wait_until_the_session_is_open(dataset: Dataset) -> None:
    session = scene.running(dataset, status="invited")
    topic = scene.topic(session)
    with pytest.raises(IllegalTransition):
        minutes_services.add_entry(
            topic.pk, acting_user=dataset.user("serang"), text="x"
        )


def test_stale_minutes_are_shown(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    entry = MinutesEntry.objects.create(
        topic=scene.topic(session), text="x", written_by=dataset.people["serang"]
    )
    url = page("minutes:minutes_change", session, entry.pk)
    signed_in("serang").post(url, {"text": "pertama", "version": 1})
    answer = signed_in("serang2").post(url, {"text": "kedua", "version": 1})
    assert answer.context["form"].stale
    assert "kedua" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.text == "pertama"


# --- Recommendations and actions ---------------------------------------------


def typed(dataset: Dataset, **changes: object) -> dict[str, object]:
    return {
        "title": "Pelatihan kerja",
        "lead_agency": dataset.agencies["dinsos"].pk,
        "due_on": "2026-03-01",
        "indicator": "Dua kali pelatihan",
        "pillar": "knowledge",
        "villages": [dataset.villages["lontar"].pk],
        "more_villages": "Tengkurak",
        "supporters": [dataset.agencies["dinsos"].pk],
        "funding": "APBD",
    } | changes


def test_an_action_has_one_lead_its_villages_and_no_agreement_yet(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("pimpasa")
    browser = signed_in("serang")
    browser.post(page("plan:recommendation_add", session), {"text": "Perkuat."})
    row = Recommendation.objects.get()
    browser.post(page("plan:action_add", session, row.pk), typed(dataset))
    action = Action.objects.get()
    assert (action.session, action.office) == (session, dataset.serang)
    assert (action.villages_open, action.agreed_at) == (2, None)
    assert not action.supports.exists()


def test_a_due_date_before_the_session_is_a_field_error(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    url = page("plan:action_add", session, scene.recommendation(session).pk)
    answer = signed_in("serang").post(url, typed(dataset, due_on="2025-11-10"))
    assert answer.context["form"].errors["due_on"]
    assert not Action.objects.exists()
    signed_in("serang").post(url, typed(dataset, due_on="2025-11-11"))
    assert Action.objects.get().due_on == date(2025, 11, 11)


def test_only_a_confirmed_agency_leads(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    dinsos = dataset.agencies["dinsos"]
    Agency.objects.filter(pk=dinsos.pk).update(status="proposed")
    row = scene.recommendation(session)
    answer = signed_in("serang").post(
        page("plan:action_add", session, row.pk), typed(dataset)
    )
    assert answer.context["form"].errors["lead_agency"]
    assert not Action.objects.exists()


def test_an_invisible_village_is_not_added(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    row = scene.recommendation(session)
    for changes in (
        {"villages": [dataset.villages["kronjo"].pk]},
        {"more_villages": "36.03.07.2001"},
    ):
        data = typed(dataset, **changes)
        answer = signed_in("serang").post(
            page("plan:action_add", session, row.pk), data
        )
        assert answer.context["form"].errors
    assert not Action.objects.exists()


def test_an_action_is_changed_and_a_stale_edit_is_shown(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    action = scene.action(dataset, session=session, agreed=False)
    url = page("plan:action_change", session, action.pk)
    new = typed(dataset, title="Lain", villages=[], more_villages="", version=1)
    signed_in("serang").post(url, new)
    action.refresh_from_db()
    assert (action.title, action.villages_open, action.version) == ("Lain", 0, 2)
    answer = signed_in("serang2").post(url, typed(dataset, version=1))
    assert answer.context["form"].stale
    assert answer.context["form"]["version"].value() == "2"


def test_a_recommendation_goes_only_without_actions(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    action = scene.action(dataset, session=session, agreed=False)
    scene.recommendation(session, 2)
    url = page("plan:recommendation_remove", session, action.recommendation_id)
    browser.post(url)
    assert Recommendation.objects.count() == 2
    browser.post(page("plan:action_remove", session, action.pk))
    browser.post(url)
    assert Recommendation.objects.get().number == 1


def test_what_was_agreed_is_locked(dataset: Dataset, signed_in: Browser) -> None:
    action = scene.action(dataset)
    session, browser = action.session, signed_in("serang")
    for name, args in (
        ("plan:recommendation_add", ()),
        ("plan:recommendation_change", (action.recommendation_id,)),
        ("plan:action_add", (action.recommendation_id,)),
        ("plan:action_change", (action.pk,)),
        ("plan:action_remove", (action.pk,)),
        ("sessions:topic_add", ()),
        ("sessions:agenda_add", ()),
    ):
        answer = browser.post(page(name, session, *args), typed(dataset, text="x"))
        assert answer.status_code == 302
    user = dataset.user("serang")
    with pytest.raises(IllegalTransition):
        plan_services.remove_action(action.pk, acting_user=user)
    with pytest.raises(IllegalTransition):
        plan_services.add_recommendation(session.pk, acting_user=user, text="x")
    assert (Action.objects.count(), Recommendation.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["official", "dinsos", "tangerang", "auditor"])
def test_others_write_no_agreement(dataset: Dataset, name: str) -> None:
    session = scene.running(dataset)
    action = scene.action(dataset, session=session, agreed=False)
    user = dataset.user(name)
    with pytest.raises(PermissionDenied):
        plan_services.add_recommendation(session.pk, acting_user=user, text="x")
    with pytest.raises(PermissionDenied):
        plan_services.remove_action(action.pk, acting_user=user)
    with pytest.raises(PermissionDenied):
        minutes_services.add_entry(scene.topic(session).pk, acting_user=user, text="x")
    assert Action.objects.count() == 1


def test_a_village_knows_its_agreed_actions(dataset: Dataset) -> None:
    agreed = scene.action(dataset)
    scene.action(dataset, agreed=False)
    assert list(actions_of_village(dataset.villages["lontar"])) == [agreed]


def test_the_table_links_only_visible_actions(dataset: Dataset) -> None:
    session = scene.running(dataset, status="finalised")
    own = scene.action(dataset, session=session)
    other = scene.action(dataset, session=session, lead="polres", villages=("kronjo",))
    [row] = recommendations_of(session, dataset.user("dinsos"))
    marks = {action.pk: action.is_visible for action in row.actions.all()}
    assert marks == {own.pk: True, other.pk: False}
