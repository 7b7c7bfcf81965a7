"""Rules the database holds, whoever writes; and what hostile typing leads to."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.html import escape

from reports.monthly.forms import ReportFiguresForm
from reports.monthly.models import (
    FIGURES,
    MonthlyEvent,
    MonthlyReport,
    ReportSlot,
    ReportVersion,
)
from tests.dataset import Dataset
from tests.monthly.months import (
    SignedIn,
    bring_to,
    filled,
    make_slot,
    rows_of,
    send,
    url,
)

HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% debug %}",
    "'; DROP TABLE monthly_reportslot; --",
    '" onmouseover="alert(1)',
    "a\0b",
    "\u202e12",
    "😀",
    "٣",
    "1e5",
    "1,5",
    "12.34",
    "1.2345",
    "-1",
    "--1",
    "0x10",
    "NaN",
    "∞",
    "9" * 400,
    "99999999999",
    "5001.5",
    "\r\nSet-Cookie: a=b",
    "../../etc/passwd",
    "%00",
    "x" * 100_000,
]


@pytest.fixture
def report(dataset: Dataset, slot: ReportSlot) -> MonthlyReport:
    send(slot, dataset.user("official"))
    return MonthlyReport.objects.get()


def refused(rule: str, write) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        write()


def test_a_village_has_a_month_once(slot: ReportSlot) -> None:
    refused("report_slot_once_per_month", lambda: make_slot(slot.village, slot.month))


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("report_slot_month_is_its_first_day", {"month": "2024-03-02"}),
        ("report_slot_due_after_month", {"due_on": "2020-01-01"}),
        ("report_slot_excused_with_reason", {"status": "excused"}),
    ],
)
def test_a_slot_keeps_its_rules(
    slot: ReportSlot, rule: str, wrong: dict[str, Any]
) -> None:
    refused(rule, lambda: ReportSlot.objects.filter(pk=slot.pk).update(**wrong))


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("monthly_report_nil_has_no_figures", {"is_nil": True}),
        ("undocumented_are_departures", {"departures_undocumented": 1}),
        ("problems_are_returns", {"returns_with_problems": 1}),
        ("check", {"returns_known": -1}),
    ],
)
def test_a_report_keeps_its_rules(
    report: MonthlyReport, rule: str, wrong: dict[str, Any]
) -> None:
    rows = MonthlyReport.objects.filter(pk=report.pk)
    refused(rule, lambda: rows.update(**wrong))


def test_nobody_verifies_what_the_same_hand_entered(report: MonthlyReport) -> None:
    rows = MonthlyReport.objects.filter(pk=report.pk)
    refused("verified_by_another", lambda: rows.update(verified_by=report.entered_by))


def test_versions_have_their_number_and_their_form_once(report: MonthlyReport) -> None:
    version = report.versions.get()
    copy = {
        "report": report,
        "figures": {},
        "is_nil": False,
        "channel": "portal",
        "submitted_by": report.entered_by,
    }
    create = ReportVersion.objects.create
    refused(
        "report_version_number_once",
        lambda: create(number=1, client_uuid=uuid4(), **copy),
    )
    refused(
        "client_uuid",
        lambda: create(number=2, client_uuid=version.client_uuid, **copy),
    )


def test_events_are_written_once(report: MonthlyReport) -> None:
    events = MonthlyEvent.objects.filter(slot=report.slot)
    for write in (lambda: events.update(note="x"), events.delete):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
        ):
            write()


def test_hostile_input_is_refused_beside_the_field_and_changes_nothing(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    before, post = rows_of(slot), filled(client, slot)
    for typed in HOSTILE:
        page = client.post(
            url("report_fill", slot), post | dict.fromkeys(FIGURES, typed)
        )
        assert set(page.context["form"].errors) == set(FIGURES), typed
        assert "<script>alert" not in page.content.decode()
    assert rows_of(slot) == before


@pytest.mark.parametrize("name", ["client_uuid", "version"])
def test_a_changed_hidden_field_is_refused(
    slot: ReportSlot, signed_in: SignedIn, name: str
) -> None:
    client = signed_in("official")
    before, post = rows_of(slot), filled(client, slot, returns_known=3)
    for typed in [*HOSTILE, ""]:
        page = client.post(url("report_fill", slot), post | {name: typed})
        assert page.status_code == 200, typed
        assert page.context["form"]["returns_known"].value() == "3"
    assert rows_of(slot) == before


def test_hostile_words_in_a_reason_stay_words(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    official = dataset.user("official")
    client = signed_in("pimpasa")
    for seen, typed in enumerate(HOSTILE):
        slot.refresh_from_db()
        if slot.status != "submitted":
            report = MonthlyReport.objects.filter(slot=slot).first()
            send(slot, official, seen=report.version if report else 0)
        client.post(url("report_return", slot), {"reason": typed})
        page = client.get(url("report_detail", slot)).content.decode()
        note = slot.events.latest("recorded_at", "pk").note
        assert all(escape(line) in page for line in note.splitlines()), seen
        assert "<script>alert" not in page


def test_hostile_filters_answer_a_list(slot: ReportSlot, signed_in: SignedIn) -> None:
    client = signed_in("kanwil")
    names = ("cari", "bulan", "status", "kantor", "urut", "setelah")
    for typed in HOSTILE:
        page = client.get("/laporan/bulanan/", dict.fromkeys(names, typed[:1000]))
        assert page.status_code == 200, typed


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", 0),
        ("  12 ", 12),
        ("1.250", 1250),
        ("1,250", 1250),
        ("1 250", 1250),
        ("10.000", 10_000),
        ("007", 7),
    ],
)
def test_figures_are_read_as_people_write_them(
    slot: ReportSlot, typed: str, value: int
) -> None:
    field = ReportFiguresForm(slot=slot).fields["people_reached"]
    assert field.clean(typed) == value


FORBIDDEN = {
    "slot": 1,
    "status": "verified",
    "office": 1,
    "village": 1,
    "entered_by": 1,
    "verified_by": 1,
    "verified_at": "2024-01-01",
    "submitted_at": "2024-01-01",
    "occurred_at": "2024-01-01",
    "number": 9,
    "month": "2024-01-01",
    "due_on": "2030-01-01",
    "excuse": "x",
    "is_nil": "on",
    "channel": "whatsapp",
    "acting_user": 1,
}


def test_forbidden_fields_in_a_post_are_not_heard(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    client.post(
        url("report_fill", slot), filled(client, slot, returns_known=3) | FORBIDDEN
    )
    report = MonthlyReport.objects.get()
    slot.refresh_from_db()
    assert (slot.status, slot.excuse) == ("submitted", "")
    assert (report.slot, report.entered_by) == (slot, dataset.people["official"])
    assert (report.is_nil, report.channel, report.verified_by) == (
        False,
        "portal",
        None,
    )
    assert report.versions.get().number == 1
    assert slot.events.get().occurred_at == report.submitted_at


@pytest.mark.parametrize(
    ("name", "person", "state", "message"),
    [
        ("report_verify", "pimpasa", "submitted", {"version": 1}),
        ("report_return", "kanwil", "submitted", {"reason": "Cek."}),
        ("report_request_correction", "official", "verified", {"reason": "Cek."}),
        ("report_excuse", "serang", "open", {"reason": "Cek."}),
    ],
)
def test_forbidden_fields_do_not_bend_a_verb(
    dataset: Dataset,
    slot: ReportSlot,
    signed_in: SignedIn,
    name: str,
    person: str,
    state: str,
    message: dict[str, object],
) -> None:
    bring_to(dataset, slot, state)
    latest = slot.events.order_by("-pk").values_list("pk", flat=True).first()
    seen = {"seen": latest or 0}
    signed_in(person).post(url(name, slot), FORBIDDEN | seen | message)
    event = slot.events.latest("recorded_at", "pk")
    slot.refresh_from_db()
    assert event.actor == dataset.people[person]
    assert slot.status == event.to_status
    assert slot.village.name == "Lontar"
