"""Cells that are not saved say why."""

import pytest

from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import notes_of, problems_of
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
    assert problems_of(lists.only_row(listed)) == ["shortened_phone"]


def test_a_reason_that_is_not_taken_is_said(dataset: Dataset) -> None:
    lontar = dataset.villages["lontar"]
    Village.objects.filter(pk=lontar.pk).update(reason="Banyak yang berangkat")
    content = f"Kode;Alasan\n{lontar.code};banyak calo\n".encode()
    user = dataset.user("kanwil")
    listed = lists.previewed_file(dataset.kanwil, user, content)
    assert "reason_kept" in notes_of(lists.only_row(listed))
