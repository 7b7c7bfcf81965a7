"""One sending, one version, one receipt, however often it arrives."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition
from reports.monthly import actions
from reports.monthly.models import MonthlyReport, ReportSlot, ReportVersion
from tests.monthly.months import EARLIER, bring_to, make_slot, rows_of, send
from tests.world import World


def test_the_receipt_names_month_report_and_repetition(
    world: World, slot: ReportSlot
) -> None:
    first = send(slot, world.user("official")).version
    report = first.report_id
    assert first.receipt_number == f"LB-{slot.month:%m%y}-{report:04d}"
    actions.return_report(slot, reason="Cek.", acting_user=world.user("kanwil"))
    second = send(slot, world.user("official"), seen=1).version
    assert second.receipt_number == f"LB-{slot.month:%m%y}-{report:04d}/2"


def test_a_repeated_sending_answers_with_the_first_and_changes_nothing(
    world: World, slot: ReportSlot
) -> None:
    official, number = world.user("official"), uuid4()
    post = {"figures": {"returns_known": 4}, "client_uuid": number, "seen": 0}
    first = actions.submit(slot, acting_user=official, **post)
    before = rows_of(slot)
    second = actions.submit(slot, acting_user=official, **post)
    assert second.is_repeat
    assert second.version == first.version
    assert rows_of(slot) == before


@pytest.mark.parametrize("status", ["returned", "verified", "correction_requested"])
def test_a_sending_that_arrives_again_later_changes_nothing(
    world: World, slot: ReportSlot, status: str
) -> None:
    bring_to(world, slot, status)
    version = ReportVersion.objects.get()
    before = rows_of(slot)
    again = actions.submit(
        slot,
        figures=version.figures,
        client_uuid=version.client_uuid,
        seen=0,
        acting_user=world.user("official"),
    )
    assert again.is_repeat
    assert rows_of(slot) == before


def test_other_figures_under_the_same_number_are_told_and_change_nothing(
    world: World, slot: ReportSlot
) -> None:
    official = world.user("official")
    first = send(slot, official).version
    before = rows_of(slot)
    with pytest.raises(ValidationError):
        actions.submit(
            slot,
            figures={"returns_known": 99},
            client_uuid=first.client_uuid,
            seen=1,
            acting_user=official,
        )
    assert rows_of(slot) == before


def test_a_number_used_for_another_month_is_told(
    world: World, slot: ReportSlot
) -> None:
    official = world.user("official")
    other = make_slot(slot.village, EARLIER)
    number = send(other, official).version.client_uuid
    before = rows_of(slot)
    with pytest.raises(IllegalTransition):
        actions.submit_nil(slot, client_uuid=number, seen=0, acting_user=official)
    assert rows_of(slot) == before


def test_a_nil_report_has_no_figures_even_after_a_draft(
    world: World, slot: ReportSlot
) -> None:
    official = world.user("official")
    actions.save_draft(slot, figures={"returns_known": 5}, seen=0, acting_user=official)
    actions.submit_nil(slot, client_uuid=uuid4(), seen=1, acting_user=official)
    report = MonthlyReport.objects.get(slot=slot)
    assert (report.is_nil, report.returns_known) == (True, 0)


def test_what_happened_on_paper_keeps_its_day(world: World, slot: ReportSlot) -> None:
    then = timezone.now() - timedelta(days=9)
    actions.submit_nil(
        slot,
        client_uuid=uuid4(),
        seen=0,
        acting_user=world.user("official"),
        occurred_at=then,
    )
    event = slot.events.get()
    assert event.occurred_at == then < event.recorded_at
    assert MonthlyReport.objects.get(slot=slot).submitted_at == then


def test_the_channel_marks_what_was_entered_for_the_village(
    world: World, slot: ReportSlot
) -> None:
    actions.enter_on_behalf(
        slot,
        figures={"returns_known": 2},
        is_nil=False,
        channel="telephone",
        client_uuid=uuid4(),
        seen=0,
        acting_user=world.user("pimpasa"),
    )
    report = MonthlyReport.objects.get(slot=slot)
    assert report.is_on_behalf
    assert report.versions.get().channel == "telephone"


@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_make_one_version(world: World, slot: ReportSlot) -> None:
    number = uuid4()

    def post(user: User) -> tuple[int, bool]:
        try:
            sent = actions.submit(
                slot,
                figures={"returns_known": 4},
                client_uuid=number,
                seen=0,
                acting_user=user,
            )
            return sent.version.pk, sent.is_repeat
        finally:
            connection.close()

    people = [world.user("official") for _ in range(10)]
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(post, people))
    assert len({version for version, _repeat in answers}) == 1
    assert sorted(repeat for _version, repeat in answers) == [False] + [True] * 9
    assert slot.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_different_forms_at_once_one_wins(
    world: World, slot: ReportSlot
) -> None:
    def post(user: User) -> bool:
        try:
            send(slot, user)
        except Exception as refusal:  # noqa: BLE001
            return type(refusal).__name__ == "StaleEdit"
        finally:
            connection.close()
        return False

    people = [world.user("official") for _ in range(10)]
    with ThreadPoolExecutor(10) as crowd:
        refused = list(crowd.map(post, people))
    assert refused.count(True) == 9
    assert ReportVersion.objects.count() == slot.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_verify_and_return_at_once_leave_one_deed(
    world: World, slot: ReportSlot
) -> None:
    send(slot, world.user("official"))
    deeds = [
        lambda: actions.verify(slot, seen=1, acting_user=world.user("serang")),
        lambda: actions.return_report(
            slot, reason="Cek.", acting_user=world.user("pimpasa")
        ),
    ] * 4

    def run(deed) -> bool:
        try:
            deed()
        except IllegalTransition:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as crowd:
        done = list(crowd.map(run, deeds))
    assert done.count(True) == 1
    assert slot.events.count() == 2
