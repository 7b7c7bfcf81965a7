"""A page takes the same number of queries however many rows it shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fgd.agencies.models import Agency
from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Invitation
from fgd.sessions.models import AgendaItem, Session, Topic, TopicVillage
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
LIST, DETAIL, SUBMIT = 6, 10, 11


@contextmanager
def at_most(most: int) -> Iterator[None]:
    """The block costs so many statements, those around a test's own not counted."""
    with CaptureQueriesContext(connection) as seen:
        yield
    own = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(own) <= most, "\n".join(own)


def crowd(dataset: Dataset, session: Session, rows: int) -> None:
    """So many rows on every tab."""
    lontar, author = dataset.villages["lontar"], dataset.people["serang"]
    for number in range(rows):
        agency = Agency.objects.create(
            name=f"Instansi {number}", short_name=f"I{number}", status="confirmed"
        )
        Invitation.objects.create(session=session, agency=agency)
        person = scene.delegate(dataset, session, f"Petugas {number}", agency=agency)
        topic = Topic.objects.create(session=session, number=number + 9, title="x")
        TopicVillage.objects.create(topic=topic, village=lontar)
        MinutesEntry.objects.create(
            topic=topic, text="x", speaker=person, written_by=author
        )
        AgendaItem.objects.create(
            session=session, starts_at="09:00", minutes=9, title="x"
        )
        scene.action(dataset, session=session, agreed=False, supporters=("polres",))


def test_the_list_costs_few_queries(dataset: Dataset, signed_in: Browser) -> None:
    for number in range(30):
        make_session(dataset.serang, dataset.people["serang"], theme=f"T{number}")
    for name, most in (("serang", LIST), ("official", LIST)):
        browser = signed_in(name)
        with at_most(most):
            assert browser.get(reverse("sessions:session_list")).status_code == 200


@pytest.mark.parametrize(
    "route",
    [
        "sessions:session_detail",
        "sessions:session_agenda",
        "sessions:session_topics",
        "participants:session_participants",
        "minutes:session_minutes",
        "plan:session_agreements",
    ],
)
def test_a_tab_costs_few_queries(
    dataset: Dataset, signed_in: Browser, route: str
) -> None:
    session = scene.running(dataset)
    crowd(dataset, session, 12)
    browser = signed_in("serang")
    with at_most(DETAIL):
        browser.get(reverse(route, args=[session.pk]))


def test_a_submit_costs_few_queries(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    scene.delegate(dataset, session)
    browser = signed_in("serang")
    with at_most(SUBMIT):
        browser.post(
            reverse("plan:recommendation_add", args=[session.pk]), {"text": "x"}
        )
    person = session.delegates.get()
    with at_most(SUBMIT):
        browser.post(
            reverse("participants:attendance_mark", args=[session.pk, person.pk])
        )
