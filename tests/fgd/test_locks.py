"""Two at once: one wins, the other is told, nothing is lost."""

from datetime import date

import pytest

from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import agreements, follow_up, participants, sessions
from fgd.models import Action, Attendance, FgdEvent, Recommendation
from tests.fgd import scene
from tests.races import at_once
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def refused(answers: list[object]) -> int:
    return sum(isinstance(answer, IllegalTransition) for answer in answers)


def promise(world: World) -> agreements.Promise:
    return agreements.Promise(
        title="Pelatihan",
        lead_agency=world.agencies["dinsos"],
        due_on=date(2026, 3, 1),
        indicator="Dua kali",
        pillar="knowledge",
    )


def test_two_finalise_and_one_is_told(world: World) -> None:
    session = scene.running(world)
    answers = at_once(
        lambda: sessions.finalise(session.pk, acting_user=world.user("serang")),
        lambda: sessions.finalise(session.pk, acting_user=world.user("serang2")),
    )
    assert refused(answers) == 1
    assert FgdEvent.objects.filter(session=session, verb="finalise").count() == 1


def test_an_action_added_while_finalising_is_agreed_or_refused(world: World) -> None:
    session = scene.running(world)
    row = scene.recommendation(session)
    answers = at_once(
        lambda: sessions.finalise(session.pk, acting_user=world.user("serang")),
        lambda: agreements.add_action(
            row.pk, acting_user=world.user("serang2"), promise=promise(world)
        ),
    )
    agreed = Action.objects.filter(agreed_at__isnull=False).count()
    assert agreed == Action.objects.count() == 1 - refused(answers)


def test_recommendations_added_at_once_bear_different_numbers(world: World) -> None:
    session = scene.running(world)
    at_once(
        *(
            lambda name=name: agreements.add_recommendation(
                session.pk, acting_user=world.user(name), text="x"
            )
            for name in ("serang", "serang2", "kanwil")
        )
    )
    numbers = Recommendation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_two_taps_on_one_person_make_one_mark(world: World) -> None:
    session = scene.running(world)
    row = scene.delegate(world, session)
    at_once(
        *(
            lambda name=name: participants.record_attendance(
                session.pk, acting_user=world.user(name), present=[row.pk]
            )
            for name in ("serang", "serang2")
        )
    )
    assert Attendance.objects.count() == 1


def test_evidence_counted_at_once_is_counted_twice(world: World) -> None:
    action = scene.action(world)
    at_once(
        *(
            lambda name=name: follow_up.add_evidence_count(
                action.pk, acting_user=world.user(name)
            )
            for name in ("dinsos", "serang")
        )
    )
    action.refresh_from_db()
    assert action.evidence_count == 2


def test_verified_and_returned_at_once_ends_in_one_state(world: World) -> None:
    action = scene.action(world, status="in_progress", evidence_count=1, villages=())
    follow_up.report_done(action.pk, acting_user=world.user("dinsos"))
    answers = at_once(
        lambda: follow_up.verify(action.pk, acting_user=world.user("serang")),
        lambda: follow_up.return_action(
            action.pk, acting_user=world.user("serang2"), reason="Kurang foto."
        ),
    )
    assert refused(answers) == 1
    assert FgdEvent.objects.filter(action=action).count() == 2
