"""The lists of months, and what the pages cost."""

from uuid import UUID

import pytest
from django.urls import reverse

from reports.monthly.models import ReportSlot
from reports.monthly.months import months_back
from tests.dataset import Dataset
from tests.monthly.months import (
    EARLIER,
    SignedIn,
    bring_to,
    filled,
    make_slot,
    send,
    url,
)


def test_filters_narrow_the_list(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    kronjo = make_slot(dataset.villages["kronjo"], EARLIER)
    send(slot, dataset.user("official"))
    client = signed_in("kanwil")

    def found(query: str) -> set[str]:
        page = client.get(reverse("monthly:report_list") + query)
        return {line["village"] for line in page.context["lines"]}

    assert found("") == {"Lontar", "Kronjo"}
    assert found("?status=terlambat") == {"Kronjo"}
    assert found("?status=submitted") == {"Lontar"}
    assert found(f"?bulan={EARLIER:%Y-%m}") == {"Kronjo"}
    assert found(f"?kantor={dataset.serang.pk}") == {"Lontar"}
    assert found("?cari=TIRTAYASA") == {"Lontar"}
    assert found("?cari=tidak-ada") == set()
    assert found("?status=aneh&bulan=x&kantor=999&setelah=rusak&urut=-") == set()
    assert found("?setelah=rusak&urut=-") == {"Lontar", "Kronjo"}
    assert kronjo.is_late()


def test_a_village_official_finds_what_to_do_on_top(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    page = signed_in("official").get(reverse("monthly:report_list"))
    assert [task["url"] for task in page.context["tasks"]] == [url("report_fill", slot)]
    assert (
        signed_in("kanwil").get(reverse("monthly:report_list")).context["tasks"] == []
    )


def test_a_village_page_shows_a_year(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    bring_to(dataset, slot, "verified")
    address = reverse("monthly:village_reports", args=[slot.village.code])
    page = signed_in("pimpasa").get(address)
    assert len(page.context["month_strip"]) == 12
    assert page.context["lines"][0]["state"] == "terverifikasi"


def many(dataset: Dataset, months: int) -> None:
    for village in dataset.villages.values():
        for month in months_back(EARLIER, months):
            make_slot(village, month)


@pytest.mark.parametrize("months", [1, 20])
@pytest.mark.parametrize("person", ["official", "pimpasa", "kanwil"])
def test_the_list_costs_the_same_whatever_its_length(
    dataset: Dataset,
    signed_in: SignedIn,
    django_assert_max_num_queries,
    person: str,
    months: int,
) -> None:
    many(dataset, months)
    client = signed_in(person)
    with django_assert_max_num_queries(6):
        client.get(reverse("monthly:report_list"), {"cari": "lontar"})


@pytest.mark.parametrize("times", [1, 6])
def test_a_month_costs_the_same_whatever_happened(
    dataset: Dataset,
    slot: ReportSlot,
    signed_in: SignedIn,
    django_assert_max_num_queries,
    times: int,
) -> None:
    make_slot(slot.village, EARLIER)
    for seen in range(times):
        send(slot, dataset.user("official"), seen=seen, returns_known=seen + 1)
    client = signed_in("pimpasa")
    with django_assert_max_num_queries(10):
        client.get(url("report_detail", slot))


def test_sending_costs_twelve_queries(
    slot: ReportSlot, signed_in: SignedIn, django_assert_num_queries
) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=3)
    with django_assert_num_queries(12 + 2):  # two savepoint statements of the test
        client.post(url("report_fill", slot), post)


def test_the_form_has_a_new_number_each_time(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    numbers = {UUID(str(filled(client, slot)["client_uuid"])) for _turn in range(3)}
    assert len(numbers) == 3
