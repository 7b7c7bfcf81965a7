"""The pages of a month: who sees them, what they lead to, what they cost."""

import pytest
from django.urls import reverse

from reports.monthly import services as monthly_services
from reports.monthly.models import FIGURES, MonthlyReport, ReportSlot, ReportVersion
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.monthly.months import (
    EARLIER,
    SignedIn,
    bring_to,
    filled,
    make_slot,
    rows_of,
    send,
    url,
)


def test_a_village_sends_its_month_and_sees_the_receipt(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    post = filled(client, slot, people_reached="1.250", returns_known="")
    answer = client.post(url("report_fill", slot), post, follow=True)
    report = MonthlyReport.objects.get()
    assert answer.redirect_chain == [(url("report_receipt", slot), 302)]
    assert f"LB-{slot.month:%m%y}-{report.pk:04d}" in answer.content.decode()
    assert (report.people_reached, report.returns_known) == (1250, 0)


def test_a_second_click_leads_to_the_same_receipt(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=3)
    for _click in range(3):
        answer = client.post(url("report_fill", slot), post, follow=True)
        assert answer.redirect_chain[-1][0] == url("report_receipt", slot)
    assert "Tidak ada data ganda" in answer.content.decode()
    assert ReportVersion.objects.count() == 1


def test_other_figures_in_the_same_form_are_refused_and_then_replace(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=3)
    client.post(url("report_fill", slot), post)
    before = rows_of(slot)
    response = client.post(url("report_fill", slot), post | {"returns_known": 5})
    assert "sudah kami terima" in response.content.decode()
    assert rows_of(slot) == before
    form = response.context["form"]
    again = post | {name: form[name].value() for name in ("client_uuid", "version")}
    client.post(url("report_fill", slot), again | {"returns_known": 5})
    assert ReportVersion.objects.count() == 2


def test_one_tap_sends_a_nil_report(slot: ReportSlot, signed_in: SignedIn) -> None:
    client = signed_in("official")
    page = client.get(url("report_fill", slot))
    form = page.context["nil_form"]
    post = {name: form[name].value() for name in ("client_uuid", "version")}
    answer = client.post(url("report_nil", slot), post)
    assert answer.url == url("report_receipt", slot)
    assert MonthlyReport.objects.get().is_nil


def test_the_nil_page_asks_and_get_changes_nothing(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    before = rows_of(slot)
    page = signed_in("official").get(url("report_nil", slot))
    assert "Kirim laporan nihil" in page.content.decode()
    assert rows_of(slot) == before


def test_a_draft_is_kept_and_goes_on(slot: ReportSlot, signed_in: SignedIn) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=7)
    client.post(url("report_save_draft", slot), post)
    assert client.get(url("report_fill", slot)).context["form"]["returns_known"].value()
    assert MonthlyReport.objects.get().draft == {"returns_known": "7"}
    slot.refresh_from_db()
    assert slot.status == "draft"


def test_last_months_figures_are_shown_beside_the_fields(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    september = make_slot(slot.village, EARLIER)
    send(september, dataset.user("official"), job_offers_heard=17)
    page = signed_in("official").get(url("report_fill", slot)).content.decode()
    assert "Bulan lalu: 17." in page
    assert "Bulan lalu: 0." in page


def test_last_months_figures_stay_on_a_form_with_a_mistake(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    earlier = make_slot(slot.village, EARLIER)
    send(earlier, dataset.user("official"), job_offers_heard=17)
    for name, person in (("report_fill", "official"), ("report_on_behalf", "serang")):
        client = signed_in(person)
        opened = sent_form(client.get(url(name, slot)))
        page = client.post(url(name, slot), opened | {"returns_known": "dua"})
        assert page.context["form"].errors["returns_known"]
        assert "Bulan lalu: 17." in page.content.decode(), name


def test_a_blank_form_is_asked_about_and_sent_as_nil(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    for typed in ("", "0"):
        post = filled(client, slot) | dict.fromkeys(FIGURES, typed)
        page = client.post(url("report_fill", slot), post)
        assert "Tidak ada kegiatan atau kejadian" in page.content.decode()
        assert not ReportVersion.objects.exists()
    answer = client.post(url("report_nil", slot), sent_form(page), follow=True)
    assert MonthlyReport.objects.get().is_nil
    assert "Laporan nihil" in answer.content.decode()


def test_an_officer_does_not_send_a_blank_form_either(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("pimpasa")
    opened = sent_form(client.get(url("report_on_behalf", slot)))
    page = client.post(url("report_on_behalf", slot), opened | {"channel": "paper"})
    assert page.context["form"].errors["is_nil"]
    assert not ReportVersion.objects.exists()


def test_a_draft_keeps_blanks_contradictions_and_words(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    typed = {
        "departures_known": "1",
        "departures_undocumented": "4",
        "returns_known": "",
        "people_reached": "sekitar 40",
    }
    post = filled(client, slot) | typed
    client.post(url("report_save_draft", slot), post)
    again = sent_form(client.get(url("report_fill", slot)))
    assert {name: again[name] for name in typed} == typed
    page = client.get(url("report_detail", slot)).content.decode()
    assert "sekitar 40" in page
    sent = client.post(url("report_fill", slot), again)
    errors = sent.context["form"].errors
    assert set(errors) == {"departures_undocumented", "people_reached"}


def test_an_officer_neither_reads_nor_sends_the_draft_of_a_village(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("pimpasa")
    before = sent_form(client.get(url("report_on_behalf", slot)))
    village = signed_in("official")
    village.post(
        url("report_save_draft", slot), filled(village, slot, people_reached="1.987")
    )
    assert "1.987" not in client.get(url("report_detail", slot)).content.decode()
    assert "1.987" in village.get(url("report_detail", slot)).content.decode()
    page = client.get(url("report_on_behalf", slot))
    assert "Desa sudah menyimpan draf dan belum mengirimnya" in page.content.decode()
    opened = sent_form(page)
    assert {opened[name] for name in FIGURES} == {""}
    stale = before | {"channel": "paper", "returns_known": "2"}
    answer = client.post(url("report_on_behalf", slot), stale)
    assert answer.context["form"].stale
    assert "1.987" not in answer.content.decode()
    assert "Bandingkan" not in answer.content.decode(), "there is nothing to compare"
    client.post(url("report_on_behalf", slot), sent_form(answer))
    report = MonthlyReport.objects.get()
    assert (report.people_reached, report.returns_known) == (0, 2)


def test_an_officer_corrects_what_a_village_has_sent(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    bring_to(dataset, slot, "returned")
    page = signed_in("pimpasa").get(url("report_on_behalf", slot))
    sent = MonthlyReport.objects.get().figures
    assert {name: int(sent_form(page)[name] or 0) for name in sent} == sent
    assert "menyimpan draf" not in page.content.decode()


def test_a_nil_report_over_figures_is_asked_first(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    one_tap = client.get(url("report_fill", slot)).context["nil_form"]
    client.post(url("report_save_draft", slot), filled(client, slot, returns_known="5"))
    post = {name: one_tap[name].value() for name in ("client_uuid", "version")}
    page = client.post(url("report_nil", slot), post)
    assert MonthlyReport.objects.get().draft == {"returns_known": "5"}
    assert page.context["form"].errors["drops_figures"]
    fill = client.get(url("report_fill", slot)).content.decode()
    assert f'action="{url("report_nil", slot)}"' not in fill
    again = sent_form(client.get(url("report_nil", slot)))
    client.post(url("report_nil", slot), again | {"drops_figures": "on"})
    report = MonthlyReport.objects.get()
    assert (report.is_nil, report.draft, report.returns_known) == (True, {}, 0)


def test_a_stale_form_is_refused_keeps_its_text_and_can_be_sent_again(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=3)
    monthly_services.save_draft(
        slot,
        typed={"returns_known": "8"},
        seen=0,
        acting_user=dataset.user("official"),
    )
    before = rows_of(slot)
    page = client.post(url("report_fill", slot), post)
    assert "Contoh official" in page.content.decode()
    assert page.context["form"].changes[0]["theirs"] == "8"
    assert page.context["form"]["returns_known"].value() == "3"
    assert rows_of(slot) == before
    version = page.context["form"]["version"].value()
    number = page.context["form"]["client_uuid"].value()
    again = post | {"version": version, "client_uuid": number}
    assert client.post(url("report_fill", slot), again).status_code == 302


def test_a_verified_month_leads_to_its_page(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("official")
    post = filled(client, slot, returns_known=3)
    bring_to(dataset, slot, "verified")
    before = rows_of(slot)
    for answer in (
        client.get(url("report_fill", slot)),
        client.post(url("report_nil", slot), post),
        client.post(url("report_fill", slot), post | {"returns_known": ""}),
    ):
        assert (answer.status_code, answer.url) == (302, url("report_detail", slot))
    for name in ("report_fill", "report_save_draft"):
        answer = client.post(url(name, slot), post)
        assert (answer.status_code, answer.context["onward"]) == (
            409,
            url("report_detail", slot),
        )
        assert "Warga yang pulang" in answer.content.decode()
    assert rows_of(slot) == before


def test_an_officer_enters_what_the_village_reported(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("pimpasa")
    page = client.get(url("report_on_behalf", slot))
    post = {
        "client_uuid": page.context["form"]["client_uuid"].value(),
        "version": "0",
        "channel": "whatsapp",
        "received_on": f"{slot.month:%Y-%m}-17",
        "returns_known": "2",
    }
    answer = client.post(url("report_on_behalf", slot), post)
    report = MonthlyReport.objects.get()
    assert answer.url == url("report_receipt", slot)
    assert (report.channel, report.returns_known) == ("whatsapp", 2)
    assert slot.events.get().occurred_at.date() == slot.month.replace(day=17)
    detail = client.get(url("report_detail", slot)).content.decode()
    assert "Rekan Anda memverifikasinya" in detail


# --- Checking ----------------------------------------------------------------


def test_the_figures_are_shown_before_the_button_that_verifies_them(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    bring_to(dataset, slot, "submitted")
    page = signed_in("serang").get(url("report_detail", slot)).content.decode()
    button = page.index(f'action="{url("report_verify", slot)}"')
    assert page.index("<table") < page.index("</table>") < button


def test_verifying_leads_to_the_next_report_that_waits(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    other = make_slot(dataset.villages["lontar"], EARLIER)
    for one in (slot, other):
        send(one, dataset.user("official"))
    client = signed_in("pimpasa")
    assert client.get(reverse("monthly:report_next")).url == url("report_detail", other)
    first = client.post(url("report_verify", other), {"version": 1})
    assert first.url == url("report_detail", slot)
    last = client.post(url("report_verify", slot), {"version": 1})
    assert last.url == reverse("monthly:report_list")


def test_a_returned_report_says_why_and_is_sent_again(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    send(slot, dataset.user("official"))
    checker, address = signed_in("kanwil"), url("report_return", slot)
    reason = {"reason": "Angka kepulangan <b>janggal</b>."}
    checker.post(address, sent_form(checker.get(address)) | reason)
    client = signed_in("official")
    page = client.get(url("report_fill", slot))
    assert "janggal" in page.content.decode()
    assert "<b>janggal" not in page.content.decode()
    client.post(url("report_fill", slot), filled(client, slot, returns_known=1))
    receipt = client.get(url("report_receipt", slot)).context["receipt_number"]
    assert receipt.endswith("/2")


@pytest.mark.parametrize("verb", ["return_report", "request_correction"])
def test_a_reason_given_meanwhile_is_read_before_figures_are_sent(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn, verb: str
) -> None:
    official, checker = dataset.user("official"), dataset.user("serang")
    send(slot, official)
    client, address = signed_in("official"), url("report_fill", slot)
    typed = filled(client, slot, returns_known=575)
    if verb == "return_report":
        by = checker
    else:
        monthly_services.verify(slot, seen=1, acting_user=checker)
        by = official
    getattr(monthly_services, verb)(slot, reason="Angka janggal.", acting_user=by)
    answer = client.post(address, typed)
    content = answer.content.decode()
    assert answer.context["form"].stale.who == str(by)
    assert "Angka janggal." in content
    assert slot.report.versions.count() == 1
    again = {name: answer.context["form"][name].value() or "" for name in typed}
    assert again["returns_known"] == "575"
    client.post(address, again)
    assert slot.report.versions.count() == 2


def test_a_verified_report_can_be_corrected(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    bring_to(dataset, slot, "verified")
    client, address = signed_in("official"), url("report_request_correction", slot)
    reason = {"reason": "Salah tulis."}
    answer = client.post(address, sent_form(client.get(address)) | reason)
    assert answer.url == url("report_fill", slot)
    slot.refresh_from_db()
    assert slot.status == "correction_requested"


def test_an_excused_month_shows_its_reason(
    slot: ReportSlot, signed_in: SignedIn
) -> None:
    client = signed_in("serang")
    client.post(url("report_excuse", slot), {"reason": "Banjir besar."})
    page = client.get(url("report_detail", slot)).content.decode()
    assert "Banjir besar." in page


@pytest.mark.parametrize("name", ["report_return", "report_excuse"])
def test_a_missing_reason_is_refused(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn, name: str
) -> None:
    if name == "report_return":
        send(slot, dataset.user("official"))
    before = rows_of(slot)
    page = signed_in("serang").post(url(name, slot), {"reason": "   "})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert rows_of(slot) == before


def test_a_reason_for_a_report_that_a_colleague_verified_first_stays(
    dataset: Dataset, slot: ReportSlot, signed_in: SignedIn
) -> None:
    send(slot, dataset.user("official"))
    client = signed_in("serang")
    opened = sent_form(client.get(url("report_return", slot)))
    monthly_services.verify(slot, seen=1, acting_user=dataset.user("pimpasa"))
    typed = opened | {"reason": "Angka kepulangan belum cocok."}
    page = client.post(url("report_return", slot), typed)
    assert page.status_code == 409
    assert "Angka kepulangan belum cocok." in page.content.decode()
    slot.refresh_from_db()
    assert slot.status == "verified"
