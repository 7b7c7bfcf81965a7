"""What an ending assignment leaves, and an officer's year."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desabinaan.accounts.access import Role
from reports.monthly.models import MonthlyReport, ReportSlot
from tests.dataset import Dataset, assign
from tests.monthly import months
from tests.plan import reporting as telling
from villages.outreach.models import OutreachActivity
from villages.places.models import ActivityKind
from villages.register.models import Assignment

TODAY = timezone.localdate()


def assignment_of(
    dataset: Dataset, person: str = "pimpasa", village: str = "lontar"
) -> Assignment:
    return Assignment.objects.get(
        user=dataset.people[person], village=dataset.villages[village]
    )


def handover(dataset: Dataset, person: str = "pimpasa", village: str = "lontar") -> str:
    pk = assignment_of(dataset, person, village).pk
    return f"/desa/{dataset.villages[village].code}/petugas/{pk}/serah-terima/"


def activity(
    dataset: Dataset, *officers: str, day: date, status: str = "done", village="lontar"
) -> OutreachActivity:
    kind, _new = ActivityKind.objects.get_or_create(name="Sambang desa")
    start = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
    made = OutreachActivity.objects.create(
        kind=kind, pillar="knowledge", office=dataset.serang, starts_at=start,
        status=status, created_by=dataset.people["serang"],
        participants=2, men=1, women=1, cancel_reason="Banjir",
    )  # fmt: skip
    made.officers.set([dataset.people[name] for name in officers])
    made.places.create(
        village=dataset.villages[village], held_on=day if status == "done" else None
    )
    return made


def test_a_handover_lists_what_stays_open(busy: Dataset, signed_in):
    activity(busy, "pimpasa", day=TODAY + timedelta(days=9), status="planned")
    activity(busy, "pimpasa", day=TODAY - timedelta(days=9))
    [left] = signed_in("serang").get(handover(busy)).context["handover"].villages
    assert left.village == busy.villages["lontar"]
    assert [report["state"] for report in left.reports] == ["terkirim", "terlambat"]
    assert [action.status for action in left.actions] == [
        "in_progress",
        "reported_done",
    ]
    assert [one.status for one in left.activities] == ["planned"]
    assert not left.successors


def test_what_is_finished_is_not_handed_over(busy: Dataset, signed_in):
    ReportSlot.objects.update(status="verified")
    for action in busy.villages["lontar"].actions.all():
        action.action_villages.update(status="done")
        type(action).objects.filter(pk=action.pk).update(status="cancelled")
    page = signed_in("serang").get(handover(busy))
    assert page.context["handover"].villages[0].is_clear
    assert "Tidak ada yang tertunda di sini" in page.content.decode()


def test_colleagues_and_those_who_come_next_inherit(busy: Dataset, signed_in):
    lontar, end = busy.villages["lontar"], TODAY + timedelta(days=10)
    Assignment.objects.filter(pk=assignment_of(busy).pk).update(ends_on=end)
    following = end + timedelta(days=1)
    people = busy.people
    assign(people["serang2"], Role.PIMPASA, village=lontar, starts_on=following)
    assign(people["nobody"], Role.PIMPASA, village=lontar, ends_on=TODAY)
    assign(people["triage"], Role.VILLAGE_OFFICIAL, village=lontar)
    [left] = signed_in("serang").get(handover(busy)).context["handover"].villages
    assert [successor.user for successor in left.successors] == [people["serang2"]]


def test_the_villages_of_one_letter_are_handed_over_together(busy: Dataset, signed_in):
    assign(busy.people["pimpasa"], Role.PIMPASA, village=busy.villages["tengkurak"])
    assign(busy.people["pimpasa"], Role.PIMPASA, village=busy.villages["kronjo"])
    found = signed_in("serang").get(handover(busy)).context["handover"].villages
    assert [left.village.name for left in found] == ["Lontar", "Tengkurak"]


def renewed(dataset: Dataset, end: date, starts_on: date) -> str:
    """Lontar's officer serves until `end` and by another letter from `starts_on`."""
    pimpasa, lontar = dataset.people["pimpasa"], dataset.villages["lontar"]
    address = handover(dataset)
    Assignment.objects.filter(pk=assignment_of(dataset).pk).update(ends_on=end)
    later = assign(pimpasa, Role.PIMPASA, village=lontar, starts_on=starts_on)
    Assignment.objects.filter(pk=later.pk).update(letter_number="ST-2/2027")
    return address


