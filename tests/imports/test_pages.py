"""The pages of an import: upload, columns, choices, corrections and saving."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from desabinaan.accounts.models import User
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, decree, row
from tests.lib import sheets
from tests.lib.samples import pdf
from tests.uploads.buttons import answered, press, sent_columns
from villages.imports.columns import COLUMNS
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.register.models import Designation, Village


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


@pytest.fixture
def kanwil(dataset: Dataset) -> Client:
    client = Client()
    client.force_login(dataset.people["kanwil"])
    return client


def page(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def uploaded(client: Client, content: bytes) -> VillageImport:
    sent = client.post(page("imports:import_start"), {"file": lists.upload(content)})
    assert sent.status_code == 302
    return VillageImport.objects.get()


def previewed_list(client: Client, content: bytes) -> VillageImport:
    """Upload a list and accept the guessed columns."""
    listed = uploaded(client, content)
    form = client.get(page("imports:import_columns", listed.pk)).context["form"]
    answers = {name: form[name].initial for name in form.fields}
    client.post(page("imports:import_columns", listed.pk), answers)
    listed.refresh_from_db()
    return listed


def test_the_template_has_every_heading_that_is_known(kanwil: Client) -> None:
    answer: Any = kanwil.get(page("imports:import_template"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    headings = [cell.value for cell in list(book.active.iter_rows())[-1]]
    content = sheets.xlsx([headings, [f"isi {place}" for place in range(20)]])
    table = VILLAGE_LISTS.table_of(VILLAGE_LISTS.workbook_in(content))
    assert set(table.columns) == COLUMNS.keys() - {"code"}
    assert list(table.columns.values()) == list(range(len(table.columns)))


def test_an_export_comes_back_and_changes_nothing(kanwil: Client) -> None:
    answer: Any = kanwil.post(page("register:village_export"), {"bentuk": "xlsx"})
    listed = previewed_list(kanwil, b"".join(answer.streaming_content))
    assert set(listed.rows.values_list("check_result", flat=True)) == {"known"}
    shown = kanwil.get(page("imports:import_detail", listed.pk)).content.decode()
    assert "Tidak ada yang perlu disimpan dari daftar ini" in shown
    assert page("imports:import_commit", listed.pk) not in shown


def test_a_column_that_was_guessed_wrong_is_corrected(kanwil: Client) -> None:
    rows = [["Nama", "Wilayah"], ["Lontar", "Tirtayasa"]]
    sent = kanwil.post(
        page("imports:import_start"), {"file": lists.upload(sheets.xlsx(rows))}
    )
    assert sent.status_code == 200, "no heading is known"
    rows[0] = ["Nama", "Kecamatan"]
    listed = uploaded(kanwil, sheets.xlsx(rows))
    answers = {"kolom-0": "district", "kolom-1": "district"}
    twice = kanwil.post(page("imports:import_columns", listed.pk), answers)
    assert twice.status_code == 200
    assert twice.context["form"].errors
    answers = {"kolom-0": "village", "kolom-1": "district"}
    answers |= sent_columns(kanwil, VILLAGE_LISTS, listed)
    kanwil.post(page("imports:import_columns", listed.pk), answers)
    assert lists.only_row(listed).subject == "36.04.13.2007"


def test_remarks_are_shown_in_the_language_of_the_reader(kanwil: Client) -> None:
    rows = [["Desa", "Kecamatan"], ["Lontar", "=HYPERLINK(1)"]]
    listed = uploaded(kanwil, sheets.xlsx(rows))
    columns = page("imports:import_columns", listed.pk)
    assert "berisi rumus" in kanwil.get(columns).content.decode()
    sent = sent_columns(kanwil, VILLAGE_LISTS, listed)
    kanwil.post(columns, sent | {"kolom-0": "village", "kolom-1": "district"})
    User.objects.update(language="en")
    looked = kanwil.get(page("imports:import_detail", listed.pk)).content.decode()
    assert "The workbook contains formulas" in looked


def test_rows_are_settled_together_and_one_by_one(kanwil: Client) -> None:
    rows = [row(village="Lontar"), row(code=NEW[0], status="entah"), row(village="X")]
    listed = previewed_list(kanwil, lists.xlsx_of(rows))
    several, odd, unknown = listed.rows.all()
    choices = answered(several, "36.04.13.2007") | answered(unknown, "lewati")
    kanwil.post(page("imports:import_choose", listed.pk), choices)
    answers = {"code": NEW[0], "status": "diusulkan", "version": odd.version}
    kanwil.post(page("imports:import_row", listed.pk, odd.pk), answers)
    results = list(listed.rows.values_list("check_result", flat=True))
    assert results == ["known", "ready", "skipped"]
    press(kanwil, VILLAGE_LISTS, listed, "commit")
    assert Village.objects.get(region_id=NEW[0]).status == "proposed"


def test_a_choice_stays_when_another_cell_of_the_row_is_corrected(
    kanwil: Client,
) -> None:
    listed = previewed_list(
        kanwil, lists.xlsx_of([row(village="Lontar", status="entah")])
    )
    odd = lists.only_row(listed)
    choice = answered(odd, "36.04.13.2007")
    kanwil.post(page("imports:import_choose", listed.pk), choice)
    address = page("imports:import_row", listed.pk, odd.pk)
    form = kanwil.get(address).context["form"]
    answers = {name: form[name].value() or "" for name in form.fields}
    kanwil.post(address, answers | {"status": "diusulkan"})
    odd.refresh_from_db()
    assert (odd.subject, odd.check_result) == ("36.04.13.2007", "known")


def test_a_choice_made_by_somebody_else_stays(kanwil: Client) -> None:
    rows = [row(village="Lontar"), row(village="Kronjo")]
    listed = previewed_list(kanwil, lists.xlsx_of(rows))
    first, second = listed.rows.all()
    choose = page("imports:import_choose", listed.pk)
    kanwil.post(choose, answered(first, "lewati"))
    late = answered(first, "36.04.13.2007") | answered(second, "lewati")
    answer = kanwil.post(choose, late, follow=True)
    first.refresh_from_db()
    assert (first.chosen, first.check_result) == ("", "skipped")
    assert "1 baris sudah ditentukan orang lain" in answer.content.decode()


def test_a_village_that_was_not_offered_cannot_be_chosen(kanwil: Client) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(village="Lontar")]))
    doubtful = lists.only_row(listed)
    choice = {f"baris-{doubtful.pk}": "36.04.13.2999"}
    kanwil.post(page("imports:import_choose", listed.pk), choice)
    doubtful.refresh_from_db()
    assert (doubtful.chosen, doubtful.check_result) == ("", "doubtful")


def test_a_discarded_list_is_gone_with_its_rows(
    kanwil: Client, django_capture_on_commit_callbacks: Any
) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(code=NEW[0])]))
    name, storage = listed.file.name, listed.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        press(kanwil, VILLAGE_LISTS, listed, "discard")
    listed.refresh_from_db()
    assert (listed.status, listed.rows.count(), bool(listed.file)) == (
        "discarded",
        0,
        False,
    )
    assert not storage.exists(name)


def test_a_page_of_rows_asks_as_much_for_many_as_for_few(kanwil: Client) -> None:
    rows = [
        row(village=f"Lontra{number}", district="Tirtayasa") for number in range(60)
    ]
    listed = previewed_list(kanwil, lists.xlsx_of(rows))
    with CaptureQueriesContext(connection) as many:
        kanwil.get(page("imports:import_detail", listed.pk), {"tampil": "ragu"})
    listed.rows.filter(line__gt=8).delete()
    with CaptureQueriesContext(connection) as few:
        kanwil.get(page("imports:import_detail", listed.pk), {"tampil": "ragu"})
    assert len(many) == len(few) <= 12


# --- The paper to the decree -------------------------------------------------


@pytest.fixture
def decree_without_pdf(kanwil: Client) -> Designation:
    listed = previewed_list(kanwil, lists.xlsx_of([row(code=NEW[0], **decree())]))
    press(kanwil, VILLAGE_LISTS, listed, "commit")
    return Designation.objects.get(import_number=listed.pk)


def test_the_pdf_of_a_decree_is_attached_once(
    kanwil: Client, decree_without_pdf: Designation
) -> None:
    assert (
        kanwil.get(page("register:decree_file", decree_without_pdf.pk)).status_code
        == 404
    )
    attach = page("register:decree_attach", decree_without_pdf.pk)
    for _time in range(2):
        kanwil.post(attach, {"file": lists.upload(pdf(), "sk.pdf")})
    decree_without_pdf.refresh_from_db()
    assert decree_without_pdf.decree_size
    events = decree_without_pdf.village.events.filter(verb="attach")
    assert events.count() == 1


def test_a_missing_pdf_is_shown_on_the_page_of_decrees(
    kanwil: Client, decree_without_pdf: Designation
) -> None:
    answer = kanwil.get(page("register:village_designations", NEW[0]))
    assert (
        page("register:decree_attach", decree_without_pdf.pk) in answer.content.decode()
    )


def test_the_editing_pages_redirect_once_the_import_is_saved(
    dataset: Dataset, kanwil: Client
) -> None:
    found = lists.listed(dataset, row(code=NEW[0]))
    line = lists.only_row(found)
    for name, args in (
        ("imports:import_columns", [found.pk]),
        ("imports:import_row", [found.pk, line.pk]),
    ):
        VillageImport.objects.update(status="previewed")
        assert kanwil.get(page(name, *args)).status_code == 200
        VillageImport.objects.update(status="committed")
        assert kanwil.get(page(name, *args)).url == page(
            "imports:import_detail", found.pk
        )


def test_two_people_who_correct_one_row_see_each_other(kanwil: Client) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(code=NEW[0], status="entah")]))
    line = lists.only_row(listed)
    address = page("imports:import_row", listed.pk, line.pk)
    sent = {"code": NEW[0], "status": "diusulkan", "version": line.version}
    kanwil.post(address, sent)
    late = kanwil.post(address, sent | {"status": "entah lagi"})
    assert late.status_code == 200
    assert [one["theirs"] for one in late.context["form"].changes] == ["diusulkan"]
    assert "entah lagi" in late.content.decode()
    line.refresh_from_db()
    assert (line.cells["status"], line.check_result) == ("diusulkan", "ready")


def test_the_columns_opened_again_keep_what_was_corrected(kanwil: Client) -> None:
    rows = [row(village="Lontar"), row(code=NEW[0], status="entah"), row(village="X")]
    listed = previewed_list(kanwil, lists.xlsx_of(rows))
    several, odd, unknown = listed.rows.all()
    answers = answered(several, "36.04.13.2007") | answered(unknown, "lewati")
    kanwil.post(page("imports:import_choose", listed.pk), answers)
    sent = {"code": NEW[0], "status": "diusulkan", "version": odd.version}
    kanwil.post(page("imports:import_row", listed.pk, odd.pk), sent)
    columns = page("imports:import_columns", listed.pk)
    asked = kanwil.get(columns)
    assert "dibaca ulang dari berkas" in asked.content.decode()
    form = asked.context["form"]
    meant = {name: form[name].initial for name in form.fields}
    kanwil.post(columns, meant)
    results = list(listed.rows.values_list("pk", "check_result"))
    expected = ["known", "ready", "skipped"]
    assert results == list(zip([several.pk, odd.pk, unknown.pk], expected, strict=True))
    sent = sent_columns(kanwil, VILLAGE_LISTS, listed)
    kanwil.post(columns, meant | sent | {"kolom-5": "-"})
    again = list(listed.rows.values_list("check_result", flat=True))
    assert again == ["doubtful", "ready", "doubtful"], "read again, as the page said"


def test_a_row_of_a_list_discarded_meanwhile_shows_what_was_typed(
    kanwil: Client,
) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(code=NEW[0], status="entah")]))
    address = page("imports:import_row", listed.pk, lists.only_row(listed).pk)
    press(kanwil, VILLAGE_LISTS, listed, "discard")
    late = kanwil.post(address, {"village": "Ketikan Contoh", "version": 1})
    assert late.status_code == 409
    assert "Ketikan Contoh" in late.content.decode()


def test_after_the_last_answer_all_rows_are_shown(kanwil: Client) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(village="Lontar")]))
    first = lists.only_row(listed)
    answer = answered(first, "36.04.13.2007")
    sent = kanwil.post(page("imports:import_choose", listed.pk), answer)
    assert sent["Location"] == page("imports:import_detail", listed.pk)
    empty = kanwil.get(sent["Location"], {"tampil": "ragu"}).content.decode()
    assert "Tidak ada baris dengan status ini" in empty


def fold_of(shown: str) -> tuple[str, str, str]:
    """Return what is before the fold, its opening tag, and what is within."""
    before, tag, rest = re.split(r"(<details class=\"group\"[^>]*>)", shown)
    return before, tag, rest.partition("</details>")[0]


def test_columns_that_are_not_used_are_folded_below_the_others(kanwil: Client) -> None:
    answers = [f"Pertanyaan {number}" for number in range(60)]
    rows = [[*answers[:50], "Desa", "Nama kecamatan", *answers[50:]]]
    rows.append(["ya"] * 50 + ["Lontar", "Tirtayasa"] + ["ya"] * 10)
    listed = uploaded(kanwil, sheets.xlsx(rows))
    address = page("imports:import_columns", listed.pk)
    before, tag, within = fold_of(kanwil.get(address).content.decode())
    assert re.findall(r'<select name="(kolom-\d+)"', before) == ["kolom-50", "kolom-51"]
    assert within.count("<select") == 60
    assert "60 kolom tidak dipakai" in within
    assert "open" not in tag
    sent = {f"kolom-{place}": "-" for place in range(62)}
    undecided = kanwil.post(address, sent | {"kolom-50": "village", "kolom-51": ""})
    assert "open" not in fold_of(undecided.content.decode())[1]
    sent |= {"kolom-3": "district", "kolom-4": "district"}
    refused = kanwil.post(address, sent | {"kolom-50": "village"})
    assert "open" in fold_of(refused.content.decode())[1]


def test_the_button_that_saves_is_below_the_rows(kanwil: Client) -> None:
    listed = previewed_list(kanwil, lists.xlsx_of([row(village="Lontar", code=NEW[0])]))
    listed.rows.update(check_result="ready", problems=[])
    shown = kanwil.get(page("imports:import_detail", listed.pk)).content.decode()
    button = page("imports:import_commit", listed.pk)
    assert shown.count(button) == 1
    assert shown.index("</table>") < shown.index(button)
