"""Workbooks for tests, made on the spot: ordinary ones, and some made to harm."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
import xlsxwriter


def xlsx(rows: Iterable[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    """A workbook of one sheet; `merged` names ranges such as "E3:G3"."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for joined in merged:
        sheet.merge_cells(joined)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def long_xlsx(rows: int, columns: int = 3) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Desa", "Kecamatan", "Kabupaten"][:columns])
        for row in range(1, rows):
            sheet.write_row(row, 0, ["Lontar", "Tirtayasa", "Serang"][:columns])
    return kept.getvalue()


def with_shared_texts(column: Sequence[str]) -> bytes:
    """A workbook that keeps its texts apart, as spreadsheet programs do."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as workbook:
        workbook.add_worksheet().write_column(0, 0, column)
    return kept.getvalue()


def csv_of(
    rows: Iterable[Sequence[Any]], separator: str = ";", encoding: str = "utf-8"
) -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=separator).writerows(rows)
    return kept.getvalue().encode(encoding)


def zipped(entries: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return kept.getvalue()


def repacked(workbook: bytes, changes: dict[str, bytes]) -> bytes:
    """Return the workbook with some of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | changes)


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 200 megabytes."""
    return repacked(xlsx([["Desa"]]), {"xl/media/image1.bin": bytes(200 * 1024**2)})


def many_parts() -> bytes:
    parts = {f"xl/media/{number}.png": b"" for number in range(2000)}
    return repacked(xlsx([["Desa"]]), parts)


def laughing() -> bytes:
    """Entities within entities: "a billion laughs"."""
    entities = "".join(
        f'<!ENTITY e{step} "{f"&e{step - 1};" * 10}">' for step in range(1, 10)
    )
    sheet = (
        f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{entities}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row><c t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData>'
        "</worksheet>"
    )
    parts = {"xl/worksheets/sheet1.xml": sheet.encode()}
    return repacked(xlsx([["Desa"]]), parts)
