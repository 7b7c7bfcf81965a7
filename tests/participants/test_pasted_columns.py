"""The page of a pasted list: what is understood, asked and skipped."""

import pytest
from django.test import Client

from fgd.participants.models import Delegate
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.participants.pasted_pages import (
    check,
    choice_of,
    commit,
    paste,
    read,
)


def test_headings_of_known_words_are_recognised(
    session: Session, staff: Client
) -> None:
    answer = paste(
        staff,
        session,
        "Nama & Gelar\tJabatan/Pangkat\tDinas/Instansi\n"
        "Siti Contoh, S.Sos\tKabid\tDinsos\nBudi Contoh\tStaf\tDinsos\n",
    )
    assert read(answer) == [
        ("Siti Contoh, S.Sos", "Kabid", "Dinsos", ""),
        ("Budi Contoh", "Staf", "Dinsos", ""),
    ]
    commit(staff, session, answer)
    assert set(Delegate.objects.values_list("name", flat=True)) == {
        "Siti Contoh, S.Sos",
        "Budi Contoh",
    }


def test_unknown_headings_are_asked_and_never_become_a_person(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    text = (
        "Nama yang mewakili\tPosisi saat ini\tDari mana\nSiti Contoh\tKabid\tDinsos\n"
    )
    answer = paste(staff, session, text)
    pasted = answer.context["pasted"]
    assert pasted.columns.errors
    assert not pasted.people
    page = answer.content.decode()
    assert "Nama yang mewakili · Posisi saat ini · Dari mana" in page
    assert "Siti Contoh" in page
    commit(staff, session, answer)
    assert not Delegate.objects.exists()
    meant = {
        "judul": "ya",
        "kolom-0": "name",
        "kolom-1": "position",
        "kolom-2": "party",
    }
    answer = check(staff, session, answer, **meant)
    assert read(answer) == [("Siti Contoh", "Kabid", "Dinsos", "")]
    commit(staff, session, answer)
    assert Delegate.objects.get().agency == dataset.agencies["dinsos"]


def test_a_person_called_like_a_heading_is_asked_about(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Nama\tKepala Seksi\tDinsos\n")
    answer = check(staff, session, answer, judul="tidak")
    assert read(answer) == [("Nama", "Kepala Seksi", "Dinsos", "")]


def test_a_heading_with_more_words_is_not_that_column(
    session: Session, staff: Client
) -> None:
    text = "Nama\tJabatan\tNo. HP Kepala Dinas\nSiti\tKabid\t081210000001\n"
    answer = paste(staff, session, text)
    columns = answer.context["pasted"].columns
    assert columns["kolom-0"].value() == "name"
    assert columns["kolom-2"].value() == ""
    assert columns.errors["kolom-2"]


def test_columns_are_changed_on_the_page_and_shown_before_they_count(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Kabid\tSiti Contoh\tDinsos\n")
    swapped = {"kolom-0": "position", "kolom-1": "name"}
    answer = commit(staff, session, answer, **swapped)
    assert not Delegate.objects.exists()
    assert answer.context["pasted"].summary.non_field_errors()
    commit(staff, session, answer)
    assert Delegate.objects.get().name == "Siti Contoh"


def test_opened_rows_follow_their_columns_and_keep_their_edits_otherwise(
    session: Session, staff: Client
) -> None:
    text = "Kabid\tSiti Contoh\tDinsos\tsalah\nStaf\tBudi\t\t\n"
    answer = paste(staff, session, text)
    swapped = {"kolom-0": "position", "kolom-1": "name", "kolom-3": "phone"}
    answer = check(staff, session, answer, **swapped)
    assert read(answer)[0] == ("Siti Contoh", "Kabid", "Dinsos", "salah")
    edited = {"baris-1-phone": "081210000002", "turun": "on"}
    answer = check(staff, session, answer, ubah="2", **edited)
    assert read(answer)[0][3] == "081210000002"
    assert [row[2] for row in read(answer)] == ["Dinsos", "Dinsos"]


def test_two_columns_cannot_mean_the_same(session: Session, staff: Client) -> None:
    answer = paste(staff, session, "Siti\tKabid\tDinsos\n")
    answer = check(staff, session, answer, **{"kolom-1": "name"})
    assert "Dua kolom" in answer.content.decode()
    answer = check(staff, session, answer, **{"kolom-0": "-", "kolom-1": "-"})
    assert answer.context["pasted"].columns.non_field_errors()


def test_a_counting_column_is_skipped_and_named(
    session: Session, staff: Client
) -> None:
    text = "1.\tSiti Contoh\tKabid Rehabilitasi\n2.\tBudi Contoh\tStaf Program\n"
    answer = paste(staff, session, text)
    assert read(answer) == [
        ("Siti Contoh", "Kabid Rehabilitasi", "", ""),
        ("Budi Contoh", "Staf Program", "", ""),
    ]
    assert "(1., 2.)" in answer.content.decode()
    [sender] = answer.context["pasted"].asked
    assert (sender.typed, sender.count) == ("", 2)


def test_numbers_before_names_are_skipped_and_named(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "1. Siti Contoh\n2. Budi Contoh\n")
    assert [row[0] for row in read(answer)] == ["Siti Contoh", "Budi Contoh"]
    assert "1. Siti Contoh" in " ".join(answer.context["pasted"].remarks)


def test_titles_numbers_of_columns_and_repeated_headings_are_skipped_and_named(
    session: Session, staff: Client
) -> None:
    text = (
        "DAFTAR HADIR\n"
        "No\tNama\tJabatan\tInstansi\tHP\n"
        "(1)\t(2)\t(3)\t(4)\t(5)\n"
        "1\tSiti\tKabid\tDinsos\t\n"
        "No\tNama\tJabatan\tInstansi\tHP\n"
        "2\tBudi\tStaf\tDinsos\t\n"
        "3\t\t\t\t\n"
    )
    answer = paste(staff, session, text)
    assert [row[0] for row in read(answer)] == ["Siti", "Budi"]
    remarks = " ".join(answer.context["pasted"].remarks)
    for skipped in ("DAFTAR HADIR", "(1) (2) (3)", "1 ×", "(3)"):
        assert skipped in remarks


def test_a_column_of_telephones_is_found_in_any_place(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "Siti\t0812 1000 0001\tDinsos\nBudi\t-\tDinsos\n")
    columns = answer.context["pasted"].columns
    assert columns["kolom-1"].value() == "phone"
    assert read(answer)[1] == ("Budi", "Dinsos", "", "")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("081234567890.0", "+6281234567890"),
        ("0062812345678", "+62812345678"),
        ("０８１２３４５６７８９０", "+6281234567890"),
        ("(021) 555-1234", "+62215551234"),
        ("-", ""),
    ],
)
def test_a_pasted_telephone_is_read_as_everywhere(
    session: Session, staff: Client, typed: str, stored: str
) -> None:
    text = f"Siti\tStaf\tDinsos\t{typed}\nBudi\tStaf\tDinsos\t081210000002\n"
    commit(staff, session, paste(staff, session, text))
    assert Delegate.objects.get(name="Siti").phone == stored


def test_a_blank_first_column_does_not_shift_the_headings(
    session: Session, staff: Client
) -> None:
    answer = paste(staff, session, "\tNama\tInstansi\n\tSiti\tDinsos\n")
    assert read(answer) == [("Siti", "", "Dinsos", "")]


@pytest.mark.parametrize("soft", ["\u2028", "\u2029", "\v", "\f", "\x85"])
def test_a_soft_line_break_keeps_one_person_one_person(
    session: Session, staff: Client, soft: str
) -> None:
    text = (
        f"Siti Contoh\tKepala Bidang{soft}Rehabilitasi Sosial\tDinsos\t081210000001\n"
        "Budi Contoh\tStaf\tDinsos\t081210000002\n"
    )
    answer = paste(staff, session, text)
    answer = check(staff, session, answer)
    commit(staff, session, answer)
    rows = Delegate.objects.values_list("name", "position", "phone")
    assert list(rows.order_by("id")) == [
        ("Siti Contoh", "Kepala Bidang Rehabilitasi Sosial", "+6281210000001"),
        ("Budi Contoh", "Staf", "+6281210000002"),
    ]


def test_a_nickname_keeps_its_quotation_marks(session: Session, staff: Client) -> None:
    text = '"Ani" Siti Contoh\tKabid\tDinsos\nBudi "Boy" Contoh\tStaf\tDinsos\n'
    answer = paste(staff, session, text)
    commit(staff, session, answer)
    names = set(Delegate.objects.values_list("name", flat=True))
    assert names == {'"Ani" Siti Contoh', 'Budi "Boy" Contoh'}


@pytest.mark.parametrize("nothing", ["-", "belum ada", "0", "n/a", "nihil", "--"])
def test_words_for_nothing_are_blank_in_every_column(
    session: Session, staff: Client, nothing: str
) -> None:
    text = f"Siti Contoh\t{nothing}\tDinsos\t{nothing}\n{nothing}\tStaf\t{nothing}\t\n"
    answer = paste(staff, session, text)
    assert read(answer) == [
        ("Siti Contoh", "", "Dinsos", ""),
        ("", "Staf", "", ""),
    ]
    assert answer.context["pasted"].people[1].errors["name"]


def test_blank_cells_below_an_agency_are_asked(session: Session, staff: Client) -> None:
    answer = paste(staff, session, "Siti\tKabid\tDinsos\nBudi\tStaf\t\n")
    assert choice_of(answer, "")
    answer = check(staff, session, answer, turun="on")
    assert [row[2] for row in read(answer)] == ["Dinsos", "Dinsos"]