def test_whoever_goes_on_by_another_letter_is_named_with_it(busy, signed_in):
    end = TODAY + timedelta(days=10)
    page = signed_in("serang").get(renewed(busy, end, end + timedelta(days=1)))
    found, html = page.context["handover"], page.content.decode()
    assert "Contoh pimpasa tetap bertugas di sini dengan surat ST-2/2027" in html
    assert "Belum ada pengganti" not in html
    assert "Sementara itu" not in html
    assert not found.without_successor
    assert not found.villages[0].successors
    assert "Yang menyerahkan" not in html


def test_who_begins_after_a_gap_is_named_with_the_day(busy: Dataset, signed_in):
    lontar, end = busy.villages["lontar"], TODAY + timedelta(days=10)
    Assignment.objects.filter(pk=assignment_of(busy).pk).update(ends_on=end)
    for name, days in (("triage", 9), ("serang2", 5)):
        begins = end + timedelta(days=days)
        assign(busy.people[name], Role.PIMPASA, village=lontar, starts_on=begins)
    page = signed_in("serang").get(handover(busy))
    [left] = page.context["handover"].villages
    assert [successor.user for successor in left.successors] == [busy.people["serang2"]]
    assert left.has_gap
    assert "Sementara itu" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("serang", 200), ("kanwil", 200), ("pimpasa", 200), ("official", 403),
        ("auditor", 403), ("tangerang", 404), ("mixed", 404),
    ],
)  # fmt: skip
def test_a_handover_is_read_by_the_office_and_by_the_officer(
    busy, signed_in, name, status
):
    page = signed_in(name).get(handover(busy))
    assert page.status_code == status
    if status == 200:
        assert page.context["handover"].may_end == (name != "pimpasa")


def test_an_assignment_of_another_village_is_not_handed_over_here(busy, signed_in):
    pk = assignment_of(busy, "pimpasa_kronjo", "kronjo").pk
    address = f"/desa/36.04.13.2007/petugas/{pk}/serah-terima/"
    assert signed_in("kanwil").get(address).status_code == 404


def test_an_ended_assignment_is_only_read(busy: Dataset, signed_in):
    Assignment.objects.filter(pk=assignment_of(busy).pk).update(
        ends_on=date(2025, 2, 1)
    )
    page = signed_in("serang").get(handover(busy))
    html = page.content.decode()
    assert "/selesai/" not in html
    assert "Penugasan ini berakhir pada 1 Februari 2025" in html
    assert "Yang menyerahkan" not in html


@pytest.mark.parametrize(("days", "signed"), [(-1, True), (30, True), (31, False)])
def test_a_handover_is_signed_until_a_month_afterwards(busy, signed_in, days, signed):
    end = TODAY - timedelta(days=days)
    Assignment.objects.filter(pk=assignment_of(busy).pk).update(
        starts_on=end - timedelta(days=5), ends_on=end
    )
    html = signed_in("serang").get(handover(busy)).content.decode()
    assert ("Yang menyerahkan" in html) == signed
    assert ("Penugasan ini berakhir pada" in html) == (days > 0)


def test_what_ended_long_ago_names_who_serves_today(busy: Dataset, signed_in):
    Assignment.objects.filter(pk=assignment_of(busy).pk).update(
        ends_on=date(2025, 2, 1)
    )
    lontar, people = busy.villages["lontar"], busy.people
    left, begun = date(2025, 12, 31), date(2026, 1, 1)
    assign(people["serang"], Role.PIMPASA, village=lontar, ends_on=left)
    assign(people["serang2"], Role.PIMPASA, village=lontar, starts_on=begun)
    [found] = signed_in("serang").get(handover(busy)).context["handover"].villages
    assert [successor.user for successor in found.successors] == [people["serang2"]]


# --- The officer's year ------------------------------------------------------


def recap(client, dataset: Dataset, name: str = "pimpasa"):
    return client.get(f"/rekap/petugas/{dataset.people[name].pk}/")


def test_visits_are_counted_per_village_and_person(busy: Dataset, signed_in):
    activity(busy, "pimpasa", "serang2", day=TODAY - timedelta(days=40))
    activity(busy, "serang2", day=TODAY - timedelta(days=5))
    activity(busy, "pimpasa", day=TODAY - timedelta(days=500))
    activity(busy, "pimpasa", day=TODAY - timedelta(days=6), village="tengkurak")
    activity(busy, "pimpasa", day=TODAY + timedelta(days=5), status="planned")
    [served] = recap(signed_in("serang"), busy).context["recap"].served
    assert served.visits.own == 1
    assert served.visits.last == TODAY - timedelta(days=5)
    assert not served.is_waiting


