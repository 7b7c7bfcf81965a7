"""What the rooms above read: totals, what waits, a year at a glance."""

import pytest
from django.utils import timezone

from reports.monthly import actions, selectors
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_after
from tests.monthly.months import EARLIER, MONTH, bring_to, make_slot, send
from tests.world import World


def test_totals_count_states_and_sum_what_is_verified(
    world: World, slot: ReportSlot
) -> None:
    bring_to(world, slot, "verified")
    send(make_slot(world.villages["kronjo"]), world.user("official_kronjo"))
    bring_to(world, make_slot(world.villages["tengkurak"]), "excused")
    make_slot(world.villages["pulopanjang"])
    for person in ("leader", "auditor", "kanwil"):
        found = selectors.totals(world.user(person), MONTH.replace(day=20))
        assert found.slots == 4
        assert found.by_status["excused"] == found.by_status["open"] == 1
        assert found.completeness == 67
        assert (found.villages, found.figures["people_reached"]) == (1, 40)


@pytest.mark.parametrize("person", ["nobody", "admin", "dinsos", "pimpasa", "triage"])
def test_totals_of_no_office_are_empty(
    world: World, slot: ReportSlot, person: str
) -> None:
    found = selectors.totals(world.user(person), MONTH)
    assert (found.slots, found.completeness) == (0, None)


def test_totals_stay_in_the_offices_area(world: World, slot: ReportSlot) -> None:
    make_slot(world.villages["kronjo"])
    assert selectors.totals(world.user("tangerang"), MONTH).slots == 1


def test_nil_and_silence_count_apart(world: World, slot: ReportSlot) -> None:
    send(slot, world.user("official"))
    make_slot(world.villages["kronjo"])
    assert selectors.totals(world.user("leader"), MONTH).nil == 0
    report = slot.report
    report.is_nil, report.outreach_held, report.people_reached = True, 0, 0
    report.save()
    found = selectors.totals(world.user("leader"), MONTH)
    assert (found.nil, found.by_status["open"]) == (1, 1)


def test_what_waits_differs_by_role(world: World, slot: ReportSlot) -> None:
    late = make_slot(slot.village, EARLIER)
    bring_to(world, slot, "returned")
    foreign = make_slot(world.villages["kronjo"], EARLIER)
    official = selectors.waiting_for(world.user("official"))
    assert (official.to_fill, official.returned, official.to_verify) == (2, 1, 0)
    assert official.own_late >= 1
    send(late, world.user("official"))
    assert selectors.waiting_for(world.user("pimpasa")).to_verify == 1
    assert selectors.waiting_for(world.user("kanwil")).late >= 1
    assert selectors.waiting_for(world.user("leader")).late == 0
    assert foreign.is_late()


def test_own_entries_do_not_wait_for_oneself(world: World, slot: ReportSlot) -> None:
    actions.enter_on_behalf(
        slot,
        figures={},
        is_nil=True,
        channel="paper",
        client_uuid="6a0e7a5e-2f4e-4b8e-9d59-0a3f1f6c1111",
        seen=0,
        acting_user=world.user("pimpasa"),
    )
    pimpasa, office = world.user("pimpasa"), world.user("serang")
    assert selectors.waiting_for(pimpasa).to_verify == 0
    assert selectors.next_to_verify(pimpasa) is None
    assert selectors.waiting_for(office).to_verify == 1
    assert selectors.next_to_verify(office) == slot


def test_what_waits_is_one_query_beside_the_standing(
    world: World, slot: ReportSlot, django_assert_num_queries
) -> None:
    user = world.user("mixed")
    with django_assert_num_queries(2):
        selectors.waiting_for(user)


def test_a_year_is_twelve_boxes_in_one_query(
    world: World, slot: ReportSlot, django_assert_num_queries
) -> None:
    bring_to(world, slot, "verified")
    make_slot(slot.village, EARLIER)
    with django_assert_num_queries(1):
        strip = selectors.strip_of(slot.village)
    assert [month["tone"] for month in strip] == ["quiet"] * 10 + ["late", "done"]
    assert strip[-1]["url"].endswith(f"/{MONTH:%Y-%m}/")
    assert strip[0]["url"] == ""


def test_the_last_verified_report_is_the_latest_month(
    world: World, slot: ReportSlot
) -> None:
    assert selectors.last_verified(slot.village) is None
    bring_to(world, make_slot(slot.village, EARLIER), "verified")
    bring_to(world, slot, "submitted")
    last = selectors.last_verified(slot.village)
    assert last is not None
    assert last.slot.month == EARLIER


def test_the_timeline_tells_every_deed_but_drafts(
    world: World, slot: ReportSlot, django_assert_num_queries
) -> None:
    actions.save_draft(slot, figures={}, seen=0, acting_user=world.user("official"))
    send(slot, world.user("official"), seen=1)
    actions.return_report(slot, reason="Cek.", acting_user=world.user("serang"))
    make_slot(world.villages["kronjo"])
    with django_assert_num_queries(1):
        told = selectors.timeline_of(slot.village)
    assert [entry.note for entry in told] == ["Cek.", ""]
    assert all(entry.url for entry in told)


def test_only_the_month_before_stands_beside(world: World, slot: ReportSlot) -> None:
    bring_to(world, make_slot(slot.village, EARLIER), "submitted")
    before = selectors.report_before(slot)
    assert before is not None
    assert before.slot.month == EARLIER
    following = ReportSlot(village=slot.village, month=month_after(MONTH))
    assert selectors.report_before(following) is None
    assert month_after(MONTH) == timezone.localdate().replace(day=1)
