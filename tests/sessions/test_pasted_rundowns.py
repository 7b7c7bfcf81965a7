"""Pasted rundowns: how their lines are read, and what is asked about them."""

import html
from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import Upload, UploadRow
from fgd.sessions.models import AgendaItem, RundownList
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.dataset import Dataset
from tests.sessions import sessions as scene
from tests.sessions.pasting import (
    RUNDOWN,
    lines,
    listed_after,
    pasted,
    press,
    row_form,
    rows_of,
    saved,
)

Browser = Callable[[str], Client]


# --- Reading -----------------------------------------------------------------


def test_a_pasted_rundown_is_read_line_by_line(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    text = "09.00-09.30 Pembukaan; MC\n\n09:30 – 11.00 WIB: Diskusi, tanya jawab\n"
    listed = saved(signed_in("serang"), session, text)
    assert listed.status == Upload.Status.COMMITTED
    assert lines(session) == [
        (30, "Pembukaan", "MC"),
        (90, "Diskusi, tanya jawab", ""),
    ]


@pytest.mark.parametrize(
    ("text", "starts_at", "minutes", "title", "presenter"),
    [
        ("23.30-00.30 Sesi malam; MC", time(23, 30), 60, "Sesi malam", "MC"),
        ("Pukul 11.00-11.30 Kesimpulan", time(11), 30, "Kesimpulan", ""),
        (
            "11.30 - selesai: Penutupan; Kakanim",
            time(11, 30),
            None,
            "Penutupan",
            "Kakanim",
        ),
        ("1\t08.00 – 09.00\tPembukaan\tMC", time(8), 60, "Pembukaan", "MC"),
        ("2. 09.00 s.d. 10.00 WIB | Paparan", time(9), 60, "Paparan", ""),
        ("\t09.00-10.00\tPaparan\t", time(9), 60, "Paparan", ""),
        ("9:00 AM - 10:00 AM Opening; MC", time(9), 60, "Opening", "MC"),
        ("1:00-2:30 PM\tPanel", time(13), 90, "Panel", ""),
        ("11 am to 1 pm Panel", time(11), 120, "Panel", ""),
        ("- 14.00-15.00 Penutup", time(14), 60, "Penutup", ""),
        ("\u2022 14.00-15.00 Penutup", time(14), 60, "Penutup", ""),
        ("*\t14.00-15.00\tPenutup", time(14), 60, "Penutup", ""),
        ("\u2013 3. 14.00-15.00 Penutup", time(14), 60, "Penutup", ""),
        ("09.00-10.00 Sesi 2; Kasi 1. 10.30", time(9), 60, "Sesi 2", "Kasi 1. 10.30"),
    ],
)
def test_a_rundown_is_read_as_letters_write_it(
    dataset: Dataset,
    signed_in: Browser,
    text: str,
    starts_at: time,
    minutes: int | None,
    title: str,
    presenter: str,
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    saved(browser, session, text)
    rows = AgendaItem.objects.values_list("starts_at", "minutes", "title", "presenter")
    assert rows.get() == (starts_at, minutes, title, presenter)
    agenda = reverse("sessions:session_agenda", args=[session.pk])
    assert browser.get(agenda).status_code == 200


@pytest.mark.parametrize("soft", ["\u2028", "\v", "\x85"])
def test_a_soft_line_break_keeps_one_line_of_the_rundown(
    dataset: Dataset, signed_in: Browser, soft: str
) -> None:
    session = scene.running(dataset)
    text = f"09.00-09.30 Sambutan{soft}Kepala Kantor; MC\n09.30-10.00 Diskusi"
    saved(signed_in("serang"), session, text)
    assert lines(session) == [(30, "Sambutan Kepala Kantor", "MC"), (30, "Diskusi", "")]


def test_the_headings_of_a_rundown_are_skipped_and_named(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = 'Waktu\tKegiatan\n09.00-09.30\t"Sambutan\nKepala Kantor"\n'
    answer = pasted(browser, session, text)
    assert "Waktu Kegiatan" in answer.content.decode()
    press(browser, session.rundown_lists.get(), "commit")
    assert lines(session) == [(30, "Sambutan Kepala Kantor", "")]


@pytest.mark.parametrize(
    "note",
    [
        "Keterangan: peserta membawa laptop",
        "Catatan: jadwal dapat berubah; panitia",
        "Note: lunch is served",
        "NB: hadir 15 menit sebelum acara",
        "N.B. : hadir tepat waktu",
        "*) Ket.: peserta daring lewat tautan",
        "- Catatan : bawa surat tugas",
        "4\t\tKeterangan: busana batik",
    ],
)
@pytest.mark.parametrize("below", ["", "\n10.00-11.00 Diskusi"])
def test_a_note_in_a_pasted_rundown_is_skipped_and_named(
    dataset: Dataset, signed_in: Browser, note: str, below: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    answer = pasted(browser, session, f"09.00-09.30 Doa; MC\n{note}{below}")
    listed = session.rundown_lists.get()
    states = list(listed.rows.values_list("check_result", flat=True))
    assert states == ["ready"] * (1 + bool(below))
    (remark,) = answer.context["remarks"]
    text = note.rpartition("\t")[2].lstrip("*)- ").replace(";", "")
    assert f"2 “{text}”" in remark
    assert remark in html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("09.00-09.30 Doa; MC", "09.00–09.30 Doa; MC"),
        ("09.00 - selesai Diskusi", "09.00–selesai Diskusi"),
        ("09.00 Diskusi", "09.00 Diskusi"),
        ("Diskusi", "Diskusi"),
    ],
)
def test_a_row_is_shown_with_its_times(
    dataset: Dataset, signed_in: Browser, line: str, shown: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    [row, _other] = pasted(browser, session, f"{line}\n10.00-11.00 Tanya").context[
        "rows"
    ]
    assert row["typed"] == shown


@pytest.mark.parametrize("below", ["", "\n10.00-11.00 Diskusi"])
@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "09.00-09.30 Doa\nKeterangan:\n1. Peserta hadir lebih awal\n"
            "2) Bawa surat tugas\n- Busana batik",
            ["Keterangan:", "Peserta hadir lebih awal", "surat tugas", "Busana batik"],
        ),
        ("09.00-09.30 Doa\n*) waktu dapat berubah", ["waktu dapat berubah"]),
        ("Susunan acara FGD\n09.00-09.30 Doa", ["Susunan acara FGD"]),
        ("Rundown FGD Desa Binaan\nWaktu\tKegiatan\n09.00-09.30 Doa", ["Rundown FGD"]),
    ],
)
def test_points_of_a_note_and_a_title_are_skipped_and_named_once(
    dataset: Dataset, signed_in: Browser, text: str, named: list[str], below: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    answer = pasted(browser, session, f"{text}{below}")
    states = list(
        session.rundown_lists.get().rows.values_list("check_result", flat=True)
    )
    assert states == ["ready"] * (1 + bool(below))
    remarks = [one for one in answer.context["remarks"] if named[0] in one]
    assert len(remarks) == 1
    for said in named:
        assert said in remarks[0]


def test_a_line_without_a_time_is_asked_unless_a_note_has_it(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = "1. Pembukaan\n09.00-09.30 Doa\nKeterangan: bawa laptop\nDiskusi\n10.00 Doa"
    listed = listed_after(browser, session, text)
    assert [row.line for row in listed.rows.all()] == [1, 2, 4, 5]


def test_the_signature_below_a_pasted_rundown_is_skipped_and_named(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    end = "Serang, 12 November 2025\nKepala Kantor,\nNama Contoh"
    answer = pasted(browser, session, f"09.00-09.30 Doa\n{end}")
    assert session.rundown_lists.get().rows.count() == 1
    for line in end.split("\n"):
        assert f"“{line}”" in answer.context["remarks"][0]


def test_a_line_with_a_time_is_never_taken_for_a_note_or_a_total(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = (
        "09.00-09.30 Keterangan: cara kerja portal\n09.30-10.00 Jumlah peserta\n"
        "Catatan: bawa laptop\n25.00-26.00 Makan"
    )
    listed = listed_after(browser, session, text)
    assert [row.line for row in listed.rows.all()] == [1, 2, 4]


def test_a_day_above_lines_of_a_rundown_is_asked_about(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = "09.00-09.30 Doa\nRabu, 12 November 2025\n09.00-10.00 Diskusi"
    listed = listed_after(browser, session, text)
    states = list(listed.rows.values_list("check_result", flat=True))
    assert states == ["ready", "doubtful", "ready"]


# --- Doubts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Istirahat", "does not begin with its times"),
        ("FGD dua hari 10-11 Desember 2026:", "does not begin with its times"),
        ("08.00 Coffee break", "for example 08.30"),
        ("Jam 10 Diskusi", "for example 10.30"),
        ("2\t23.45\tDoa\tMC", "for example 00.15"),
        ("9 AM Opening", "for example 09.30"),
        ("25.00 Makan", "25.00"),
        ("25.00-26.00 Makan", "25.00"),
        ("09.00-10.00 WITA Pembukaan", "not in WITA"),
        ("4\t09.00-10.00 WITA\tPembukaan\tMC", "not in WITA"),
        ("10.00-09.00 Mundur", "at most 12 hours"),
        ("09.00-09.00 Doa", "at most 12 hours"),
        ("09.00-09.30", "activity is missing"),
        ("09.00-09.30\t\tMC", "activity is missing"),
        ("09.00-09.30;; MC", "activity is missing"),
        (f"09.00-09.30 {'a' * 201}", "more than 200"),
        (f"09.00-09.30 Doa; {'a' * 151}", "more than 150"),
    ],
)
def test_a_line_that_is_not_understood_is_in_doubt_with_its_reason(
    dataset: Dataset, signed_in: Browser, line: str, words: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, f"08.00-09.00 Registrasi\n{line}")
    with translation.override("en"):
        good, doubtful = rows_of(_checked_in_english(listed))
    assert good[0] == UploadRow.CheckResult.READY
    assert doubtful[0] == UploadRow.CheckResult.DOUBTFUL
    assert words in " ".join(doubtful[1])
    press(browser, listed, "commit")
    assert not AgendaItem.objects.exists()


def _checked_in_english(listed: RundownList) -> RundownList:
    """Check the rows once more, for sentences that are stored as they were composed."""
    return uploads_services.preview_upload(
        RUNDOWN_LISTS, listed, listed.columns, acting_user=listed.uploaded_by
    )


def test_a_line_in_doubt_is_corrected_in_place_or_skipped(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    text = "09.00-09.30 Pembukaan\nIstirahat\n9-10 WITA Doa"
    listed = listed_after(browser, session, text)
    _opening, rest, prayer = listed.rows.all()
    url = RUNDOWN_LISTS.url("row", listed.pk, rest.pk)
    form = row_form(browser, url)
    assert (form["starts_at"], form["title"]) == ("", "Istirahat")
    browser.post(url, form | {"starts_at": "10.15", "minutes": "15", "presenter": "MC"})
    skip = RUNDOWN_LISTS.url("row_skip", listed.pk, prayer.pk)
    browser.post(skip, {"version": prayer.version})
    press(browser, listed, "commit")
    assert lines(session) == [(30, "Pembukaan", ""), (15, "Istirahat", "MC")]


def test_a_line_of_a_table_without_its_time_keeps_its_other_cells(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, "3\t\tIstirahat\tPanitia")
    cells = {"title": "Istirahat", "presenter": "Panitia"}
    assert listed.rows.get().cells == cells


def test_a_whole_line_may_be_corrected_where_it_was_pasted(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, "09.00-10.00 WITA Pembukaan; MC")
    row = listed.rows.get()
    url = RUNDOWN_LISTS.url("row", listed.pk, row.pk)
    form = row_form(browser, url)
    browser.post(url, form | {"title": "09.00-10.00 WIB Pembukaan; MC"})
    press(browser, listed, "commit")
    assert lines(session) == [(60, "Pembukaan", "MC")]


@pytest.mark.parametrize(
    "line",
    [
        "08.00 Coffee break; MC",
        "08.00\tCoffee break\tMC",
        "- 8:00 AM: Coffee break; MC",
    ],
)
@pytest.mark.parametrize(
    ("until", "minutes"), [("08.30", 30), ("45", 45), ("Sampai selesai", None)]
)
def test_a_line_without_an_end_is_taken_apart_and_asked_for_it(
    dataset: Dataset, signed_in: Browser, line: str, until: str, minutes: int | None
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, line)
    row = listed.rows.get()
    url = RUNDOWN_LISTS.url("row", listed.pk, row.pk)
    form = row_form(browser, url)
    shown = browser.get(url)
    assert shown.context["writes"] == ""
    assert "Belum ada yang ditulis sampai jam itu diisi." in shown.content.decode()
    for page in (url, RUNDOWN_LISTS.url("detail", listed.pk)):
        assert "–?" not in browser.get(page).content.decode()
    assert (form["starts_at"], form["minutes"]) == ("08.00", "")
    assert form["title"] == "Coffee break"
    browser.post(url, form)
    row.refresh_from_db()
    assert [key for key, _details in row.problems] == ["no_end"]
    browser.post(url, row_form(browser, url) | {"minutes": until})
    press(browser, listed, "commit")
    assert lines(session) == [(minutes, "Coffee break", "MC")]


@pytest.mark.parametrize(
    "title", ["08.00 Registrasi", "08.00-08.30 Registrasi", "Pukul 8.00: Registrasi"]
)
def test_a_time_before_the_activity_that_repeats_the_own_field_is_not_stored(
    dataset: Dataset, signed_in: Browser, title: str
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, "Registrasi")
    url = RUNDOWN_LISTS.url("row", listed.pk, listed.rows.get().pk)
    form = row_form(browser, url)
    browser.post(url, form | {"starts_at": "08:00", "minutes": "30", "title": title})
    press(browser, listed, "commit")
    assert lines(session) == [(30, "Registrasi", "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n\t\n", "Teks ini tidak berisi baris."),
        ("Waktu\tKegiatan", "Tidak ada baris di bawah judul kolom."),
    ],
)
def test_a_paste_without_a_line_says_what_is_missing(
    dataset: Dataset, signed_in: Browser, text: str, words: str
) -> None:
    session = scene.running(dataset)
    answer = pasted(signed_in("serang"), session, text)
    assert answer.context["form"].errors == {"text": [words]}


def test_a_typed_length_that_is_no_number_of_minutes_is_asked(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    listed = listed_after(browser, session, RUNDOWN)
    row = listed.rows.first()
    url = RUNDOWN_LISTS.url("row", listed.pk, row.pk)
    for length in ("setengah jam", "0", "721", "-5"):
        browser.post(url, row_form(browser, url) | {"minutes": length})
        row.refresh_from_db()
        assert [key for key, _details in row.problems] == ["bad_length"]
        assert row.cells["minutes"] == length
