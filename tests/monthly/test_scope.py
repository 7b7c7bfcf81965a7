"""Who sees a month: visible, not allowed, not visible."""

from uuid import uuid4

import pytest
from django.urls import reverse

from desabinaan.accounts.access import may
from desabinaan.notices.models import Notice
from reports.monthly import selectors as monthly_selectors
from reports.monthly.models import ReportSlot
from tests.dataset import Dataset
from tests.monthly.months import SignedIn, bring_to, make_slot, rows_of, send, url
from villages.register.models import Village

ROUTES = [
    ("report_detail", "get"),
    ("report_receipt", "get"),
    ("report_fill", "get"),
    ("report_fill", "post"),
    ("report_save_draft", "post"),
    ("report_nil", "get"),
    ("report_nil", "post"),
    ("report_on_behalf", "get"),
    ("report_on_behalf", "post"),
    ("report_verify", "post"),
    ("report_return", "get"),
    ("report_return", "post"),
    ("report_request_correction", "get"),
    ("report_request_correction", "post"),
    ("report_excuse", "get"),
    ("report_excuse", "post"),
]
BLIND = ["admin", "nobody", "leader", "auditor", "triage", "dinsos"]
FOREIGN = ["tangerang", "official_kronjo", "pimpasa_kronjo", "mixed"]


@pytest.mark.parametrize(("name", "method"), ROUTES)
def test_invisible_and_missing_answer_alike(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn, name: str, method: str
) -> None:
    send(slot, dataset.user("official"))
    before = rows_of(slot)
    post = {"client_uuid": uuid4(), "version": 1, "reason": "x", "channel": "paper"}
    for person in BLIND + FOREIGN:
        client = signed_in(person)
        assert getattr(client, method)(url(name, slot), post).status_code == 404
    missing = url(name, slot).replace(f"{slot.month:%Y-%m}", "2019-01")
    client = signed_in("official")
    assert getattr(client, method)(missing, post).status_code == 404
    assert rows_of(slot) == before


@pytest.mark.parametrize(
    ("name", "method", "people"),
    [
        ("report_fill", "get", ["pimpasa", "serang", "kanwil"]),
        ("report_fill", "post", ["pimpasa", "serang", "kanwil"]),
        ("report_save_draft", "post", ["pimpasa", "serang", "kanwil"]),
        ("report_nil", "post", ["pimpasa", "serang", "kanwil"]),
        ("report_on_behalf", "post", ["official", "kanwil"]),
        ("report_verify", "post", ["official", "kanwil"]),
        ("report_return", "get", ["official"]),
        ("report_return", "post", ["official"]),
        ("report_request_correction", "get", ["pimpasa", "kanwil"]),
        ("report_excuse", "get", ["official", "pimpasa"]),
        ("report_on_behalf", "get", ["official", "kanwil"]),
        ("report_request_correction", "post", ["pimpasa", "serang", "kanwil"]),
        ("report_excuse", "post", ["official", "pimpasa", "kanwil"]),
    ],
)
def test_visible_but_not_allowed_is_403(
    dataset: Dataset,
    slot: ReportSlot,
    signed_in: SignedIn,
    name: str,
    method: str,
    people: list[str],
) -> None:
    send(slot, dataset.user("official"))
    before = rows_of(slot)
    post = {"client_uuid": uuid4(), "version": 1, "reason": "x", "channel": "paper"}
    for person in people:
        answer = getattr(signed_in(person), method)(url(name, slot), post)
        assert answer.status_code == 403
    assert rows_of(slot) == before


@pytest.mark.parametrize("person", BLIND)
def test_lists_are_closed_to_who_reads_no_report(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn, person: str
) -> None:
    client = signed_in(person)
    for name in ("monthly:report_list", "monthly:report_next"):
        assert client.get(reverse(name)).status_code == 403
    village = reverse("monthly:village_reports", args=[slot.village.code])
    assert client.get(village).status_code == 404


