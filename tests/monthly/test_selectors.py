"""Reads for the apps above: totals, task counts, the month strip."""

import pytest
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.access import may
from reports.monthly import selectors as monthly_selectors
from reports.monthly import services as monthly_services
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_after
from reports.monthly.presenters.slots import month_strip as strip_of
from reports.monthly.presenters.timeline import timeline_of
from tests.dataset import Dataset
from tests.monthly.months import (
    EARLIER,
    MONTH,
    SignedIn,
    bring_to,
    make_slot,
    send,
)
from villages.register.models import Village


def test_totals_count_states_and_sum_what_is_verified(
    dataset: Dataset, slot: ReportSlot
) -> None:
    bring_to(dataset, slot, "verified")
    send(make_slot(dataset.villages["kronjo"]), dataset.user("official_kronjo"))
    bring_to(dataset, make_slot(dataset.villages["tengkurak"]), "excused")
    make_slot(dataset.villages["pulopanjang"])
    for person in ("leader", "auditor", "kanwil"):
        found = monthly_selectors.totals(dataset.user(person), MONTH.replace(day=20))
        assert found.slots == 4
        assert found.by_status["excused"] == found.by_status["open"] == 1
        assert found.completeness == 67
        assert (found.villages, found.figures["people_reached"]) == (1, 40)


@pytest.mark.parametrize("person", ["nobody", "admin", "dinsos", "pimpasa", "triage"])
def test_totals_of_no_office_are_empty(
    dataset: Dataset, slot: ReportSlot, person: str
) -> None:
    found = monthly_selectors.totals(dataset.user(person), MONTH)
    assert (found.slots, found.completeness) == (0, None)


def test_totals_stay_in_the_offices_area(dataset: Dataset, slot: ReportSlot) -> None:
    make_slot(dataset.villages["kronjo"])
    assert monthly_selectors.totals(dataset.user("tangerang"), MONTH).slots == 1


def test_nil_and_silence_count_apart(dataset: Dataset, slot: ReportSlot) -> None:
    send(slot, dataset.user("official"))
    make_slot(dataset.villages["kronjo"])
    assert monthly_selectors.totals(dataset.user("leader"), MONTH).nil == 0
    report = slot.report
    report.is_nil, report.outreach_held, report.people_reached = True, 0, 0
    report.save()
    found = monthly_selectors.totals(dataset.user("leader"), MONTH)
    assert (found.nil, found.by_status["open"]) == (1, 1)


def test_what_waits_differs_by_role(dataset: Dataset, slot: ReportSlot) -> None:
    late = make_slot(slot.village, EARLIER)
    bring_to(dataset, slot, "returned")
    foreign = make_slot(dataset.villages["kronjo"], EARLIER)
    official = monthly_selectors.waiting_for(dataset.user("official"))
    assert (official.to_fill, official.returned, official.to_verify) == (2, 1, 0)
    assert official.own_late >= 1
    send(late, dataset.user("official"))
    assert monthly_selectors.waiting_for(dataset.user("pimpasa")).to_verify == 1
    assert monthly_selectors.waiting_for(dataset.user("kanwil")).late >= 1
    assert monthly_selectors.waiting_for(dataset.user("leader")).late == 0
    assert foreign.is_late()


def test_own_entries_do_not_wait_for_oneself(
    dataset: Dataset, slot: ReportSlot
) -> None:
    monthly_services.enter_on_behalf(
        slot,
        figures={},
        is_nil=True,
        channel="paper",
        client_uuid="6a0e7a5e-2f4e-4b8e-9d59-0a3f1f6c1111",
        seen=0,
        acting_user=dataset.user("pimpasa"),
    )
    pimpasa, office = dataset.user("pimpasa"), dataset.user("serang")
    assert monthly_selectors.waiting_for(pimpasa).to_verify == 0
    assert monthly_selectors.next_to_verify(pimpasa) is None
    assert monthly_selectors.waiting_for(office).to_verify == 1
    assert monthly_selectors.next_to_verify(office) == slot


