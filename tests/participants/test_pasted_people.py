"""What the rows of a pasted list say of each person before anybody is added."""

import pytest
from django.test import Client

from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import Delegate
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.participants.pasted_pages import (
    choose,
    commit,
    detail,
    notes,
    previewed,
    results,
)
from tests.sessions import sessions as scene


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890.0",
        "0062812-3456-7890",
        "\uff10\uff18\uff11\uff12 3456 7890",
        "81234567890",
    ],
)
def test_the_telephone_is_shown_as_it_will_be_stored(
    session: Session, staff: Client, typed: str
) -> None:
    text = f"Nama\tJabatan\tInstansi\tHP\nSiti\tKabid\tDinsos\t{typed}\n"
    listed = previewed(staff, session, text)
    assert "telepon 0812-3456-7890" in detail(staff, listed).content.decode()
    assert typed not in notes(listed.rows.get())
    commit(staff, listed)
    assert Delegate.objects.get().phone == "+6281234567890"


def test_a_word_for_nothing_is_no_telephone_and_any_other_word_is_asked(
    session: Session, staff: Client
) -> None:
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        "Siti\tKabid\tDinsos\ttidak punya\nBudi\tStaf\tDinsos\tmenyusul\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready", "doubtful"]
    ready, doubtful = map(notes, listed.rows.all())
    assert "tanpa nomor telepon" in ready
    assert "telepon" not in doubtful


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Siti\tKabid\tDinsos\t", "instansi Dinsos Contoh · tanpa nomor telepon"),
        ("Siti\tKabid\tDesa Lontar\t", "desa Lontar, Tirtayasa · tanpa nomor telepon"),
        ("Siti\tKabid\tDinsos\t08", "instansi Dinsos Contoh"),
        ("Siti\tKabid\tRehsos\t081234567890", "telepon 0812-3456-7890"),
    ],
)
def test_a_row_shows_the_person_that_it_adds(
    session: Session, staff: Client, line: str, written: str
) -> None:
    listed = previewed(staff, session, f"Nama\tJabatan\tInstansi\tHP\n{line}\n")
    [row] = detail(staff, listed).context["rows"]
    assert "Baru di daftar: Siti, Kabid · " in row["writes"]
    assert row["writes"].removesuffix(" · ditandai tidak diundang").endswith(written)


def test_somebody_of_the_same_name_and_sender_on_the_list_is_named(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    scene.delegate(dataset, session, "Satu Contoh", position="Staf")
    text = (
        "Satu Contoh\tKepala Bidang\tDinsos\t0813 9999 0001\n"
        "Satu Contoh\tKepala Bidang\tPolres Serang\t\n"
        "Dua Contoh\tStaf\tDinsos\t\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready"] * 3
    first, *others = map(notes, listed.rows.all())
    assert "Satu Contoh, Staf, dari pengutus yang sama" in first
    assert "lewati baris ini" in first
    assert not any("pengutus yang sama" in one for one in others)
    assert "Satu Contoh, Staf, dari" in detail(staff, listed).content.decode()


def test_two_people_of_the_same_name_and_sender_in_the_text_are_named(
    session: Session, staff: Client
) -> None:
    text = "Satu\tStaf\tDinsos\nSATU\tKabid\tDinsos\nSatu\t\tDinsos\n"
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready"] * 3
    first, second, third = listed.rows.all()
    assert "dari pengutus yang sama" not in notes(first)
    assert "Satu, Staf, dari pengutus yang sama, ada di baris 1" in notes(second)
    assert "SATU, Kabid, dari pengutus yang sama, ada di baris 2" in notes(third)
    skip = DELEGATE_LISTS.url("row_skip", listed.pk, first.pk)
    staff.post(skip, {"version": first.version})
    second.refresh_from_db()
    assert "dari pengutus yang sama" not in notes(second)


def test_people_of_one_name_from_one_new_agency_are_named(
    session: Session, staff: Client
) -> None:
    text = "Satu\tStaf\tLembaga Baru\nSatu\tKabid\tLEMBAGA BARU\n"
    listed = previewed(staff, session, text)
    choose(staff, listed, {"Lembaga Baru": "baru"})
    assert "Satu, Staf" in notes(listed.rows.last())


def test_many_people_of_one_name_are_not_all_named_in_each_row(
    session: Session, staff: Client
) -> None:
    text = "".join(f"Satu\tStaf {number}\tDinsos\n" for number in range(9))
    listed = previewed(staff, session, text)
    assert notes(listed.rows.last()).count("dari pengutus yang sama") == 3


@pytest.mark.parametrize("earlier", ["0812 1111 1111", ""])
def test_another_telephone_of_the_same_person_is_said_not_to_be_saved(
    dataset: Dataset, session: Session, staff: Client, earlier: str
) -> None:
    scene.delegate(dataset, session, "Dua", position="Staf", phone="+6281211111111")
    text = (
        "Nama\tJabatan\tInstansi\tHP\n"
        f"Satu\tStaf\tDinsos\t{earlier}\n"
        "Satu\tStaf\tDinsos\t0813 9999 0001\n"
        "Dua\tStaf\tDinsos\t0813-9999-0002\n"
        "Dua\tStaf\tDinsos\t+62 812 1111 1111\n"
    )
    listed = previewed(staff, session, text)
    assert results(listed) == ["ready", "known", "known", "known"]
    _first, second, third, fourth = map(notes, listed.rows.all())
    assert "0813-9999-0001 di baris ini tidak disimpan" in second
    assert "0813-9999-0002 di baris ini tidak disimpan" in third
    assert "tidak disimpan" not in fourth


def test_somebody_of_the_same_name_added_meanwhile_is_named_first(
    dataset: Dataset, session: Session, staff: Client
) -> None:
    listed = previewed(staff, session, "Satu\tKabid\tDinsos\n")
    scene.delegate(dataset, session, "Satu", position="Staf")
    listed = commit(staff, listed)
    assert listed.status == "failed"
    assert "Satu, Staf, dari pengutus yang sama" in listed.problem
    assert Delegate.objects.count() == 1
    assert "Satu, Staf" in notes(listed.rows.get())
    assert commit(staff, listed).status == "committed"
    assert Delegate.objects.count() == 2
