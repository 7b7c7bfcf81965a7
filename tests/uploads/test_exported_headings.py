"""Our own files are understood alike, in whichever language they were downloaded."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import override

from desabinaan.accounts.exports import ListFile
from desabinaan.uploads.kinds import AnyKind
from villages.imports.kind import VILLAGE_LISTS
from villages.people.kind import ACCOUNT_LISTS
from villages.people.presenters.files import (
    account_request_file,
    person_file,
    zoning_file,
)
from villages.register.presenters.files import register_file
from villages.vulnerability.kind import FIGURE_LISTS
from villages.vulnerability.presenters.files import vulnerability_file

PAIRS: list[tuple[AnyKind, Callable[[], ListFile]]] = [
    (VILLAGE_LISTS, register_file),
    (VILLAGE_LISTS, zoning_file),
    (FIGURE_LISTS, register_file),
    (FIGURE_LISTS, vulnerability_file),
    (ACCOUNT_LISTS, person_file),
    (ACCOUNT_LISTS, account_request_file),
]


def understood(kind: AnyKind, file: Callable[[], ListFile], language: str) -> Any:
    """What the headings of the file mean by position, and which are asked about."""
    with override(language):
        headings = [str(column.label) for column in file().columns]
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, ["isi"] * len(headings)])
    table = kind.table_of(kind.workbook_in(text.getvalue().encode()))
    return dict(table.columns), dict(table.suggested)


@pytest.mark.parametrize(("kind", "file"), PAIRS)
def test_a_file_of_the_portal_is_understood_alike_in_both_languages(
    kind: AnyKind, file: Callable[[], ListFile]
) -> None:
    assert understood(kind, file, "en")[0] == understood(kind, file, "id")[0]


def test_the_place_of_a_request_is_asked_about_where_an_office_is_beside_it() -> None:
    for language in ("id", "en"):
        columns, asked = understood(ACCOUNT_LISTS, account_request_file, language)
        assert columns == {"name": 0, "role": 1}
        assert asked == {2: "place", 3: "place"}
