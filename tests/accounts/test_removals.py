"""A form on something that a colleague removed: who did it, and the typed text."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.models import Removal
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.minutes import services as minutes_services
from fgd.minutes.models import MinutesEntry
from fgd.participants import services as participants_services
from fgd.plan import services as plan_services
from fgd.sessions import services as sessions_services
from fgd.sessions.models import AgendaItem, Session
from tests.dataset import Dataset, make_session
from tests.outreach.activities import picture, planned
from tests.sessions import sessions as scene
from villages.outreach import services as outreach_services
from villages.register import services as register_services

Browser = Callable[[str], Client]
TEXT = "Ibu-ibu meminta pelatihan menjahit\ndi balai desa."


def agenda_item(session: Session) -> AgendaItem:
    return AgendaItem.objects.create(
        session=session, starts_at="09:00", minutes=30, title="Pembukaan"
    )


def entry(dataset: Dataset, session: Session) -> MinutesEntry:
    return MinutesEntry.objects.create(
        topic=scene.topic(session), text="x", written_by=dataset.people["serang"]
    )


#: address of the form -> (the row it is about, how a colleague removes it)
FORMS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "minutes:minutes_add": (
        lambda dataset, session: scene.topic(session),
        sessions_services.remove_topic,
    ),
    "sessions:topic_change": (
        lambda dataset, session: scene.topic(session),
        sessions_services.remove_topic,
    ),
    "sessions:agenda_change": (
        lambda dataset, session: agenda_item(session),
        sessions_services.remove_agenda_item,
    ),
    "minutes:minutes_change": (entry, minutes_services.remove_entry),
    "participants:delegate_change": (
        scene.delegate,
        participants_services.remove_delegate,
    ),
    "participants:invitation_change": (
        lambda dataset, session: session.invitations.first(),
        lambda pk, acting_user: remove_row(
            session_of(pk).invitations.get(pk=pk),
            within=session_of(pk),
            acting_user=acting_user,
        ),
    ),
    "plan:recommendation_change": (
        lambda dataset, session: scene.recommendation(session),
        plan_services.remove_recommendation,
    ),
    "plan:action_add": (
        lambda dataset, session: scene.recommendation(session),
        plan_services.remove_recommendation,
    ),
    "plan:action_change": (
        lambda dataset, session: scene.action(dataset, session=session, agreed=False),
        plan_services.remove_action,
    ),
}


def session_of(invitation: int) -> Session:
    return Session.objects.get(invitations=invitation)


@pytest.mark.parametrize("name", FORMS)
def test_who_removed_it_is_named_and_the_text_is_there_to_copy(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    make, remove = FORMS[name]
    session, browser = scene.running(dataset), signed_in("serang")
    row = make(dataset, session)
    address = reverse(name, args=[session.pk, row.pk])
    pk = row.pk
    assert browser.get(address).status_code == 200
    remove(pk, acting_user=dataset.user("serang2"))
    page = browser.post(address, {"text": TEXT, "version": "1"})
    words = page.content.decode()
    assert page.status_code == 409
    assert "Contoh serang2 menghapus" in words
    assert "meminta pelatihan menjahit<br>di balai desa" in words
    opened = browser.get(address, follow=True).content.decode()
    assert "Contoh serang2 menghapus" in opened


def test_a_row_removed_while_the_form_is_being_saved_is_named_too(
    dataset: Dataset, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page found the topic; it is gone before the service has its lock."""
    session, browser = scene.running(dataset), signed_in("serang")
    topic = scene.topic(session)
    late = minutes_services.add_entry

    def after_the_removal(pk: int, **more: Any) -> object:
        sessions_services.remove_topic(pk, acting_user=dataset.user("serang2"))
        return late(pk, **more)

    monkeypatch.setattr(minutes_services, "add_entry", after_the_removal)
    address = reverse("minutes:minutes_add", args=[session.pk, topic.pk])
    words = browser.post(address, {"text": TEXT}).content.decode()
    assert "Contoh serang2 menghapus topik ini" in words
    assert "meminta pelatihan menjahit<br>" in words
    assert not MinutesEntry.objects.exists()