def test_a_village_without_a_visit_for_ninety_days_waits(busy: Dataset, signed_in):
    assign(busy.people["pimpasa"], Role.PIMPASA, village=busy.villages["tengkurak"])
    pulo = busy.villages["pulopanjang"]
    assign(busy.people["pimpasa"], Role.PIMPASA, village=pulo, starts_on=TODAY)
    activity(busy, "pimpasa", day=TODAY - timedelta(days=91))
    activity(busy, "serang", day=TODAY - timedelta(days=90), village="tengkurak")
    found = recap(signed_in("pimpasa"), busy).context["recap"]
    assert [one.village.name for one in found.waiting] == ["Lontar"]
    names = [one.village.name for one in found.served]
    assert names == ["Pulo Panjang", "Lontar", "Tengkurak"]


def test_the_median_of_the_hours_until_verification(busy: Dataset, signed_in):
    sent = timezone.now() - timedelta(days=20)
    for back, hours in ((2, 1), (3, 5), (4, 100)):
        slot = months.make_slot(busy.villages["lontar"], months.EARLIER.replace(
            year=months.EARLIER.year - back
        ))  # fmt: skip
        months.bring_to(busy, slot, "verified")
        MonthlyReport.objects.filter(slot=slot).update(
            verified_by=busy.people["pimpasa"],
            submitted_at=sent,
            verified_at=sent + timedelta(hours=hours),
        )
    found = recap(signed_in("serang"), busy).context["recap"]
    assert (found.verified.count, found.median_hours) == (3, 5)
    assert "median 5 jam" in recap(signed_in("pimpasa"), busy).content.decode()


@pytest.mark.parametrize(
    ("hours", "message"), [(47.5, "48 jam"), (48.5, "3 hari"), (179, "8 hari")]
)
def test_more_than_two_days_are_shown_in_days(busy, signed_in, hours, message):
    slot = ReportSlot.objects.get(village=busy.villages["lontar"], month=months.MONTH)
    months.bring_to(busy, slot, "verified")
    sent = timezone.now() - timedelta(days=20)
    MonthlyReport.objects.filter(slot__status="verified").update(
        verified_by=busy.people["pimpasa"],
        submitted_at=sent,
        verified_at=sent + timedelta(hours=hours),
    )
    page = recap(signed_in("serang"), busy).content.decode()
    assert f"median {message}" in page


def test_old_and_unfinished_verifications_do_not_count(busy: Dataset, signed_in):
    MonthlyReport.objects.update(
        verified_by=busy.people["pimpasa"], verified_at=timezone.now()
    )
    found = recap(signed_in("serang"), busy).context["recap"]
    assert (found.verified.count, found.median_hours) == (0, None)


@pytest.mark.parametrize(
    ("reader", "officer", "status"),
    [
        ("pimpasa", "pimpasa", 200),
        ("serang", "pimpasa", 200),
        ("kanwil", "pimpasa", 200),
        ("mixed", "mixed", 200),
        ("tangerang", "pimpasa", 404),
        ("pimpasa_kronjo", "mixed", 404),
        ("auditor", "pimpasa", 404),
        ("official", "pimpasa", 404),
        ("official", "official", 404),
        ("serang", "serang", 404),
        ("admin", "pimpasa", 404),
    ],
)
def test_a_recap_is_read_by_the_officer_and_the_office(
    busy, signed_in, reader, officer, status
):
    assert recap(signed_in(reader), busy, officer).status_code == status


def test_an_office_reads_of_an_officer_only_its_own_villages(busy: Dataset, signed_in):
    assign(busy.people["pimpasa"], Role.PIMPASA, village=busy.villages["kronjo"])
    found = recap(signed_in("serang"), busy).context["recap"]
    assert [one.village.name for one in found.served] == ["Lontar"]
    assert len(recap(signed_in("pimpasa"), busy).context["recap"].served) == 2


def test_the_officer_finds_the_own_recap_on_the_home_page(busy: Dataset, signed_in):
    address = f"/rekap/petugas/{busy.people['pimpasa'].pk}/"
    assert address in signed_in("pimpasa").get("/").content.decode()
    assert "/rekap/petugas/" not in signed_in("serang").get("/").content.decode()


@pytest.mark.parametrize("page", ["handover", "recap"])
def test_a_page_takes_the_same_queries_for_many_rows(busy, signed_in, many, page):
    address = handover(busy)
    if page == "recap":
        address = f"/rekap/petugas/{busy.people['pimpasa'].pk}/"
    client = signed_in("serang")
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    many()
    telling.action(busy, due_on=TODAY)
    for name in ("tengkurak", "pulopanjang"):
        assign(busy.people["pimpasa"], Role.PIMPASA, village=busy.villages[name])
        for days in (3, -3):
            status = "done" if days > 0 else "planned"
            day = TODAY - timedelta(days=days)
            activity(busy, "pimpasa", day=day, status=status, village=name)
    with CaptureQueriesContext(connection) as lots:
        client.get(address)
    assert len(lots) == len(few) <= 13
