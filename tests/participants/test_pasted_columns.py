"""The columns of a pasted list: what is understood, asked and skipped."""

import pytest
from django.test import Client

from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads import services as uploads_services
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import Delegate
from fgd.participants.selectors.participants import value_of
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.participants.pasted_pages import (
    check,
    columns_form,
    commit,
    detail,
    edit,
    paste,
    previewed,
    problems,
    read,
    remarks,
    results,
)


def test_known_headings_are_recognised(session: Session, staff: Client) -> None:
    listed = previewed(
        staff,
        session,
        "Nama & Gelar\tJabatan/Pangkat\tDinas/Instansi\n"
        "Siti Contoh, S.Sos\tKabid\tDinsos\nBudi Contoh\tStaf\tDinsos\n",
    )
    assert read(listed) == [
        ("Siti Contoh, S.Sos", "Kabid", "Dinsos", ""),
        ("Budi Contoh", "Staf", "Dinsos", ""),
    ]
    commit(staff, listed)
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
    listed = paste(staff, session, text)
    answer = check(staff, listed)
    assert {"is_headed", "kolom-0"} <= answer.context["form"].errors.keys()
    page = answer.content.decode()
    for heading in ("Nama yang mewakili", "Posisi saat ini"):
        assert f"“{heading}”: pilih isinya, atau “tidak dipakai”." in page
    assert "Nama yang mewakili · Posisi saat ini · Dari mana" in page
    assert "Siti Contoh" in page
    assert not listed.rows.exists()
    commit(staff, listed)
    assert not Delegate.objects.exists()
    meant = {
        "is_headed": "ya",
        "kolom-0": "name",
        "kolom-1": "position",
        "kolom-2": "party",
    }
    check(staff, listed, **meant)
    assert read(listed) == [("Siti Contoh", "Kabid", "Dinsos", "")]
    commit(staff, listed)
    assert Delegate.objects.get().agency == dataset.agencies["dinsos"]


def test_a_person_called_like_a_heading_is_asked_about(
    session: Session, staff: Client
) -> None:
    listed = paste(staff, session, "Nama\tKepala Seksi\tDinsos\n")
    check(staff, listed, is_headed="tidak")
    assert not listed.rows.exists()
    check(staff, listed)
    assert read(listed) == [("Nama", "Kepala Seksi", "Dinsos", "")]


def test_the_answer_about_the_first_row_can_be_changed_later(
    session: Session, staff: Client
) -> None:
    text = "Peserta\tPosisi\tInstansi\nSiti\tKabid\tDinsos\n"
    meant = {"kolom-0": "name", "kolom-1": "position", "kolom-2": "party"}
    listed = previewed(staff, session, text, is_headed="ya", **meant)
    assert len(read(listed)) == 1
    form = columns_form(staff, listed)
    assert form["is_headed"].value() == "ya"
    check(staff, listed, is_headed="tidak")
    assert columns_form(staff, listed)["is_headed"].value() == "tidak"
    check(staff, listed)
    assert [row[0] for row in read(listed)] == ["Peserta", "Siti"]


def test_the_first_row_of_a_saved_list_is_not_read_again(
    session: Session, staff: Client, dataset: Dataset
) -> None:
    listed = previewed(staff, session, "Nama\tInstansi\nSiti\tDinsos\n")
    commit(staff, listed)
    user = dataset.user("serang")
    with pytest.raises(IllegalTransition):
        uploads_services.set_headed(DELEGATE_LISTS, listed, False, acting_user=user)
    assert listed.rows.count() == 1


def test_a_heading_with_more_words_is_not_that_column(
    session: Session, staff: Client
) -> None:
    text = "Nama\tJabatan\tNo. HP Kepala Dinas\nSiti\tKabid\t081210000001\n"
    listed = paste(staff, session, text)
    form = columns_form(staff, listed)
    assert form["kolom-0"].value() == "name"
    assert form["kolom-2"].value() == ""
    assert check(staff, listed).context["form"].errors["kolom-2"]


def test_columns_are_changed_on_the_page_and_shown_before_they_count(
    session: Session, staff: Client
) -> None:
    swapped = {"kolom-0": "position", "kolom-1": "name"}
    listed = previewed(staff, session, "Kabid\tSiti Contoh\tDinsos\n", **swapped)
    assert not Delegate.objects.exists()
    assert "Siti Contoh, Kabid" in detail(staff, listed).content.decode()
    commit(staff, listed)
    assert Delegate.objects.get().name == "Siti Contoh"


def test_corrected_rows_keep_their_edits_until_the_columns_are_read_again(
    session: Session, staff: Client
) -> None:
    text = "Kabid\tSiti Contoh\tDinsos\tsalah\nStaf\tBudi\t\t\n"
    swapped = {"kolom-0": "position", "kolom-1": "name", "kolom-3": "phone"}
    listed = previewed(staff, session, text, **swapped)
    assert read(listed)[0] == ("Siti Contoh", "Kabid", "Dinsos", "salah")
    edit(staff, listed.rows.get(line=1), phone="081210000002")
    edit(staff, listed.rows.get(line=2), party="Dinsos")
    assert read(listed)[0][3] == "081210000002"
    assert [row[2] for row in read(listed)] == ["Dinsos", "Dinsos"]
    check(staff, listed, fills_down="on")
    assert read(listed)[0][3] == "salah"
    assert [row[2] for row in read(listed)] == ["Dinsos", "Dinsos"]


