"""Two at once: one wins, the other is refused, nothing is lost."""

from datetime import date

import pytest

from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.participants import services as participants_services
from fgd.participants.models import Attendance
from fgd.plan import services as plan_services
from fgd.plan.models import Action, ActionEvent, Recommendation
from fgd.sessions.models import SessionEvent
from tests.dataset import Dataset, build_dataset
from tests.races import at_once
from tests.sessions import sessions as scene

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dataset(transactional_db: None) -> Dataset:
    return build_dataset()


def refused(answers: list[object]) -> int:
    return sum(isinstance(answer, IllegalTransition) for answer in answers)


def action_data(dataset: Dataset) -> plan_services.ActionData:
    return plan_services.ActionData(
        title="Pelatihan",
        lead_agency=dataset.agencies["dinsos"],
        due_on=date(2026, 3, 1),
        indicator="Dua kali",
        pillar="knowledge",
    )


def test_of_two_who_finalise_one_is_refused(dataset: Dataset) -> None:
    session = scene.running(dataset)
    answers = at_once(
        lambda: plan_services.finalise(session.pk, acting_user=dataset.user("serang")),
        lambda: plan_services.finalise(session.pk, acting_user=dataset.user("serang2")),
    )
    assert refused(answers) == 1
    assert SessionEvent.objects.filter(session=session, verb="finalise").count() == 1


def test_an_action_added_while_finalising_is_agreed_or_refused(
    dataset: Dataset,
) -> None:
    session = scene.running(dataset)
    row = scene.recommendation(session)
    answers = at_once(
        lambda: plan_services.finalise(session.pk, acting_user=dataset.user("serang")),
        lambda: plan_services.add_action(
            row.pk, acting_user=dataset.user("serang2"), data=action_data(dataset)
        ),
    )
    agreed = Action.objects.filter(agreed_at__isnull=False).count()
    assert agreed == Action.objects.count() == 1 - refused(answers)


def test_recommendations_added_at_once_bear_different_numbers(dataset: Dataset) -> None:
    session = scene.running(dataset)
    at_once(
        *(
            lambda name=name: plan_services.add_recommendation(
                session.pk, acting_user=dataset.user(name), text="x"
            )
            for name in ("serang", "serang2", "kanwil")
        )
    )
    numbers = Recommendation.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


def test_two_taps_on_one_person_make_one_mark(dataset: Dataset) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    at_once(
        *(
            lambda name=name: participants_services.record_attendance(
                session.pk, acting_user=dataset.user(name), present=[row.pk]
            )
            for name in ("serang", "serang2")
        )
    )
    assert Attendance.objects.count() == 1


def test_evidence_counted_at_once_is_counted_twice(dataset: Dataset) -> None:
    action = scene.action(dataset)
    at_once(
        *(
            lambda name=name: plan_services.add_evidence_count(
                action.pk, acting_user=dataset.user(name)
            )
            for name in ("dinsos", "serang")
        )
    )
    action.refresh_from_db()
    assert action.evidence_count == 2


def test_verified_and_returned_at_once_ends_in_one_state(dataset: Dataset) -> None:
    action = scene.action(
        dataset, status="in_progress", percent=100, evidence_count=1, villages=()
    )
    plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    answers = at_once(
        lambda: plan_services.verify(action.pk, acting_user=dataset.user("serang")),
        lambda: plan_services.return_action(
            action.pk, acting_user=dataset.user("serang2"), reason="Kurang foto."
        ),
    )
    assert refused(answers) == 1
    assert ActionEvent.objects.filter(action=action).count() == 2
