from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fgd.minutes.models import MinutesEntry
from fgd.sessions import services as sessions_services
from fgd.sessions.models import AgendaItem, Session, Topic, TopicVillage
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.pk, *more])


# --- Rundown -----------------------------------------------------------------


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


def test_a_topic_without_a_real_title_is_refused(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    answer = browser.post(page("sessions:topic_add", session), {"title": "-"})
    assert list(answer.context["form"].errors) == ["title"]
    assert not Topic.objects.exists()
    browser.post(page("sessions:topic_add", session), {"title": "Aman"})
    assert Topic.objects.get().title == "Aman"


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
        topic.pk, acting_user=user, version=2, title="A", villages=[lontar, tengkurak]
    )
    rows = TopicVillage.objects.values_list("village__name", "outcome")
    assert set(rows) == {("Lontar", "discussed"), ("Tengkurak", "open")}


@pytest.mark.parametrize("kept", ["lontar", "tengkurak"])
def test_an_outcome_recorded_meanwhile_is_seen_before_a_topic_changes(
    dataset: Dataset, signed_in: Browser, kept: str
) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    for name in ("lontar", "tengkurak"):
        topic.topic_villages.create(village=dataset.villages[name])
    url = page("sessions:topic_change", session, topic.pk)
    browser = signed_in("serang")
    typed = {"title": "Judul baru", "villages": str(dataset.villages[kept].pk)}
    opened = sent_form(browser.get(url)) | typed
    lontar, colleague = dataset.villages["lontar"], dataset.user("serang2")
    sessions_services.set_outcomes(
        topic.pk, acting_user=colleague, outcomes={lontar.pk: "discussed"}
    )
    answer = browser.post(url, opened)
    content = answer.content.decode()
    changes = {row["label"]: row for row in answer.context["form"].changes}
    assert changes["Topik"]["yours"] == "Judul baru"
    assert f"{lontar} (dibahas)" in changes["Desa"]["theirs"]
    assert changes["Desa"]["yours"] == str(dataset.villages[kept])
    assert str(dataset.people["serang2"]) in content
    assert content.count(f"{dataset.people['serang2']} mengubah") == 1
    assert content.index('class="stale"') < content.index('class="content"')
    again = sent_form(answer)
    assert {name: again[name] for name in typed} == typed
    topic.refresh_from_db()
    assert topic.title == "Modus baru"
    assert topic.topic_villages.get(village=lontar).outcome == "discussed"
    assert browser.post(url, again).status_code == 302
    assert topic.topic_villages.get().village == dataset.villages[kept]