def test_a_button_on_something_removed_leads_back_with_a_sentence(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    row = scene.delegate(dataset, session)
    pk = row.pk
    participants_services.remove_delegate(pk, acting_user=dataset.user("serang2"))
    for verb in ("attendance_mark", "attendance_unmark", "delegate_remove"):
        address = reverse(f"participants:{verb}", args=[session.pk, pk])
        answer = browser.post(address, {"source": "paper"}, follow=True)
        assert "Contoh serang2 menghapus" in answer.content.decode(), verb


def test_a_removal_elsewhere_is_not_shown(dataset: Dataset, signed_in: Browser) -> None:
    own = scene.running(dataset)
    other = make_session(dataset.tangerang, dataset.people["tangerang"])
    topic = scene.topic(other)
    pk = topic.pk
    sessions_services.remove_topic(pk, acting_user=dataset.user("tangerang"))
    browser = signed_in("serang")
    for session in (own, other):
        address = reverse("sessions:topic_change", args=[session.pk, pk])
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"text": TEXT}).status_code == 404
    missing = reverse("sessions:topic_change", args=[own.pk, pk + 1000])
    assert browser.get(missing).status_code == 404


def test_a_removal_is_not_shown_to_readers(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    pk = topic.pk
    sessions_services.remove_topic(pk, acting_user=dataset.user("serang"))
    address = reverse("sessions:topic_change", args=[session.pk, pk])
    assert signed_in("dinsos").post(address, {"text": TEXT}).status_code == 403
    assert signed_in("nobody").post(address, {"text": TEXT}).status_code == 404


def test_a_removal_keeps_no_content(dataset: Dataset) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session, "Siti Contoh")
    participants_services.remove_delegate(row.pk, acting_user=dataset.user("serang"))
    (values,) = Removal.objects.values_list("model", "within")
    assert values == ("participants.delegate", f"fgd_sessions.session:{session.pk}")


def test_a_contact_and_a_caption_stay_to_copy(
    dataset: Dataset, signed_in: Browser
) -> None:
    village, browser = dataset.villages["lontar"], signed_in("serang")
    contact = village.contacts.create(name="Siti Contoh", position="Kades", phone="")
    kept = contact.pk
    register_services.remove_contact(contact, acting_user=dataset.user("serang2"))
    typed = {"name": "Siti Contoh Baru", "position": "Sekdes", "version": "1"}
    address = reverse("register:contact_edit", args=[village.code, kept])
    words = browser.post(address, typed).content.decode()
    assert "Contoh serang2 menghapus" in words
    assert "Siti Contoh Baru" in words
    activity = planned(dataset)
    browser.post(
        reverse("outreach:photo_add", args=[activity.pk]), {"photos": [picture()]}
    )
    photo = activity.photos.get()
    kept = photo.pk
    outreach_services.remove_photo(photo, acting_user=dataset.user("serang2"))
    address = reverse("outreach:photo_caption", args=[activity.pk, kept])
    words = browser.post(address, {"caption": "Suasana di balai desa"}).content.decode()
    assert "Contoh serang2 menghapus" in words
    assert "Suasana di balai desa" in words


def test_text_typed_while_the_session_was_cancelled_stays(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    session.status = "invited"
    session.save(update_fields=["status"])
    sessions_services.cancel_session(
        session.pk, reason="Banjir.", acting_user=dataset.user("serang2")
    )
    address = reverse("sessions:topic_add", args=[session.pk])
    words = browser.post(address, {"title": "Modus", "background": TEXT})
    assert "dibatalkan" in words.content.decode()
    assert "meminta pelatihan menjahit<br>" in words.content.decode()


def test_one_who_may_not_change_the_session_learns_nothing_from_the_service(
    dataset: Dataset,
) -> None:
    session = scene.running(dataset)
    topic = scene.topic(session)
    with pytest.raises(PermissionDenied):
        sessions_services.remove_topic(topic.pk, acting_user=dataset.user("dinsos"))
    sessions_services.remove_topic(topic.pk, acting_user=dataset.user("serang"))
    with pytest.raises(IllegalTransition):
        sessions_services.remove_topic(topic.pk, acting_user=dataset.user("serang"))
    assert Removal.objects.get().removed_at.date() >= date(2026, 1, 1)
