"""What no code may do, because the database refuses it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from fgd.models import (
    ActionSupport,
    ActionVillage,
    Agency,
    Attendance,
    Delegate,
    FgdEvent,
    FocalPoint,
    Invitation,
    Recommendation,
    Series,
    Session,
    Topic,
    TopicVillage,
)
from tests.fgd import scene
from tests.world import World

RULES: dict[str, Callable[[World, Session], object]] = {
    "session_ends_after_start": lambda world, session: Session.objects.filter(
        pk=session.pk
    ).update(ends_at=session.starts_at),
    "session_final_has_its_time": lambda world, session: Session.objects.filter(
        pk=session.pk
    ).update(status="finalised"),
    "series_name_once_per_office": lambda world, session: [
        Series.objects.create(name="A", office=world.serang) for _time in range(2)
    ],
    "invitation_to_one_party": lambda world, session: Invitation.objects.create(
        session=session
    ),
    "invitation_agency_once": lambda world, session: Invitation.objects.create(
        session=session, agency=world.agencies["dinsos"]
    ),
    "invitation_village_once": lambda world, session: Invitation.objects.create(
        session=session, village=world.villages["lontar"]
    ),
    "delegate_of_one_party": lambda world, session: Delegate.objects.create(
        session=session, name="x"
    ),
    "attendance_leaves_after_arriving": lambda world, session: (
        Attendance.objects.create(
            delegate=scene.delegate(world, session),
            recorded_by=world.people["serang"],
            left_at=timezone.now() - timedelta(days=1),
        )
    ),
    "topic_number_once_per_session": lambda world, session: [
        Topic.objects.create(session=session, number=1, title="x") for _ in range(2)
    ],
    "topic_village_once": lambda world, session: TopicVillage.objects.bulk_create(
        TopicVillage(topic=topic, village=world.villages["lontar"])
        for topic in [scene.topic(session)] * 2
    ),
    "recommendation_number_once_per_session": lambda world, session: [
        Recommendation.objects.create(session=session, number=1, text="x")
        for _ in range(2)
    ],
    "action_support_once": lambda world, session: ActionSupport.objects.create(
        action=scene.action(world, supporters=("polres",)),
        agency=world.agencies["polres"],
    ),
    "action_village_once": lambda world, session: ActionVillage.objects.create(
        action=scene.action(world), village=world.villages["lontar"]
    ),
    "agency_is_not_its_own_successor": lambda world, session: Agency.objects.filter(
        pk=world.agencies["dinsos"].pk
    ).update(successor_id=world.agencies["dinsos"].pk),
    "focal_point_ends_after_start": lambda world, session: FocalPoint.objects.update(
        ends_on=date(2000, 1, 1)
    ),
    "fgd_event_on_one_thing": lambda world, session: FgdEvent.objects.create(verb="x"),
}


@pytest.mark.parametrize("name", RULES)
def test_the_database_refuses_by_name(world: World, name: str) -> None:
    session = scene.running(world)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RULES[name](world, session)


def test_what_happened_is_neither_changed_nor_erased(world: World) -> None:
    session = scene.running(world)
    FgdEvent.objects.create(session=session, verb="open")
    for deed in (
        lambda: FgdEvent.objects.update(verb="x"),
        lambda: FgdEvent.objects.all().delete(),
        session.delete,
    ):
        with pytest.raises(Error), transaction.atomic():
            deed()
    assert FgdEvent.objects.get().verb == "open"
