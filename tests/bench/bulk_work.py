"""What tests.bench.bulk measures, in a process of its own.

Everything happens in one transaction and is rolled back. The regions are made up:
as many as Indonesia has.
"""

import csv
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import xlsxwriter
from django.db import connection, transaction
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.selectors.uploads import read_upload
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.places.models import Office, ServiceArea
from villages.places.region_files import FILES, read_regions
from villages.register import services as register_services
from villages.register.views.register import village_export

PROVINCES, REGENCIES, DISTRICTS, VILLAGES = 38, 14, 14, 11
FIRST_PROVINCE = 41
LISTED = 5_000
HEADINGS = (
    "Desa",
    "Kecamatan",
    "Kabupaten",
    "Nomor SK",
    "Tanggal SK",
    "Penandatangan",
    "Lintang",
    "Bujur",
    "Nama Kontak",
    "Jumlah Penduduk",
)
SAID = ("SK-77/2026", "17/03/2026", "Kepala Kanwil", "-6,01234", "106,33")
FOSTER = """
    INSERT INTO register_village (region_id, office_id, name, district_name, regency_id,
        regency_name, status, reason, access_note, profile, version)
    SELECT r.code, %s, r.name, d.name, g.code, g.name,
        'proposed', 'uji', '', '', 1
    FROM places_region r
    JOIN places_region d ON d.code = r.parent_id
    JOIN places_region g ON g.code = d.parent_id
    LEFT JOIN register_village v ON v.region_id = r.code
    WHERE r.level = 4 AND v.id IS NULL
"""
COPY_RAW = "COPY raw_region (code, level, kind, name, name_key, parent_id) FROM STDIN"


def measure(what: str) -> None:
    """Prints the figures of one measurement as JSON; nothing stays."""
    works: dict[str, Callable[[Path], dict[str, float]]] = {
        "regions": _regions,
        "preview": _preview,
        "export": _export,
    }
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        nation = Path(folder)
        _write_nation(nation)
        print(json.dumps(works[what](nation)))
        transaction.set_rollback(True)


def _regions(nation: Path) -> dict[str, float]:
    rows = list(read_regions(nation).values())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_region (LIKE places_region INCLUDING ALL)")
        begun = time.perf_counter()
        with cursor.copy(COPY_RAW) as copy:
            for row in rows:
                parent = row.parent or None
                copy.write_row(
                    (row.code, row.level, row.kind, row.name, row.name, parent)
                )
        raw = time.perf_counter() - begun
    begun = time.perf_counter()
    register_services.import_regions(nation)
    return {"ratio": (time.perf_counter() - begun) / raw}


def _preview(nation: Path) -> dict[str, float]:
    kanwil = _assigned(nation)
    content = _list_of(nation)
    begun = time.perf_counter()
    listed = uploads_services.store_upload(
        VILLAGE_LISTS,
        VillageImport(office=kanwil),
        read_upload(VILLAGE_LISTS, "uji.xlsx", content),
        acting_user=None,
    )
    uploads_services.preview_upload(
        VILLAGE_LISTS, listed, listed.columns, acting_user=None
    )
    listed.file.delete(save=False)
    return {"seconds": time.perf_counter() - begun, "mb": _megabytes()}


def _export(nation: Path) -> dict[str, float]:
    kanwil = _assigned(nation)
    with connection.cursor() as cursor:
        cursor.execute(FOSTER, [kanwil.branches.earliest("pk").pk])
        cursor.execute("ANALYZE register_village")
    person = User.objects.filter(
        assignments__office=kanwil, assignments__role=Role.REGIONAL_STAFF
    )
    before = _megabytes()
    for kind in ("csv", "xlsx"):
        request = RequestFactory().post("/desa/unduh/", {"bentuk": kind})
        request.user = person[0]
        response = cast(StreamingHttpResponse, village_export(request))
        for _chunk in response.streaming_content:
            pass
    return {"mb": _megabytes() - before}


def _assigned(nation: Path) -> Office:
    """The Kanwil, with the made-up nation assigned to its first Kanim."""
    register_services.import_regions(nation)
    kanwil = Office.objects.filter(kind=Office.Kind.REGIONAL).earliest("pk")
    kanim = kanwil.branches.earliest("pk")
    for number in range(PROVINCES):
        ServiceArea.objects.create(office=kanim, region_id=f"{FIRST_PROVINCE + number}")
    return kanwil


def _list_of(nation: Path) -> bytes:
    """Villages by name with what lists say of them, every tenth with a slip."""
    path = nation / "daftar.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        for line, (_code, name, district, regency) in enumerate(_villages(), start=1):
            if line > LISTED:
                break
            typed = f"Ds. {name}" if line % 10 else f"{name[:-1]}x"
            place = [typed, f"Kec. {district}", regency]
            sheet.write_row(
                line, 0, [*place, *SAID, f"Kades {line}", f"4.{line % 1000:03}"]
            )
    return path.read_bytes()


def _write_nation(folder: Path) -> None:
    levels = [list(rows) for rows in zip(*_levels(), strict=True)]
    for file, rows in zip(FILES, levels, strict=True):
        columns = (
            ["code", file.parent_column, "name"]
            if file.parent_column
            else ["code", "name"]
        )
        with (folder / file.name).open("w", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(columns)
            for code, name in dict.fromkeys(rows):
                above = [code.rpartition(".")[0]] if file.parent_column else []
                writer.writerow([code, *above, name])


def _levels() -> Iterator[Sequence[tuple[str, str]]]:
    """For each village: province, regency, district, village as code and name."""
    for code, name, district, regency in _villages():
        yield (
            (code[:2], f"Provinsi {code[:2]}"),
            (code[:5], regency),
            (code[:8], district),
            (code, name),
        )


def _villages() -> Iterator[tuple[str, str, str, str]]:
    for province in range(FIRST_PROVINCE, FIRST_PROVINCE + PROVINCES):
        for regency in range(1, REGENCIES + 1):
            for district in range(1, DISTRICTS + 1):
                for village in range(1, VILLAGES + 1):
                    above = f"{province}.{regency:02}.{district:02}"
                    yield (
                        f"{above}.{2000 + village}",
                        f"Sukamaju {_word(village)}",
                        f"Cibodas {_word(district)} {_word(regency)}",
                        f"Kabupaten Contoh {_word(regency)} {_word(province)}",
                    )


def _word(number: int) -> str:
    """A number as letters that no fold takes away: 12 -> "bc"."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
