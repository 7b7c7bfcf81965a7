from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fgd.minutes.models import MinutesEntry
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]

TABS = [
    "sessions:session_detail",
    "sessions:session_agenda",
    "sessions:session_topics",
    "participants:session_participants",
    "minutes:session_minutes",
    "plan:session_agreements",
]


def filled(dataset: Dataset, status: str = "in_progress"):
    session = scene.running(dataset, status=status)
    person = scene.delegate(dataset, session)
    topic = scene.topic(session)
    MinutesEntry.objects.create(
        topic=topic, speaker=person, text="Modus baru.", written_by=person_of(dataset)
    )
    scene.action(dataset, session=session, agreed=status == "finalised")
    return session


def person_of(dataset: Dataset):
    return dataset.people["serang"]


@pytest.mark.parametrize("status", ["draft", "in_progress", "finalised", "cancelled"])
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_the_host(
    dataset: Dataset, signed_in: Browser, tab: str, status: str
) -> None:
    session = filled(dataset, status)
    answer = signed_in("serang").get(reverse(tab, args=[session.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_session_opens_too(
    dataset: Dataset, signed_in: Browser, tab: str
) -> None:
    session = make_session(dataset.serang, dataset.people["serang"])
    answer = signed_in("pimpasa").get(reverse(tab, args=[session.pk]))
    assert answer.status_code == 200
