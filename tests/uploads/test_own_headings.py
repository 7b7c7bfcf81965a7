"""What the portal writes above a column, it understands: in each language."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.sheets.headings import Table, heading_key
from fgd.agencies.presenters import focal_point_template
from fgd.participants.kind import DELEGATE_LISTS
from fgd.plan.kind import FOCAL_POINT_LISTS
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from tests.lib.sheets import xlsx
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.presenters.files import template_sheet
from villages.people.kind import ACCOUNT_LISTS
from villages.people.presenters.empty_lists import account_list_template
from villages.register.presenters.files import register_file
from villages.vulnerability.kind import FIGURE_LISTS
from villages.vulnerability.presenters.figure_template import figure_template

LANGUAGES = ["id", "en"]
#: kinds whose columns are known by their headings
HEADED: list[AnyKind] = [
    VILLAGE_LISTS,
    FIGURE_LISTS,
    ACCOUNT_LISTS,
    FOCAL_POINT_LISTS,
    DELEGATE_LISTS,
]


def headings_of(sheet: Any) -> list[str]:
    return [column.label for column in sheet.columns]


def figure_headings() -> list[str]:
    return figure_template().decode("utf-8-sig").strip().split(";")


def labels(kind: AnyKind) -> list[str]:
    return [str(known.label) for known in kind.columns.values()]


WRITTEN: list[tuple[AnyKind, Callable[[], list[str]]]] = [
    (VILLAGE_LISTS, lambda: headings_of(template_sheet())),
    (VILLAGE_LISTS, lambda: headings_of(register_file())),
    (FIGURE_LISTS, figure_headings),
    (ACCOUNT_LISTS, lambda: headings_of(account_list_template())),
    (FOCAL_POINT_LISTS, lambda: headings_of(focal_point_template())),
    *((kind, lambda kind=kind: labels(kind)) for kind in HEADED),
]


def read(kind: AnyKind, headings: list[str]) -> Table:
    return kind.table_of(
        kind.workbook_in(xlsx([headings, [f"isi {one}" for one in headings]]))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "written"), WRITTEN)
@pytest.mark.parametrize("reader", LANGUAGES)
def test_our_own_headings_are_read_without_a_question(
    kind: AnyKind, written: Callable[[], list[str]], language: str, reader: str
) -> None:
    with override(language):
        headings = written()
        meant = {str(one.label): name for name, one in kind.columns.items()}
    with override(reader):
        table = read(kind, headings)
    assert (dict(table.suggested), list(table.unclear)) == ({}, [])
    assert table.is_headed
    found = {headings[place]: name for name, place in table.columns.items()}
    assert found == {one: meant[one] for one in headings if one in meant}


@pytest.mark.parametrize("kind", HEADED)
def test_no_heading_means_two_columns(kind: AnyKind) -> None:
    keys = [
        (heading_key(one), name)
        for name, known in kind.columns.items()
        for one in known.headings()
    ]
    assert len({key for key, _name in keys}) == len(set(keys))


def test_a_template_is_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert {"Village", "Source"} <= set(figure_headings())
        assert headings_of(account_list_template())[0] == "Name"
    with override("id"):
        assert {"Desa", "Sumber"} <= set(figure_headings())
        assert headings_of(account_list_template())[0] == "Nama"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headings_of_the_rundown_page_are_no_line(language: str) -> None:
    names = ("Time", "Minutes (length)", "Activity", "In charge")
    with override(language):
        head = "\t".join(_(name) for name in names)
        text = f"{head}\n09.00-09.30\tPembukaan\tPanitia\n"
        table = RUNDOWN_LISTS.table_of(RUNDOWN_LISTS.workbook_in(text.encode()))
    assert [row.cells[2] for row in table.body] == ["Pembukaan"]


@pytest.mark.parametrize(
    ("kind", "heading", "column"),
    [
        (VILLAGE_LISTS, "Population", "population"),
        (VILLAGE_LISTS, "Phone", "contact_phone"),
        (FIGURE_LISTS, "Date", "day"),
        (FIGURE_LISTS, "Poverty", "poverty"),
        (ACCOUNT_LISTS, "Phone number", "phone"),
    ],
)
def test_usual_english_headings_are_known(
    kind: AnyKind, heading: str, column: str
) -> None:
    assert read(kind, ["Village", "Name", heading]).columns[column] == 2


def test_numbers_of_migrant_workers_are_asked_in_english_too() -> None:
    table = read(FIGURE_LISTS, ["Code", "Migrant workers"])
    assert table.suggested == {1: "migration"}