def test_mixed_sees_both_villages_and_no_other(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    for short in ("kronjo", "tengkurak", "pulopanjang"):
        make_slot(dataset.villages[short])
    lines = signed_in("mixed").get(reverse("monthly:report_list")).context["lines"]
    assert {line["village"] for line in lines} == {"Kronjo", "Tengkurak"}


def test_a_receipt_is_there_only_once_something_was_sent(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    assert signed_in("official").get(url("report_receipt", slot)).status_code == 404


def test_verbs_do_not_answer_to_get(slot: ReportSlot, signed_in: SignedIn) -> None:
    for person, name in (
        ("pimpasa", "report_verify"),
        ("official", "report_save_draft"),
    ):
        assert signed_in(person).get(url(name, slot)).status_code == 405


def test_a_verb_is_refused_before_its_form_is_read(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    send(slot, dataset.user("official"))
    before = rows_of(slot)
    for person in ("official", "kanwil"):
        assert signed_in(person).post(url("report_verify", slot), {}).status_code == 403
    assert rows_of(slot) == before


@pytest.mark.parametrize(
    ("name", "person", "state"),
    [
        ("report_fill", "official", "verified"),
        ("report_nil", "official", "excused"),
        ("report_on_behalf", "pimpasa", "submitted"),
        ("report_return", "pimpasa", "open"),
        ("report_request_correction", "official", "submitted"),
        ("report_excuse", "serang", "draft"),
    ],
)
def test_a_page_that_comes_too_late_leads_back_kindly(
    dataset: Dataset,
    slot: ReportSlot,
    signed_in: SignedIn,
    name: str,
    person: str,
    state: str,
) -> None:
    bring_to(dataset, slot, state)
    answer = signed_in(person).get(url(name, slot))
    assert (answer.status_code, answer.url) == (302, url("report_detail", slot))


def test_the_next_to_verify_is_never_a_foreign_one(
    dataset: Dataset, signed_in: SignedIn
) -> None:
    foreign = make_slot(dataset.villages["kronjo"])
    send(foreign, dataset.user("official_kronjo"))
    answer = signed_in("pimpasa").get(reverse("monthly:report_next"))
    assert answer.url == reverse("monthly:report_list")


def test_tasks_are_those_of_the_own_village(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    make_slot(dataset.villages["tengkurak"])
    page = signed_in("mixed").get(reverse("monthly:report_list"))
    assert [task["text"].split(",")[0] for task in page.context["tasks"]] == [
        "Tengkurak"
    ]


@pytest.mark.parametrize("state", ["submitted", "verified", "correction_requested"])
def test_a_month_goes_with_its_village_to_the_new_office(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn, state: str
) -> None:
    """Who sees it is who verifies it and whose totals count it, past months too."""
    bring_to(dataset, slot, state)
    Village.objects.filter(pk=slot.village_id).update(office=dataset.tangerang)
    if state == "correction_requested":
        moved = ReportSlot.objects.get(pk=slot.pk)
        send(moved, dataset.user("official"), seen=2)
    slot = ReportSlot.objects.get(pk=slot.pk)
    for person, cares in (("serang", False), ("tangerang", True)):
        user, client = dataset.user(person), signed_in(person)
        slots = ReportSlot.objects.visible_to(user)
        waits = cares and slot.status == "submitted"
        assert [*slots] == [slot] * cares
        assert may(user, "report.view", slot) is cares
        assert may(user, "report.verify", slot) is cares
        assert [*ReportSlot.objects.to_verify(user)] == [slot] * waits
        assert monthly_selectors.totals(user, slot.month).slots == cares
        assert client.get(url("report_detail", slot)).status_code == (
            200 if cares else 404
        )
        verified = client.post(url("report_verify", slot), {"version": 0}).status_code
        assert (verified == 404) is not cares
    kanwil = signed_in("kanwil").get(reverse("monthly:report_list"))
    assert [line["village"] for line in kanwil.context["lines"]] == ["Lontar"]
    of_new = f"{reverse('monthly:report_list')}?kantor={dataset.tangerang.pk}"
    assert len(signed_in("kanwil").get(of_new).context["lines"]) == 1


def test_the_new_office_learns_of_a_report_of_a_village_that_moved(
    dataset: Dataset, slot: ReportSlot
) -> None:
    Village.objects.filter(pk=slot.village_id).update(office=dataset.tangerang)
    send(ReportSlot.objects.get(pk=slot.pk), dataset.user("official"))
    notified = set(Notice.objects.values_list("recipient__username", flat=True))
    assert dataset.user("tangerang").username in notified
    assert dataset.user("serang").username not in notified
