"""Small files that would take minutes and gigabytes: read cheaply, or refused."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from desabinaan.lib.files.limited_processes import Limits
from desabinaan.uploads.sheets import reading
from desabinaan.uploads.sheets.reading import workbook_of
from tests.lib import sheets

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet_of(rows: str) -> bytes:
    xml = f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
    return sheets.repacked(sheets.xlsx([["Desa"]]), {SHEET: xml.encode()})


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(line: int, text: str) -> str:
    return f'<row r="{line}">{cell(f"A{line}", text)}</row>'


def styled(megabytes: int) -> bytes:
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    number = megabytes * 1024**2 // len(style)
    xml = b"<styleSheet %s><cellXfs>%s</cellXfs></styleSheet>"
    return sheets.repacked(
        sheets.xlsx([["Desa"]]),
        {"xl/styles.xml": xml % (MAIN.encode(), style * number)},
    )


def shared(megabytes: int) -> bytes:
    """Texts that are kept whole in memory, each of them another one."""
    texts = "".join(f"<si><t>{n:x}</t></si>" for n in range(megabytes * 45_000))
    return sheets.repacked(
        sheets.with_shared_texts(["Desa", "Lontar"]),
        {"xl/sharedStrings.xml": f"<sst {MAIN}>{texts}</sst>".encode()},
    )


def nested() -> bytes:
    return sheet_of("<row>" + "<c>" * 200_000 + "</c>" * 200_000 + "</row>")


COSTLY: dict[str, tuple[Callable[[], bytes], str]] = {
    "a row beyond the last one": (
        lambda: sheet_of(row(1, "Desa") + row(1_048_577_000, "Lontar")),
        "unreadable",
    ),
    "styles of a hundred megabytes": (lambda: styled(100), "unpacks_too_large"),
    "texts of a hundred megabytes": (lambda: shared(100), "unpacks_too_large"),
    "rows without end": (
        lambda: sheet_of("<row/>" * 19_999 + "<row><c><v>1</v></c></row>" * 20_001),
        "too_many_rows",
    ),
    "a line of nine million cells": (
        lambda: b"a;b\n" + b";" * 9_000_000 + b"x",
        "too_many_columns",
    ),
    "three hundred cells in each line": (
        lambda: (b";" * 300 + b"x\n") * 30_000,
        "too_many_columns",
    ),
}


@pytest.mark.parametrize("name", COSTLY)
def test_what_costs_too_much_is_refused(name: str) -> None:
    make, code = COSTLY[name]
    with pytest.raises(ValidationError) as refusal:
        workbook_of(make())
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "content",
    [
        sheet_of(row(1, "Desa") + row(2, "Lontar") + row(1_048_576, "Tengkurak")),
        sheet_of(row(1, "Desa") + row(1_048_575, "Lontar") + row(1_048_576, "x")),
        sheet_of(
            f'<row r="1">{cell("A1", "Desa")}</row>'
            f'<row r="2">{cell("A2", "Lontar")}<c r="XFD2" s="0"/></row>'
        ),
    ],
    ids=["stray cell", "two stray cells", "coloured cell"],
)
def test_a_stray_cell_far_away_costs_nothing(content: bytes) -> None:
    rows = workbook_of(content).rows
    assert [found.cells[0] for found in rows[:2]] == ["Desa", "Lontar"]


@pytest.fixture(scope="module")
def long_list() -> bytes:
    return sheets.long_xlsx(30_000)


@pytest.mark.parametrize(
    "limits",
    [Limits(1, 30, 200), Limits(8, 1, 200), Limits(8, 30, 2), Limits(8, 30, 200, 0)],
    ids=["computing", "clock", "memory", "output"],
)
def test_each_limit_ends_the_reading_with_a_sentence(
    limits: Limits, long_list: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LIMITS", limits)
    with pytest.raises(ValidationError, match="terlalu besar") as refusal:
        workbook_of(long_list, most_rows=200_000)
    assert refusal.value.code == "unpacks_too_large"


def test_deep_nesting_is_refused_or_read() -> None:
    with pytest.raises(ValidationError):
        workbook_of(nested())
