from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.minutes import services as minutes_services
from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Attendance
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.pk, *more])


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


# --- Who reads the names -----------------------------------------------------


def add_entry_of_polres(dataset: Dataset, session: Session) -> None:
    """A speaker of Polres, whom nobody invited, in final minutes."""
    speaker = scene.delegate(
        dataset,
        session,
        "Petugas Contoh 9",
        agency=dataset.agencies["polres"],
        position="Kasat Binmas",
    )
    MinutesEntry.objects.create(
        topic=scene.topic(session),
        speaker=speaker,
        text="Perlu pelatihan.",
        written_by=dataset.people["serang"],
    )


def attend(dataset: Dataset, session: Session, **party: object) -> None:
    delegate = scene.delegate(dataset, session, "Petugas Contoh 2", **party)
    Attendance.objects.create(delegate=delegate, recorded_by=dataset.people["serang"])


@pytest.mark.parametrize(
    ("name", "attends", "reads"),
    [
        ("serang", False, True),
        ("kanwil", False, True),
        ("auditor", False, False),
        ("dinsos", False, False),
        ("dinsos", True, True),
        ("official", False, False),
        ("official", True, True),
    ],
)
def test_speakers_are_named_to_staff_and_to_those_who_attended(
    dataset: Dataset, signed_in: Browser, name: str, attends: bool, reads: bool
) -> None:
    session = scene.running(dataset, status="finalised")
    add_entry_of_polres(dataset, session)
    scene.delegate(dataset, session)
    if attends and name == "dinsos":
        attend(dataset, session)
    elif attends:
        attend(dataset, session, agency=None, village=dataset.villages["lontar"])
    url = page("minutes:session_minutes", session)
    shown = signed_in(name).get(url).content.decode()
    assert ("Petugas Contoh 9" in shown) is reads
    assert "Polres Serang" in shown
    assert ("Kasat Binmas" in shown) is not reads
    assert "Perlu pelatihan." in shown


def test_another_party_s_attendance_opens_no_names(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset, status="finalised")
    add_entry_of_polres(dataset, session)
    attend(dataset, session)
    scene.delegate(dataset, session, agency=None, village=dataset.villages["lontar"])
    url = page("minutes:session_minutes", session)
    shown = signed_in("official").get(url).content.decode()
    assert "Petugas Contoh 9" not in shown
