"""Whatever a row is asked for can be filled in on its page, whatever the list holds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import problems_of
from tests.lib import sheets
from tests.people_lists import edit
from villages.imports.kind import VILLAGE_LISTS

Browser = Callable[[str], Client]
CODE = "36.04.12.2001"


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


@pytest.mark.parametrize(
    ("heading", "cell", "others"),
    [
        ("Nomor SK", "SK-5/2026", {"decree_date": "2/3/2026", "signatory": "Kakanwil"}),
        ("Ditandatangani oleh", "Kakanwil",
         {"decree_date": "2/3/2026", "decree_number": "SK-5/2026"}),
        ("Lintang", "-6,01", {"longitude": "106,2"}),
        ("Telepon kontak", "0812-1111-2222",
         {"contact_name": "Dewi", "contact_position": "Kepala Desa"}),
        ("Rumah tangga", "900", {"population": "3000"}),
    ],
)  # fmt: skip
def test_what_belongs_together_can_be_filled_in(
    dataset: Dataset,
    signed_in: Browser,
    heading: str,
    cell: str,
    others: dict[str, Any],
) -> None:
    content = sheets.xlsx([["Kode", heading], [CODE, cell]])
    listed = lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)
    row = lists.only_row(listed)
    edit(signed_in("kanwil"), VILLAGE_LISTS, row, **others)
    assert problems_of(row) == []
    assert others.items() <= row.cells.items()


def test_an_officer_can_be_given_a_letter(dataset: Dataset, signed_in: Browser) -> None:
    content = sheets.xlsx([["Kode", "PIMPASA"], [CODE, "Petugas"]])
    listed = lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)
    address = VILLAGE_LISTS.url("row", listed.pk, lists.only_row(listed).pk)
    fields = signed_in("kanwil").get(address).context["form"].fields
    assert {"letter_number", "letter_date"} <= fields.keys()
    assert "schemes" not in fields
