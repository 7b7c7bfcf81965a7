"""Every deed by every role in every state: who may, when, and what it leaves."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from desabinaan.accounts.models import User
from desabinaan.lib.editing import StaleEdit
from desabinaan.lib.transitions import IllegalTransition
from reports.monthly import actions
from reports.monthly.models import MonthlyReport, ReportSlot
from reports.monthly.months import months_back
from tests.monthly.months import MONTH, bring_to, make_slot, rows_of, send
from tests.world import World

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


def deed(
    verb: str, slot: ReportSlot, user: User, seen_then: int | None = None
) -> Callable[[], object]:
    version = seen(slot) if seen_then is None else seen_then
    more: dict[str, object] = {
        "save_draft": {"figures": {"returns_known": 3}, "seen": version},
        "submit": {"figures": {}, "client_uuid": uuid4(), "seen": version},
        "submit_nil": {"client_uuid": uuid4(), "seen": version},
        "enter_on_behalf": {
            "figures": {},
            "is_nil": True,
            "channel": "whatsapp",
            "client_uuid": uuid4(),
            "seen": version,
        },
        "verify": {"seen": version},
    }.get(verb, {"reason": "Mohon diperiksa."})
    return lambda: getattr(actions, verb)(slot, acting_user=user, **more)


@pytest.mark.parametrize("verb", TABLE)
def test_only_whoever_may_does_it(world: World, slot: ReportSlot, verb: str) -> None:
    who, sources, target = TABLE[verb]
    bring_to(world, slot, min(sources))
    before = rows_of(slot)
    for person in PEOPLE:
        if person not in who:
            with pytest.raises(PermissionDenied):
                deed(verb, slot, world.user(person))()
            assert rows_of(slot) == before
    for person in who:
        with transaction.atomic():
            deed(verb, slot, world.user(person))()
            slot.refresh_from_db()
            assert slot.status == target
            transaction.set_rollback(True)


@pytest.mark.parametrize("verb", TABLE)
def test_only_when_it_is_time(world: World, verb: str) -> None:
    who, sources, target = TABLE[verb]
    user = world.user("pimpasa" if "pimpasa" in who else min(who))
    for month, state in zip(months_back(MONTH, len(STATES)), STATES, strict=True):
        slot = bring_to(world, make_slot(world.villages["lontar"], month), state)
        before, events = rows_of(slot), slot.events.count()
        do = deed(verb, slot, user)
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
    world: World, slot: ReportSlot
) -> None:
    mixed = world.user("mixed")
    send(slot, world.user("official"))
    before = rows_of(slot)
    for verb in ("submit", "verify", "return_report", "enter_on_behalf"):
        with pytest.raises(PermissionDenied):
            deed(verb, slot, mixed)()
    assert rows_of(slot) == before


def test_who_entered_a_report_cannot_verify_it(world: World, slot: ReportSlot) -> None:
    deed("enter_on_behalf", slot, world.user("pimpasa"))()
    before = rows_of(slot)
    with pytest.raises(PermissionDenied):
        deed("verify", slot, world.user("pimpasa"))()
    assert rows_of(slot) == before
    deed("verify", slot, world.user("serang"))()
    assert MonthlyReport.objects.get(slot=slot).verified_by == world.people["serang"]


def test_newer_figures_must_be_looked_at_before_they_are_verified(
    world: World, slot: ReportSlot
) -> None:
    send(slot, world.user("official"))
    send(slot, world.user("official"), seen=1, returns_known=9)
    before = rows_of(slot)
    with pytest.raises(IllegalTransition, match=r"newer|baru"):
        actions.verify(slot, seen=1, acting_user=world.user("serang"))
    assert rows_of(slot) == before


@pytest.mark.parametrize("verb", ["return_report", "request_correction", "excuse"])
def test_a_reason_is_needed(world: World, slot: ReportSlot, verb: str) -> None:
    who, sources, _target = TABLE[verb]
    bring_to(world, slot, min(sources))
    before = rows_of(slot)
    with pytest.raises(ValidationError):
        getattr(actions, verb)(slot, reason="  ", acting_user=world.user(min(who)))
    assert rows_of(slot) == before


def test_a_report_sent_anew_is_no_longer_verified(
    world: World, slot: ReportSlot
) -> None:
    bring_to(world, slot, "correction_requested")
    again = send(slot, world.user("official"), seen=1, returns_known=1)
    report = MonthlyReport.objects.get(slot=slot)
    assert (report.verified_by, report.verified_at) == (None, None)
    assert again.version.number == 2
    assert report.outreach_held == 0
    assert report.versions.get(number=1).figures["outreach_held"] == 2


def test_a_draft_of_somebody_else_is_not_overwritten_unseen(
    world: World, slot: ReportSlot
) -> None:
    official = world.user("official")
    actions.save_draft(slot, figures={"returns_known": 1}, seen=0, acting_user=official)
    before = rows_of(slot)
    with pytest.raises(StaleEdit) as told:
        actions.save_draft(
            slot, figures={"returns_known": 2}, seen=0, acting_user=official
        )
    assert told.value.who == str(official)
    on_old = deed("enter_on_behalf", slot, world.user("pimpasa"), seen_then=0)
    with pytest.raises(StaleEdit):
        on_old()
    assert rows_of(slot) == before


def test_a_second_click_on_save_draft_changes_nothing(
    world: World, slot: ReportSlot
) -> None:
    official, figures = world.user("official"), {"returns_known": 1}
    actions.save_draft(slot, figures=figures, seen=0, acting_user=official)
    before = rows_of(slot)
    actions.save_draft(slot, figures=figures, seen=0, acting_user=official)
    assert rows_of(slot) == before