def test_whoever_changes_a_topic_reads_the_outcomes_that_go_with_its_villages(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, lontar = scene.topic(session), dataset.villages["lontar"]
    topic.topic_villages.create(village=lontar, outcome="deferred")
    url = page("sessions:topic_change", session, topic.pk)
    assert f"{lontar} (ditunda)" in signed_in("serang").get(url).content.decode()


def test_a_topic_with_a_recorded_outcome_stays(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, browser = scene.topic(session), signed_in("serang")
    row = topic.topic_villages.create(
        village=dataset.villages["lontar"], outcome="discussed"
    )
    url = page("sessions:topic_remove", session, topic.pk)
    assert "dibahas atau ditunda" in browser.post(url, follow=True).content.decode()
    assert Topic.objects.filter(pk=topic.pk).exists()
    row.outcome = "open"
    row.save()
    browser.post(url)
    assert not Topic.objects.exists()


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


def test_two_people_record_outcomes_and_each_writes_the_own_ones(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    lontar, kronjo = (
        TopicVillage.objects.create(topic=topic, village=dataset.villages[name])
        for name in ("lontar", "kronjo")
    )
    url = page("sessions:topic_outcomes", session, topic.pk)
    browser = signed_in("serang")
    opened = sent_form(browser.get(url))
    signed_in("serang2").post(url, opened | {f"v{lontar.village_id}": "discussed"})
    browser.post(url, opened | {f"v{kronjo.village_id}": "deferred"})
    outcomes = dict(TopicVillage.objects.values_list("village_id", "outcome"))
    assert outcomes == {lontar.village_id: "discussed", kronjo.village_id: "deferred"}


def test_one_outcome_chosen_differently_by_two_is_compared_first(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    row = TopicVillage.objects.create(topic=topic, village=dataset.villages["lontar"])
    url = page("sessions:topic_outcomes", session, topic.pk)
    browser = signed_in("serang")
    opened = sent_form(browser.get(url)) | {f"v{row.village_id}": "deferred"}
    TopicVillage.objects.filter(pk=row.pk).update(outcome="discussed")
    answer = browser.post(url, opened)
    (change,) = answer.context["form"].changes
    assert (change["theirs"], change["yours"]) == ("dibahas", "ditunda")
    browser.post(url, sent_form(answer))
    row.refresh_from_db()
    assert row.outcome == "deferred"


def test_an_outcome_for_a_village_taken_out_meanwhile_is_said(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic, user = scene.topic(session), dataset.user("serang2")
    lontar, gone = dataset.villages["lontar"], dataset.villages["tengkurak"]
    for village in (lontar, gone):
        TopicVillage.objects.create(topic=topic, village=village)
    url = page("sessions:topic_outcomes", session, topic.pk)
    browser = signed_in("serang")
    opened = sent_form(browser.get(url)) | {f"v{gone.pk}": "discussed"}
    kept = {"version": 1, "title": "A", "villages": [lontar]}
    sessions_services.change_topic(topic.pk, acting_user=user, **kept)
    answer = browser.post(url, opened, follow=True).content.decode()
    assert "Tidak lagi termasuk topik ini" in answer
    assert f"{gone}: dibahas" in answer
    assert "dicatat" not in answer.split("<main")[0].split('role="status"')[-1]
    both = opened | {f"v{lontar.pk}": "deferred"}
    answer = browser.post(url, both, follow=True).content.decode()
    assert "Tidak lagi termasuk topik ini" in answer
    assert f"{gone}: dibahas" in answer
    assert "Hasil untuk 1 desa dicatat." in answer
    answer = browser.post(url, sent_form(browser.get(url)), follow=True)
    assert "Anda tidak mengubah apa pun" in answer.content.decode()


def test_outcomes_of_a_topic_removed_meanwhile_name_their_villages(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, lontar = scene.running(dataset), dataset.villages["lontar"]
    topic, browser = scene.topic(session), signed_in("serang")
    TopicVillage.objects.create(topic=topic, village=lontar)
    url = page("sessions:topic_outcomes", session, topic.pk)
    sent = sent_form(browser.get(url)) | {f"v{lontar.pk}": "deferred"}
    browser.post(page("sessions:topic_remove", session, topic.pk))
    answer = browser.post(url, sent)
    assert answer.status_code == 409
    assert answer.context["typed"] == [(str(lontar), "ditunda")]


def test_the_service_counts_a_village_that_left_between_page_and_lock(
    dataset: Dataset,
) -> None:
    topic = scene.topic(scene.running(dataset))
    change = sessions_services.set_outcomes(
        topic.pk,
        acting_user=dataset.user("serang"),
        outcomes={dataset.villages["lontar"].pk: "discussed"},
    )
    assert (change.saved, list(change.missing.values())) == (0, ["discussed"])


def test_a_topic_is_not_moved_from_a_page_with_the_former_order(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    last = [scene.topic(session, number) for number in (1, 2, 3)][-1]
    url = page("sessions:topic_move", session, last.pk)
    sent = sent_form(browser.get(page("sessions:session_topics", session)), url)
    for _time in range(2):
        answer = browser.post(url, sent | {"arah": "naik"}, follow=True)
    last.refresh_from_db()
    assert last.number == 2
    assert "Urutannya" in answer.content.decode()
