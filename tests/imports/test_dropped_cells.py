"""Cells that are not saved say why."""

import pytest

from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.kinds import RowAnswer
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import NEW, notes_of
from tests.lib import sheets
from villages.imports.kind import VILLAGE_LISTS
from villages.register.models import Village


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def test_a_shortened_telephone_is_called_so(dataset: Dataset) -> None:
    content = (
        b"Kode;Nama kontak;Jabatan;No HP\n"
        b"36.04.12.2001;Kontak Contoh;Kades;8,12346E+10\n"
    )
    user = dataset.user("kanwil")
    listed = lists.previewed_file(dataset.kanwil, user, content)
    (problem,) = VILLAGE_LISTS.in_words(lists.only_row(listed).problems)
    assert "terpotong" in problem


def test_a_reason_that_is_not_taken_is_said(dataset: Dataset) -> None:
    lontar = dataset.villages["lontar"]
    Village.objects.filter(pk=lontar.pk).update(reason="Banyak yang berangkat")
    content = f"Kode;Alasan\n{lontar.code};banyak calo\n".encode()
    user = dataset.user("kanwil")
    listed = lists.previewed_file(dataset.kanwil, user, content)
    assert "reason_kept" in notes_of(lists.only_row(listed))


def test_a_long_cell_is_asked_about_in_its_row_only(dataset: Dataset) -> None:
    content = [["Kode", "Alasan"], [NEW[0], "x" * 2001], [NEW[1], "banyak calo"]]
    user = dataset.user("kanwil")
    listed = lists.previewed_file(dataset.kanwil, user, sheets.xlsx(content))
    long, other = listed.rows.all()
    assert (long.check_result, other.check_result) == ("doubtful", "ready")
    assert VILLAGE_LISTS.in_words(long.problems) == [
        "“Mengapa desa ini” lebih dari 2.000 karakter. Persingkat isinya."
    ]
    assert len(long.cells["reason"]) == 2001, "nothing typed is lost"
    answer = RowAnswer(long.cells | {"reason": "banyak calo"}, version=long.version)
    uploads_services.edit_row(VILLAGE_LISTS, listed, long, answer, acting_user=user)
    long.refresh_from_db()
    assert (long.check_result, long.problems) == ("ready", [])