def test_home_and_list_hold_what_the_service_lets_one_verify(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    """Also right after a village has moved to another office."""
    monthly_services.enter_on_behalf(
        slot,
        figures={},
        is_nil=True,
        channel="paper",
        client_uuid="6a0e7a5e-2f4e-4b8e-9d59-0a3f1f6c2222",
        seen=0,
        acting_user=dataset.user("pimpasa"),
    )
    earlier = make_slot(slot.village, EARLIER)
    send(earlier, dataset.user("official"))
    moved = make_slot(dataset.villages["kronjo"])
    send(moved, dataset.user("official_kronjo"))
    Village.objects.filter(pk=moved.village_id).update(office=dataset.serang)
    moved = ReportSlot.objects.get(pk=moved.pk)
    both = {slot, earlier}
    expected = {"pimpasa": {earlier}, "serang": both | {moved}, "tangerang": set()}
    for name, slots in expected.items():
        user = dataset.user(name)
        assert set(ReportSlot.objects.to_verify(user)) == slots
        for one in slots:
            assert may(user, "report.verify", one)
        assert monthly_selectors.waiting_for(user).to_verify == len(slots)
        page = signed_in(name).get(f"{reverse('monthly:report_list')}?status=periksa")
        assert not page.context["form"].errors
        assert len(page.context["lines"]) == len(slots)


@pytest.mark.parametrize("name", ["kanwil", "official"])
def test_who_verifies_no_report_is_not_offered_the_filter(
    slot: ReportSlot, signed_in: SignedIn, name: str
) -> None:
    page = signed_in(name).get(f"{reverse('monthly:report_list')}?status=periksa")
    assert page.context["form"].errors["status"]


def test_task_counts_take_one_query_besides_the_roles(
    dataset: Dataset, slot: ReportSlot, django_assert_num_queries
) -> None:
    user = dataset.user("mixed")
    with django_assert_num_queries(2):
        monthly_selectors.waiting_for(user)


def test_a_year_is_twelve_boxes_in_one_query(
    dataset: Dataset, slot: ReportSlot, django_assert_num_queries
) -> None:
    bring_to(dataset, slot, "verified")
    make_slot(slot.village, EARLIER)
    with django_assert_num_queries(1):
        month_strip = strip_of(slot.village)
    assert [month["badge_style"] for month in month_strip] == ["quiet"] * 10 + [
        "late",
        "done",
    ]
    assert month_strip[-1]["url"].endswith(f"/{MONTH:%Y-%m}/")
    assert month_strip[0]["url"] == ""


def test_the_last_verified_report_is_the_latest_month(
    dataset: Dataset, slot: ReportSlot
) -> None:
    assert monthly_selectors.last_verified(slot.village) is None
    bring_to(dataset, make_slot(slot.village, EARLIER), "verified")
    bring_to(dataset, slot, "submitted")
    last = monthly_selectors.last_verified(slot.village)
    assert last is not None
    assert last.slot.month == EARLIER


def test_the_timeline_shows_every_event_but_drafts(
    dataset: Dataset, slot: ReportSlot, django_assert_num_queries
) -> None:
    monthly_services.save_draft(
        slot, typed={}, seen=0, acting_user=dataset.user("official")
    )
    send(slot, dataset.user("official"), seen=1)
    monthly_services.return_report(
        slot, reason="Cek.", acting_user=dataset.user("serang")
    )
    make_slot(dataset.villages["kronjo"])
    with django_assert_num_queries(1):
        timeline = timeline_of(slot.village)
    assert [entry.note for entry in timeline] == ["Cek.", ""]
    assert all(entry.url for entry in timeline)


def test_only_the_month_before_is_compared(dataset: Dataset, slot: ReportSlot) -> None:
    bring_to(dataset, make_slot(slot.village, EARLIER), "submitted")
    before = monthly_selectors.report_before(slot)
    assert before is not None
    assert before.slot.month == EARLIER
    following = ReportSlot(village=slot.village, month=month_after(MONTH))
    assert monthly_selectors.report_before(following) is None
    assert month_after(MONTH) == timezone.localdate().replace(day=1)
