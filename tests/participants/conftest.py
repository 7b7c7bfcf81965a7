import pytest
from django.test import Client

from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.participants.pasted_pages import Browser
from tests.sessions import sessions as scene


@pytest.fixture
def session(dataset: Dataset) -> Session:
    """A session of Kanim Serang in progress."""
    return scene.running(dataset)


@pytest.fixture
def staff(signed_in: Browser) -> Client:
    """The browser of the host's staff."""
    return signed_in("serang")
