"""Who is asked to verify or to decide may do it."""

from collections.abc import Callable

import pytest

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.notices.models import Notice
from fgd.plan import services as plan_services
from fgd.plan.models import Action
from fgd.plan.permissions import verification_conflict, waiver_conflict
from tests.dataset import Dataset, assign
from tests.plan import reporting as telling

REASON = "Balai desa kebanjiran."


def asked(dataset: Dataset, kind: str) -> set[str]:
    """Return short names of those who got the notice."""
    recipients = set(
        Notice.objects.filter(kind=kind, read_at=None).values_list(
            "recipient_id", flat=True
        )
    )
    return {name for name, one in dataset.people.items() if one.pk in recipients}


def _progress(action: Action, by: User) -> None:
    part = telling.progress(f"agency:{action.lead_agency_id}", percent=100)
    plan_services.report_progress(action.pk, part, acting_user=by)


def _waiver(action: Action, by: User) -> None:
    place = action.action_villages.get().pk
    plan_services.request_waiver(place, reason=REASON, acting_user=by)


def _evidence(action: Action, by: User) -> None:
    plan_services.add_evidence(action.pk, telling.evidence_file(), acting_user=by)


def report_done(dataset: Dataset, action: Action) -> None:
    """Report it done by the lead, with everything settled."""
    place = action.action_villages.get()
    village = dataset.user("official")
    if place.status != "done":
        plan_services.mark_village_done(place.pk, acting_user=village)
    dinsos = dataset.user("dinsos")
    plan_services.report_done(action.pk, reason=REASON, acting_user=dinsos)


@pytest.mark.parametrize("enter", [_progress, _waiver, _evidence])
def test_who_entered_a_part_is_not_asked_to_verify(
    dataset: Dataset, enter: Callable[[Action, User], None]
) -> None:
    action = telling.action(dataset, evidence_count=1)
    enter(action, dataset.user("serang"))
    report_done(dataset, action)
    assert asked(dataset, "action_reported") == {"serang2", "pimpasa"}


def test_after_a_return_the_officer_is_asked_again(dataset: Dataset) -> None:
    action = telling.action(dataset, evidence_count=1)
    _progress(action, dataset.user("serang"))
    report_done(dataset, action)
    colleague = dataset.user("serang2")
    plan_services.return_action(action.pk, reason="Kurang.", acting_user=colleague)
    _progress(action, dataset.user("dinsos"))
    report_done(dataset, action)
    assert asked(dataset, "action_reported") == {"serang", "serang2", "pimpasa"}


def test_when_all_near_it_entered_a_part_the_office_above_is_asked(
    dataset: Dataset,
) -> None:
    action = telling.action(dataset, evidence_count=1)
    for name in ("serang", "serang2", "pimpasa"):
        _progress(action, dataset.user(name))
    report_done(dataset, action)
    assert asked(dataset, "action_reported") == {"kanwil", "kanwil2"}


def test_who_also_works_in_the_leading_office_is_not_asked(dataset: Dataset) -> None:
    assign(dataset.people["kanwil2"], Role.OFFICE_STAFF, office=dataset.serang)
    action = telling.action(dataset, evidence_count=1, lead="kanim")
    _progress(action, dataset.user("serang"))
    place = action.action_villages.get()
    plan_services.mark_village_done(place.pk, acting_user=dataset.user("official"))
    plan_services.report_done(action.pk, acting_user=dataset.user("serang"))
    assert asked(dataset, "action_reported") == {"kanwil"}
    assert verification_conflict(dataset.user("kanwil2"), action)


def test_who_also_works_in_a_gaining_office_decides_no_waiver(dataset: Dataset) -> None:
    assign(dataset.people["kanwil2"], Role.OFFICE_STAFF, office=dataset.serang)
    action = telling.action(dataset, lead="kanim")
    _waiver(action, dataset.user("serang"))
    assert asked(dataset, "waiver_requested") == {"kanwil"}
    place = action.action_villages.get()
    assert waiver_conflict(dataset.user("kanwil2"), place)
