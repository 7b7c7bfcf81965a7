"""What no code may do, because the database refuses it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from fgd.agencies.models import Agency, FocalPoint
from fgd.participants.models import Attendance, Delegate, Invitation
from fgd.plan.models import ActionSupport, ActionVillage, Recommendation
from fgd.sessions.models import Series, Session, SessionEvent, Topic, TopicVillage
from tests.dataset import Dataset
from tests.sessions import sessions as scene

RULES: dict[str, Callable[[Dataset, Session], object]] = {
    "session_ends_after_start": lambda dataset, session: Session.objects.filter(
        pk=session.pk
    ).update(ends_at=session.starts_at),
    "session_final_has_its_time": lambda dataset, session: Session.objects.filter(
        pk=session.pk
    ).update(status="finalised"),
    "series_name_once_per_office": lambda dataset, session: [
        Series.objects.create(name="A", office=dataset.serang) for _time in range(2)
    ],
    "invitation_to_one_party": lambda dataset, session: Invitation.objects.create(
        session=session
    ),
    "invitation_agency_once": lambda dataset, session: Invitation.objects.create(
        session=session, agency=dataset.agencies["dinsos"]
    ),
    "invitation_village_once": lambda dataset, session: Invitation.objects.create(
        session=session, village=dataset.villages["lontar"]
    ),
    "delegate_of_one_party": lambda dataset, session: Delegate.objects.create(
        session=session, name="x"
    ),
    "attendance_leaves_after_arriving": lambda dataset, session: (
        Attendance.objects.create(
            delegate=scene.delegate(dataset, session),
            recorded_by=dataset.people["serang"],
            left_at=timezone.now() - timedelta(days=1),
        )
    ),
    "topic_number_once_per_session": lambda dataset, session: [
        Topic.objects.create(session=session, number=1, title="x") for _ in range(2)
    ],
    "topic_village_once": lambda dataset, session: TopicVillage.objects.bulk_create(
        TopicVillage(topic=topic, village=dataset.villages["lontar"])
        for topic in [scene.topic(session)] * 2
    ),
    "recommendation_number_once_per_session": lambda dataset, session: [
        Recommendation.objects.create(session=session, number=1, text="x")
        for _ in range(2)
    ],
    "action_support_once": lambda dataset, session: ActionSupport.objects.create(
        action=scene.action(dataset, supporters=("polres",)),
        agency=dataset.agencies["polres"],
    ),
    "action_village_once": lambda dataset, session: ActionVillage.objects.create(
        action=scene.action(dataset), village=dataset.villages["lontar"]
    ),
    "agency_is_not_its_own_successor": lambda dataset, session: Agency.objects.filter(
        pk=dataset.agencies["dinsos"].pk
    ).update(successor_id=dataset.agencies["dinsos"].pk),
    "focal_point_ends_after_start": lambda dataset, session: FocalPoint.objects.update(
        ends_on=date(2000, 1, 1)
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_the_database_refuses_by_name(dataset: Dataset, name: str) -> None:
    session = scene.running(dataset)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        RULES[name](dataset, session)


def test_what_happened_is_neither_changed_nor_erased(dataset: Dataset) -> None:
    session = scene.running(dataset)
    SessionEvent.objects.create(session=session, verb="open")
    for operation in (
        lambda: SessionEvent.objects.update(verb="x"),
        lambda: SessionEvent.objects.all().delete(),
        session.delete,
    ):
        with pytest.raises(Error), transaction.atomic():
            operation()
    assert SessionEvent.objects.get().verb == "open"