def test_two_columns_cannot_mean_the_same(session: Session, staff: Client) -> None:
    listed = paste(staff, session, "Siti\tKabid\tDinsos\n")
    answer = check(staff, listed, **{"kolom-1": "name"})
    assert "dipilih untuk dua kolom" in answer.content.decode()
    answer = check(staff, listed, **{"kolom-0": "-", "kolom-1": "-"})
    assert answer.context["form"].non_field_errors()


def test_a_counting_column_is_skipped_and_named(
    session: Session, staff: Client
) -> None:
    text = "1.\tSiti Contoh\tKabid Rehabilitasi\n2.\tBudi Contoh\tStaf Program\n"
    listed = previewed(staff, session, text)
    assert read(listed) == [
        ("Siti Contoh", "Kabid Rehabilitasi", "", ""),
        ("Budi Contoh", "Staf Program", "", ""),
    ]
    assert "(1., 2.)" in remarks(staff, listed)
    rows = detail(staff, listed, "?tampil=ragu").context["rows"]
    assert [row["is_asked_above"] for row in rows] == [False, True]


def test_numbers_before_names_are_skipped_and_named(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "1. Siti Contoh\n2. Budi Contoh\n")
    assert [row[0] for row in read(listed)] == ["Siti Contoh", "Budi Contoh"]
    assert "1. Siti Contoh" in remarks(staff, listed)


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
    listed = previewed(staff, session, text)
    assert [row[0] for row in read(listed)] == ["Siti", "Budi"]
    for skipped in ("DAFTAR HADIR", "(1) (2) (3)", "1 ×", "(3)"):
        assert skipped in remarks(staff, listed)


def test_a_column_of_telephones_is_found_in_any_place(
    session: Session, staff: Client
) -> None:
    text = "Siti\t0812 1000 0001\tDinsos\nBudi\t-\tDinsos\n"
    listed = paste(staff, session, text)
    assert columns_form(staff, listed)["kolom-1"].value() == "phone"
    check(staff, listed)
    assert read(listed)[1] == ("Budi", "Dinsos", "", "-")


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
    commit(staff, previewed(staff, session, text))
    assert Delegate.objects.get(name="Siti").phone == stored


def test_a_blank_first_column_does_not_shift_the_headings(
    session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "\tNama\tInstansi\n\tSiti\tDinsos\n")
    assert read(listed) == [("Siti", "", "Dinsos", "")]


@pytest.mark.parametrize("soft", ["\u2028", "\u2029", "\v", "\f", "\x85"])
def test_a_soft_line_break_keeps_one_person_one_person(
    session: Session, staff: Client, soft: str
) -> None:
    text = (
        f"Siti Contoh\tKepala Bidang{soft}Rehabilitasi Sosial\tDinsos\t081210000001\n"
        "Budi Contoh\tStaf\tDinsos\t081210000002\n"
    )
    commit(staff, previewed(staff, session, text))
    rows = Delegate.objects.values_list("name", "position", "phone")
    assert list(rows.order_by("id")) == [
        ("Siti Contoh", "Kepala Bidang Rehabilitasi Sosial", "+6281210000001"),
        ("Budi Contoh", "Staf", "+6281210000002"),
    ]


def test_a_nickname_keeps_its_quotation_marks(session: Session, staff: Client) -> None:
    text = '"Ani" Siti Contoh\tKabid\tDinsos\nBudi "Boy" Contoh\tStaf\tDinsos\n'
    commit(staff, previewed(staff, session, text))
    names = set(Delegate.objects.values_list("name", flat=True))
    assert names == {'"Ani" Siti Contoh', 'Budi "Boy" Contoh'}


@pytest.mark.parametrize("nothing", ["-", "belum ada", "0", "n/a", "nihil", "--"])
def test_words_for_nothing_are_blank_in_every_column(
    session: Session, staff: Client, nothing: str
) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        f"Siti Contoh\t{nothing}\tDinsos\t{nothing}\n{nothing}\tStaf\t{nothing}\t\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready", "doubtful"]
    first, second = listed.rows.all()
    assert all(key.startswith("writes_") for key, _details in first.notes)
    assert ["no_name", {}] in second.problems
    shown = [row["typed"] for row in detail(staff, listed).context["rows"]]
    assert shown == ["Siti Contoh, Dinsos", "Staf"]
    edit(staff, second, name="Budi", party="Dinsos")
    commit(staff, listed)
    assert list(Delegate.objects.order_by("id").values_list("position", "phone")) == [
        ("", ""),
        ("Staf", ""),
    ]


def test_blank_cells_below_an_agency_are_asked(session: Session, staff: Client) -> None:
    listed = previewed(staff, session, "Siti\tKabid\tDinsos\nBudi\tStaf\t\n")
    assert results(listed) == ["ready", "doubtful"]
    second = listed.rows.get(line=2)
    assert "Dinsos" in problems(second)
    dinsos = listed.rows.get(line=1).subject
    invited = {value_of(one.agency or one.village) for one in session.invitations.all()}
    assert second.candidates[0] == dinsos
    assert set(second.candidates) == {dinsos, *invited}
    check(staff, listed, fills_down="on")
    assert [row[2] for row in read(listed)] == ["Dinsos", "Dinsos"]
    assert results(listed) == ["ready", "ready"]
