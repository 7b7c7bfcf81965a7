"""One sending, one version, one receipt, however often it arrives."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from reports.monthly import services as monthly_services
from reports.monthly.models import MonthlyReport, ReportSlot, ReportVersion
from reports.monthly.workflow import REPORT
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.monthly.months import EARLIER, bring_to, make_slot, rows_of, send


def test_the_receipt_names_month_report_and_repetition(
    dataset: Dataset, slot: ReportSlot
) -> None:
    first = send(slot, dataset.user("official")).version
    report = first.report_id
    assert first.receipt_number == f"LB-{slot.month:%m%y}-{report:04d}"
    monthly_services.return_report(
        slot, reason="Cek.", acting_user=dataset.user("kanwil")
    )
    second = send(slot, dataset.user("official"), seen=2).version
    assert second.receipt_number == f"LB-{slot.month:%m%y}-{report:04d}/2"


def test_a_repeated_sending_answers_with_the_first_and_changes_nothing(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official, number = dataset.user("official"), uuid4()
    post = {"figures": {"returns_known": 4}, "client_uuid": number, "seen": 0}
    first = monthly_services.submit(slot, acting_user=official, **post)
    before = rows_of(slot)
    second = monthly_services.submit(slot, acting_user=official, **post)
    assert second.is_repeat
    assert second.version == first.version
    assert rows_of(slot) == before


def test_the_same_figures_in_a_new_form_make_no_second_version(
    dataset: Dataset, slot: ReportSlot
) -> None:
    """Browsers that ask for the page again after "Back" give the form a new number."""
    official = dataset.user("official")
    first = send(slot, official, returns_known=4)
    before = rows_of(slot)
    again = send(slot, official, seen=1, returns_known=4)
    assert (again.is_repeat, again.version) == (True, first.version)
    assert rows_of(slot) == before
    other = send(slot, official, seen=1, returns_known=5)
    assert send(slot, official, seen=2, returns_known=4).version.number == 3
    assert other.version.number == 2


@pytest.mark.parametrize("status", ["returned", "verified", "correction_requested"])
def test_a_sending_that_arrives_again_later_changes_nothing(
    dataset: Dataset, slot: ReportSlot, status: str
) -> None:
    bring_to(dataset, slot, status)
    version = ReportVersion.objects.get()
    before = rows_of(slot)
    again = monthly_services.submit(
        slot,
        figures=version.figures,
        client_uuid=version.client_uuid,
        seen=0,
        acting_user=dataset.user("official"),
    )
    assert again.is_repeat
    assert rows_of(slot) == before


def test_other_figures_with_the_same_number_are_refused(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official = dataset.user("official")
    first = send(slot, official).version
    before = rows_of(slot)
    with pytest.raises(ValidationError):
        monthly_services.submit(
            slot,
            figures={"returns_known": 99},
            client_uuid=first.client_uuid,
            seen=1,
            acting_user=official,
        )
    assert rows_of(slot) == before


def test_a_number_used_for_another_month_is_refused(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official = dataset.user("official")
    other = make_slot(slot.village, EARLIER)
    number = send(other, official).version.client_uuid
    before = rows_of(slot)
    with pytest.raises(IllegalTransition):
        monthly_services.submit_nil(
            slot, client_uuid=number, seen=0, acting_user=official
        )
    assert rows_of(slot) == before


def test_a_nil_report_has_no_figures_even_after_a_draft(
    dataset: Dataset, slot: ReportSlot
) -> None:
    official = dataset.user("official")
    monthly_services.save_draft(
        slot, typed={"returns_known": "5"}, seen=0, acting_user=official
    )
    nil = partial(
        monthly_services.submit_nil, slot, client_uuid=uuid4(), acting_user=official
    )
    with pytest.raises(ValidationError):
        nil(seen=1)
    nil(seen=1, drops_figures=True)
    report = MonthlyReport.objects.get(slot=slot)
    assert (report.is_nil, report.returns_known) == (True, 0)


def test_what_happened_on_paper_keeps_its_day(
    dataset: Dataset, slot: ReportSlot
) -> None:
    then = timezone.now() - timedelta(days=9)
    monthly_services.submit_nil(
        slot,
        client_uuid=uuid4(),
        seen=0,
        acting_user=dataset.user("official"),
        occurred_at=then,
    )
    event = slot.events.get()
    assert event.occurred_at == then < event.recorded_at
    assert MonthlyReport.objects.get(slot=slot).submitted_at == then


def test_the_channel_marks_what_was_entered_for_the_village(
    dataset: Dataset, slot: ReportSlot
) -> None:
    monthly_services.enter_on_behalf(
        slot,
        figures={"returns_known": 2},
        is_nil=False,
        channel="telephone",
        client_uuid=uuid4(),
        seen=0,
        acting_user=dataset.user("pimpasa"),
    )
    report = MonthlyReport.objects.get(slot=slot)
    assert report.is_on_behalf
    assert report.versions.get().channel == "telephone"


@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_make_one_version(dataset: Dataset, slot: ReportSlot) -> None:
    number = uuid4()

    def post(user: User) -> tuple[int, bool]:
        try:
            sent = monthly_services.submit(
                slot,
                figures={"returns_known": 4},
                client_uuid=number,
                seen=0,
                acting_user=user,
            )
            return sent.version.pk, sent.is_repeat
        finally:
            connection.close()

    people = [dataset.user("official") for _ in range(10)]
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(post, people))
    assert len({version for version, _repeat in answers}) == 1
    assert sorted(repeat for _version, repeat in answers) == [False] + [True] * 9
    assert slot.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_ten_different_forms_at_once_one_wins(
    dataset: Dataset, slot: ReportSlot
) -> None:
    def post(given: tuple[int, User]) -> bool:
        try:
            send(slot, given[1], returns_known=given[0])
        except Exception as refusal:  # noqa: BLE001
            return type(refusal).__name__ == "StaleEdit"
        finally:
            connection.close()
        return False

    people = [(number, dataset.user("official")) for number in range(1, 11)]
    with ThreadPoolExecutor(10) as crowd:
        refused = list(crowd.map(post, people))
    assert refused.count(True) == 9
    assert ReportVersion.objects.count() == slot.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_verify_and_return_at_once_leave_one_event(
    dataset: Dataset, slot: ReportSlot
) -> None:
    send(slot, dataset.user("official"))
    operations = [
        lambda: monthly_services.verify(
            slot, seen=1, acting_user=dataset.user("serang")
        ),
        lambda: monthly_services.return_report(
            slot, reason="Cek.", acting_user=dataset.user("pimpasa")
        ),
    ] * 4

    def run(operation) -> bool:
        try:
            operation()
        except IllegalTransition:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as crowd:
        done = list(crowd.map(run, operations))
    assert done.count(True) == 1
    assert slot.events.count() == 2


def test_figures_sent_meanwhile_are_not_returned_unseen(
    dataset: Dataset, signed_in: Callable[[str], Client], slot: ReportSlot
) -> None:
    official, client = dataset.user("official"), signed_in("serang")
    send(slot, official, returns_known=4)
    url = reverse("monthly:report_return", args=[slot.village.code, slot.month])
    sent = sent_form(client.get(url)) | {"reason": "Angka 4 tidak cocok."}
    send(slot, official, seen=1, returns_known=575)
    answer = client.post(url, sent)
    slot.refresh_from_db()
    assert (slot.status, answer.status_code) == ("submitted", 200)
    for words in (sent["reason"], "575", str(official), "Laporan dikirim"):
        assert words in answer.content.decode(), words
    assert client.post(url, sent_form(answer)).status_code == 302
    slot.refresh_from_db()
    assert slot.status == "returned"


def test_a_correction_is_asked_of_the_figures_that_were_shown(
    dataset: Dataset, signed_in: Callable[[str], Client], slot: ReportSlot
) -> None:
    bring_to(dataset, slot, "verified")
    official, client = dataset.user("official"), signed_in("official")
    url = reverse(
        "monthly:report_request_correction", args=[slot.village.code, slot.month]
    )
    sent = sent_form(client.get(url)) | {"reason": "Angka 40 salah."}
    # A colleague has corrected it already, and it is verified again.
    monthly_services.request_correction(slot, reason="Salah.", acting_user=official)
    report = MonthlyReport.objects.get(slot=slot)
    send(slot, official, seen=report.version, people_reached=575)
    report.refresh_from_db()
    checker = dataset.user("serang")
    monthly_services.verify(slot, seen=report.version, acting_user=checker)
    answer = client.post(url, sent)
    slot.refresh_from_db()
    assert (slot.status, answer.status_code) == ("verified", 200)
    for words in (sent["reason"], "575", str(checker), "Laporan diverifikasi"):
        assert words in answer.content.decode(), words
    assert client.post(url, sent_form(answer)).status_code == 302
    slot.refresh_from_db()
    assert slot.status == "correction_requested"


def test_a_month_is_not_excused_after_a_draft_that_was_not_shown(
    dataset: Dataset, signed_in: Callable[[str], Client], slot: ReportSlot
) -> None:
    official, client = dataset.user("official"), signed_in("serang")
    url = reverse("monthly:report_excuse", args=[slot.village.code, slot.month])
    sent = sent_form(client.get(url)) | {"reason": "Banjir besar."}
    monthly_services.save_draft(slot, typed={}, seen=0, acting_user=official)
    answer = client.post(url, sent)
    slot.refresh_from_db()
    assert (slot.status, answer.status_code) == ("draft", 409)
    for words in (sent["reason"], str(official)):
        assert words in answer.content.decode(), words


def test_an_open_month_has_no_past_that_a_page_could_miss() -> None:
    assert ReportSlot.Status.OPEN not in {row.target for row in REPORT.values()}
    assert REPORT["excuse"].sources == {ReportSlot.Status.OPEN}


def test_a_draft_of_the_village_is_on_no_page_of_an_officer(
    dataset: Dataset, signed_in: Callable[[str], Client], slot: ReportSlot
) -> None:
    monthly_services.save_draft(
        slot,
        typed={"returns_known": "575"},
        seen=0,
        acting_user=dataset.user("official"),
    )
    url = reverse("monthly:report_return", args=[slot.village.code, slot.month])
    answer = signed_in("serang").post(url, {"reason": ""}, follow=True)
    assert "575" not in answer.content.decode()
