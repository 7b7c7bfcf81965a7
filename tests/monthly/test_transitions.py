"""Every operation by every role in every state: who may, when, and its result."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import StaleEdit
from reports.monthly import services as monthly_services
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.months import months_back
from tests.dataset import Dataset
from tests.monthly.months import MONTH, bring_to, make_slot, rows_of, send

OFFICERS = {"serang", "serang2", "pimpasa"}
#: verb -> who may at Lontar, from which states, to which
TABLE: dict[str, tuple[set[str], set[str], str]] = {
    "save_draft": ({"official"}, {"open", "draft"}, "draft"),
    "submit": (
        {"official"},
        {"open", "draft", "submitted", "returned", "correction_requested"},
        "submitted",
    ),
    "submit_nil": (
        {"official"},
        {"open", "draft", "submitted", "returned", "correction_requested"},
        "submitted",
    ),
    "enter_on_behalf": (
        OFFICERS,
        {"open", "draft", "returned", "correction_requested"},
        "submitted",
    ),
    "verify": (OFFICERS, {"submitted"}, "verified"),
    "return_report": (OFFICERS | {"kanwil", "kanwil2"}, {"submitted"}, "returned"),
    "request_correction": ({"official"}, {"verified"}, "correction_requested"),
    "excuse": ({"serang", "serang2"}, {"open"}, "excused"),
}
PEOPLE = [
    "admin",
    "nobody",
    "kanwil",
    "leader",
    "auditor",
    "serang",
    "serang2",
    "tangerang",
    "triage",
    "pimpasa",
    "pimpasa_kronjo",
    "official",
    "official_kronjo",
    "mixed",
    "dinsos",
]
STATES = [str(status) for status in ReportSlot.Status]


def seen(slot: ReportSlot) -> int:
    report = MonthlyReport.objects.filter(slot=slot).first()
    return report.version if report else 0


def operation(
    verb: str, slot: ReportSlot, user: User, seen_then: int | None = None
) -> Callable[[], object]:
    version = seen(slot) if seen_then is None else seen_then
    more: dict[str, object] = {
        "save_draft": {"typed": {"returns_known": "3"}, "seen": version},
        "submit": {
            "figures": {"returns_known": 3},
            "client_uuid": uuid4(),
            "seen": version,
        },
        "submit_nil": {
            "client_uuid": uuid4(),
            "seen": version,
            "drops_figures": True,
        },
        "enter_on_behalf": {
            "figures": {},
            "is_nil": True,
            "channel": "whatsapp",
            "client_uuid": uuid4(),
            "seen": version,
        },
        "verify": {"seen": version},
    }.get(verb, {"reason": "Mohon diperiksa."})
    return lambda: getattr(monthly_services, verb)(slot, acting_user=user, **more)


@pytest.mark.parametrize("verb", TABLE)
def test_only_whoever_may_does_it(
    dataset: Dataset, slot: ReportSlot, verb: str
) -> None:
    who, sources, target = TABLE[verb]
    bring_to(dataset, slot, min(sources))
    before = rows_of(slot)
    for person in PEOPLE:
        if person not in who:
            with pytest.raises(PermissionDenied):
                operation(verb, slot, dataset.user(person))()
            assert rows_of(slot) == before
    for person in who:
        with transaction.atomic():
            operation(verb, slot, dataset.user(person))()
            slot.refresh_from_db()
            assert slot.status == target
            transaction.set_rollback(True)


@pytest.mark.parametrize("verb", TABLE)
def test_only_when_it_is_time(dataset: Dataset, verb: str) -> None:
    who, sources, target = TABLE[verb]
    user = dataset.user("pimpasa" if "pimpasa" in who else min(who))
    for month, state in zip(months_back(MONTH, len(STATES)), STATES, strict=True):
        slot = bring_to(dataset, make_slot(dataset.villages["lontar"], month), state)
        before, events = rows_of(slot), slot.events.count()
        do = operation(verb, slot, user)
        if state not in sources:
            with pytest.raises(IllegalTransition):
                do()
            assert rows_of(slot) == before
            continue
        do()
        event = slot.events.latest("recorded_at", "pk")
        assert slot.events.count() == events + 1
        assert (event.from_status, event.to_status) == (state, target)


def test_a_role_held_in_another_village_counts_for_nothing(
    dataset: Dataset, slot: ReportSlot
) -> None:
    mixed = dataset.user("mixed")
    send(slot, dataset.user("official"))
    before = rows_of(slot)
    for verb in ("submit", "verify", "return_report", "enter_on_behalf"):
        with pytest.raises(PermissionDenied):
            operation(verb, slot, mixed)()
    assert rows_of(slot) == before


def test_who_entered_a_report_cannot_verify_it(
    dataset: Dataset, slot: ReportSlot
) -> None:
    operation("enter_on_behalf", slot, dataset.user("pimpasa"))()
    before = rows_of(slot)
    with pytest.raises(PermissionDenied):
        operation("verify", slot, dataset.user("pimpasa"))()
    assert rows_of(slot) == before
    operation("verify", slot, dataset.user("serang"))()
    assert MonthlyReport.objects.get(slot=slot).verified_by == dataset.people["serang"]


def test_newer_figures_must_be_looked_at_before_they_are_verified(
    dataset: Dataset, slot: ReportSlot
) -> None:
    send(slot, dataset.user("official"))
    send(slot, dataset.user("official"), seen=1, returns_known=9)
    before = rows_of(slot)
    with pytest.raises(IllegalTransition, match=r"newer|baru"):
        monthly_services.verify(slot, seen=1, acting_user=dataset.user("serang"))
    assert rows_of(slot) == before


@pytest.mark.parametrize("verb", ["return_report", "request_correction", "excuse"])
def test_a_reason_is_needed(dataset: Dataset, slot: ReportSlot, verb: str) -> None:
    who, sources, _target = TABLE[verb]
    bring_to(dataset, slot, min(sources))
    before = rows_of(slot)
    with pytest.raises(ValidationError):
        getattr(monthly_services, verb)(
            slot, reason="  ", acting_user=dataset.user(min(who))
        )
    assert rows_of(slot) == before


def test_a_report_sent_again_is_no_longer_verified(
    dataset: Dataset, slot: ReportSlot
) -> None:
    bring_to(dataset, slot, "correction_requested")
    again = send(slot, dataset.user("official"), seen=2, returns_known=1)
    report = MonthlyReport.objects.get(slot=slot)
    assert (report.verified_by, report.verified_at) == (None, None)
    assert again.version.number == 2
    assert report.outreach_held == 0
    assert report.versions.get(number=1).figures["outreach_held"] == 2


def test_a_draft_of_somebody_else_is_not_overwritten_unseen(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official = dataset.user("official")
    monthly_services.save_draft(
        slot, typed={"returns_known": "1"}, seen=0, acting_user=official
    )
    before = rows_of(slot)
    with pytest.raises(StaleEdit) as error:
        monthly_services.save_draft(
            slot, typed={"returns_known": "2"}, seen=0, acting_user=official
        )
    assert error.value.who == str(official)
    on_old = operation("enter_on_behalf", slot, dataset.user("pimpasa"), seen_then=0)
    with pytest.raises(StaleEdit):
        on_old()
    assert rows_of(slot) == before


def test_a_second_click_on_save_draft_changes_nothing(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official, figures = dataset.user("official"), {"returns_known": "1"}
    monthly_services.save_draft(slot, typed=figures, seen=0, acting_user=official)
    before = rows_of(slot)
    monthly_services.save_draft(slot, typed=figures, seen=0, acting_user=official)
    assert rows_of(slot) == before
