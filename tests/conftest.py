from collections.abc import Callable

import pytest
from django.test import Client

from tests.browsers import browser_with, session_of
from tests.remembered import remembered
from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    return remembered(build_world)


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    """`signed_in("kanwil")`: a browser in which that member of the cast works."""

    def browser(name: str) -> Client:
        return browser_with(session_of(world.people[name]))

    return browser
