from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from desabinaan.accounts import access
from desabinaan.lib.workflow.transitions import IllegalTransition
from fgd.agencies.services.offices import ensure_agency
from fgd.plan import services as plan_services
from fgd.plan.models import Action, ActionEvent
from fgd.sessions.models import Session
from reports.followup.selectors import to_verify
from tests.dataset import Dataset, make_session
from tests.sessions import sessions as scene


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect a ValidationError of that code inside."""
    with pytest.raises(ValidationError) as refusal:
        yield
    assert refusal.value.code == code


def ready(dataset: Dataset, **fields: Any) -> Action:
    """An action in progress with evidence, done in every village."""
    values: dict[str, Any] = {"status": "in_progress", "evidence_count": 1}
    values["percent"] = 100
    return scene.action(dataset, **({"villages_open": 0} | values | fields))


def reported(dataset: Dataset, by: str = "dinsos", **fields: Any) -> Action:
    values: dict[str, Any] = {
        "status": "reported_done",
        "reported_by": dataset.people[by],
        "reported_at": timezone.now(),
    }
    return ready(dataset, **(values | fields))


def test_progress_starts_the_action_and_leaves_an_event(dataset: Dataset) -> None:
    action = scene.action(dataset)
    plan_services.set_progress(
        action.pk, percent=40, acting_user=dataset.user("dinsos")
    )
    action.refresh_from_db()
    assert (action.status, action.percent) == ("in_progress", 40)
    event = ActionEvent.objects.get(action=action)
    assert (event.verb, event.from_status, event.to_status, event.note) == (
        "progress",
        "not_started",
        "in_progress",
        "40%",
    )


def test_nothing_happens_to_an_action_before_it_is_agreed(dataset: Dataset) -> None:
    action = scene.action(dataset, agreed=False)
    with pytest.raises(IllegalTransition):
        plan_services.set_progress(
            action.pk, percent=10, acting_user=dataset.user("serang")
        )
    action.refresh_from_db()
    assert (action.status, action.percent) == ("not_started", 0)


@pytest.mark.parametrize("name", ["polres", "official_kronjo", "tangerang", "auditor"])
def test_people_of_other_places_report_nothing(dataset: Dataset, name: str) -> None:
    action = scene.action(dataset)
    with pytest.raises(PermissionDenied):
        plan_services.start_action(action.pk, acting_user=dataset.user(name))
    assert not ActionEvent.objects.exists()


def test_mixed_reports_for_the_own_village_only(dataset: Dataset) -> None:
    kronjo = scene.action(dataset, villages=("tengkurak",))
    plan_services.start_action(kronjo.pk, acting_user=dataset.user("mixed"))
    lontar = scene.action(dataset)
    with pytest.raises(PermissionDenied):
        plan_services.start_action(lontar.pk, acting_user=dataset.user("mixed"))


def test_done_needs_evidence(dataset: Dataset) -> None:
    action = ready(dataset, evidence_count=0)
    with refused("no_evidence"):
        plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))
    action.refresh_from_db()
    assert action.status == "in_progress"


def test_done_needs_every_village(dataset: Dataset) -> None:
    action = ready(dataset, villages_open=1)
    with refused("villages_open"):
        plan_services.report_done(action.pk, acting_user=dataset.user("dinsos"))


@pytest.mark.parametrize("name", ["polres", "official"])
def test_only_the_lead_agency_or_staff_reports_done(
    dataset: Dataset, name: str
) -> None:
    action = ready(dataset, supporters=("polres",))
    with pytest.raises(PermissionDenied):
        plan_services.report_done(action.pk, acting_user=dataset.user(name))
    plan_services.report_done(action.pk, acting_user=dataset.user("serang"))
    action.refresh_from_db()
    assert action.reported_by == dataset.people["serang"]


def test_verified_by_a_colleague_and_never_by_the_reporter(dataset: Dataset) -> None:
    action = reported(dataset, by="serang")
    with pytest.raises(PermissionDenied, match="own_report"):
        plan_services.verify(action.pk, acting_user=dataset.user("serang"))
    plan_services.verify(action.pk, acting_user=dataset.user("serang2"))
    action.refresh_from_db()
    assert (action.status, action.percent) == ("verified_done", 100)
    assert action.verified_by == dataset.people["serang2"]


def test_an_offices_own_action_is_verified_elsewhere(dataset: Dataset) -> None:
    action = reported(dataset, by="serang", lead="kanim")
    for name in ("serang2", "pimpasa"):
        with pytest.raises(PermissionDenied, match="own_office"):
            plan_services.verify(action.pk, acting_user=dataset.user(name))
    plan_services.verify(action.pk, acting_user=dataset.user("kanwil"))
    action.refresh_from_db()
    assert action.status == "verified_done"


@pytest.mark.parametrize("supports", [False, True])
def test_the_regional_office_s_action_is_verified_by_an_office_without_a_part(
    dataset: Dataset, supports: bool
) -> None:
    dataset.agencies["kanwil"] = ensure_agency(dataset.kanwil)
    action = reported(
        dataset,
        by="kanwil",
        lead="kanwil",
        supporters=("kanim",) if supports else (),
        villages=("lontar", "kronjo"),
    )
    for name in ("kanwil2", *(("serang", "pimpasa") if supports else ())):
        user = dataset.user(name)
        with pytest.raises(PermissionDenied, match="own_office"):
            plan_services.verify(action.pk, acting_user=user)
        assert not to_verify(user).exists()
    assert list(to_verify(dataset.user("tangerang"))) == [action]
    assert to_verify(dataset.user("serang")).exists() is not supports
    plan_services.verify(action.pk, acting_user=dataset.user("tangerang"))


def test_a_focal_point_verifies_nothing(dataset: Dataset) -> None:
    action = reported(dataset, by="serang")
    with pytest.raises(PermissionDenied):
        plan_services.verify(action.pk, acting_user=dataset.user("dinsos"))


def test_a_focal_point_returns_nothing(dataset: Dataset) -> None:
    action = reported(dataset, by="serang")
    with pytest.raises(PermissionDenied):
        plan_services.return_action(
            action.pk, reason="x", acting_user=dataset.user("dinsos")
        )


def test_a_closed_action_allows_no_transition(dataset: Dataset) -> None:
    action = scene.action(dataset, status="cancelled")
    place, user = action.action_villages.get(), dataset.user("serang")
    for operation in (
        lambda: plan_services.start_action(action.pk, acting_user=user),
        lambda: plan_services.set_progress(action.pk, percent=5, acting_user=user),
        lambda: plan_services.add_evidence_count(action.pk, acting_user=user),
        lambda: plan_services.mark_village_done(place.pk, acting_user=user),
        lambda: plan_services.report_done(action.pk, acting_user=user),
        lambda: plan_services.return_action(action.pk, reason="x", acting_user=user),
        lambda: plan_services.verify(action.pk, acting_user=user),
        lambda: plan_services.cancel_action(action.pk, reason="x", acting_user=user),
    ):
        with pytest.raises(IllegalTransition):
            operation()
    assert not ActionEvent.objects.exists()


def test_a_return_needs_a_reason_and_forgets_the_report(dataset: Dataset) -> None:
    action = reported(dataset)
    with pytest.raises(ValidationError):
        plan_services.return_action(
            action.pk, reason=" ", acting_user=dataset.user("serang")
        )
    plan_services.return_action(
        action.pk, reason="Foto belum jelas.", acting_user=dataset.user("serang")
    )
    action.refresh_from_db()
    assert (action.status, action.reported_by) == ("in_progress", None)
    assert ActionEvent.objects.get(action=action).note == "Foto belum jelas."


def test_cancelled_with_a_reason_by_the_coordinator_only(dataset: Dataset) -> None:
    action = scene.action(dataset)
    for name in ("pimpasa", "dinsos"):
        with pytest.raises(PermissionDenied):
            plan_services.cancel_action(
                action.pk, reason="Tidak ada dana.", acting_user=dataset.user(name)
            )
    plan_services.cancel_action(
        action.pk, reason="Tidak ada dana.", acting_user=dataset.user("serang")
    )
    action.refresh_from_db()
    assert action.status == "cancelled"


def test_a_village_is_settled_by_its_own_people(dataset: Dataset) -> None:
    action = scene.action(dataset, villages=("lontar", "kronjo"))
    lontar = action.action_villages.get(village=dataset.villages["lontar"])
    with pytest.raises(PermissionDenied):
        plan_services.mark_village_done(
            lontar.pk, acting_user=dataset.user("official_kronjo")
        )
    plan_services.mark_village_done(lontar.pk, acting_user=dataset.user("official"))
    action.refresh_from_db()
    assert action.villages_open == 1


def test_the_last_evidence_of_a_reported_action_stays(dataset: Dataset) -> None:
    action = reported(dataset)
    with refused("only_evidence"):
        plan_services.add_evidence_count(
            action.pk, acting_user=dataset.user("serang"), by=-1
        )
    plan_services.add_evidence_count(action.pk, acting_user=dataset.user("dinsos"))
    plan_services.add_evidence_count(
        action.pk, acting_user=dataset.user("serang"), by=-1
    )
    action.refresh_from_db()
    assert action.evidence_count == 1


def test_a_focal_point_withdraws_no_evidence(dataset: Dataset) -> None:
    action = ready(dataset, evidence_count=2)
    with pytest.raises(PermissionDenied):
        plan_services.add_evidence_count(
            action.pk, acting_user=dataset.user("dinsos"), by=-1
        )


def test_the_past_may_be_entered_but_not_the_future(dataset: Dataset) -> None:
    action = scene.action(dataset)
    now = timezone.now()
    with pytest.raises(ValidationError):
        plan_services.start_action(
            action.pk,
            acting_user=dataset.user("serang"),
            occurred_at=now + timedelta(days=1),
        )
    then = now - timedelta(days=30)
    plan_services.start_action(
        action.pk, acting_user=dataset.user("serang"), occurred_at=then
    )
    assert ActionEvent.objects.get(action=action).occurred_at == then


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("action_done_has_evidence", {"evidence_count": 0}),
        ("action_done_in_every_village", {"villages_open": 1}),
        ("action_done_was_reported", {"reported_by": None}),
        ("action_percent_at_most_100", {"percent": 101}),
        ("action_verified_by_someone", {"status": "verified_done"}),
    ],
)
def test_the_database_holds_the_rules_of_a_done_action(
    dataset: Dataset, constraint: str, changes: dict[str, object]
) -> None:
    action = reported(dataset)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**changes)


def test_the_database_refuses_the_reporter_as_verifier(dataset: Dataset) -> None:
    action = reported(dataset)
    same = {"verified_by": action.reported_by_id, "verified_at": timezone.now()}
    with (
        pytest.raises(IntegrityError, match="action_verified_by_another"),
        transaction.atomic(),
    ):
        Action.objects.filter(pk=action.pk).update(status="verified_done", **same)


def test_an_office_that_leads_as_an_agency_sees_and_reports_but_never_verifies(
    dataset: Dataset,
) -> None:
    made = scene.action(
        dataset, session=_far_session(dataset), lead="kanim", villages=()
    )
    staff = dataset.user("serang")
    assert made in Action.objects.visible_to(staff)
    assert access.may(staff, "action.report", made)
    assert made not in Action.objects.visible_to(dataset.user("pimpasa"))
    assert made not in Action.objects.visible_to(dataset.user("triage"))


def _far_session(dataset: Dataset) -> Session:
    return make_session(dataset.tangerang, dataset.people["tangerang"], "finalised")
