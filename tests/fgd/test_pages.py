from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fgd.models import MinutesEntry
from tests.fgd import scene
from tests.world import World, make_session

Browser = Callable[[str], Client]
TABS = ["detail", "agenda", "topics", "participants", "minutes", "agreements"]


def filled(world: World, status: str = "in_progress"):
    session = scene.running(world, status=status)
    person = scene.delegate(world, session)
    topic = scene.topic(session)
    MinutesEntry.objects.create(
        topic=topic, speaker=person, text="Modus baru.", written_by=person_of(world)
    )
    scene.action(world, session=session, agreed=status == "finalised")
    return session


def person_of(world: World):
    return world.people["serang"]


@pytest.mark.parametrize("status", ["draft", "in_progress", "finalised", "cancelled"])
@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_the_host(
    world: World, signed_in: Browser, tab: str, status: str
) -> None:
    session = filled(world, status)
    answer = signed_in("serang").get(reverse(f"fgd:session_{tab}", args=[session.pk]))
    assert answer.status_code == 200


@pytest.mark.parametrize("tab", TABS)
def test_an_empty_session_opens_too(world: World, signed_in: Browser, tab: str) -> None:
    session = make_session(world.serang, world.people["serang"])
    answer = signed_in("pimpasa").get(reverse(f"fgd:session_{tab}", args=[session.pk]))
    assert answer.status_code == 200
