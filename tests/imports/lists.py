"""Lists of villages as offices send them, for the tests of imports."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from desabinaan.accounts.models import User
from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.selectors.uploads import read_upload
from tests.dataset import Dataset, build_dataset
from tests.lib.sheets import xlsx
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport
from villages.places.models import Office, Region
from villages.places.region_files import DATA_FOLDER
from villages.register import services as register_services

HEADINGS = (
    "No.",
    "Kode",
    "Desa/Kelurahan",
    "Kecamatan",
    "Kabupaten/Kota",
    "Status",
    "Nomor SK",
    "Tanggal SK",
    "Penandatangan",
    "Lintang",
    "Bujur",
)
FIELDS = (
    "code",
    "village",
    "district",
    "regency",
    "status",
    "decree_number",
    "decree_date",
    "signatory",
    "latitude",
    "longitude",
)
#: villages of Kabupaten Serang that are not in the test dataset
NEW = ("36.04.12.2001", "36.04.12.2002", "36.04.12.2003")
SIGNATORY = "Kepala Kanwil Contoh"


def banten() -> Dataset:
    """Build the test dataset with every region of Banten."""
    dataset = build_dataset()
    register_services.import_regions(DATA_FOLDER)
    return dataset


def row(**cells: Any) -> tuple[Any, ...]:
    return ("", *(cells.get(name, "") for name in FIELDS))


def decree(day: Any = "12/11/2025", number: str = "W.11-001") -> dict[str, Any]:
    return {"decree_number": number, "decree_date": day, "signatory": SIGNATORY}


def xlsx_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a workbook with a title and merged heading cells, as offices send."""
    head: list[Any] = list(HEADINGS)
    head[6:9] = ["SK Penetapan", None, None]
    below: list[Any] = [None] * 6 + ["Nomor", "Tanggal", "Penandatangan", None, None]
    joined = ["A1:K1", "G3:I3", *(f"{c}3:{c}4" for c in "ABCDEFJK")]
    title = ["DAFTAR DESA BINAAN IMIGRASI TAHUN 2025"]
    return xlsx([title, [], head, below, *rows], merged=joined)


def upload(content: bytes, name: str = "daftar desa.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def previewed(
    office: Office, user: User | None, rows: Sequence[Sequence[Any]]
) -> VillageImport:
    """Return an import of the rows, checked with the guessed columns."""
    return previewed_file(office, user, xlsx_of(rows))


def previewed_file(office: Office, user: User | None, content: bytes) -> VillageImport:
    uploaded = read_upload(VILLAGE_LISTS, "daftar.xlsx", content)
    listed = uploads_services.store_upload(
        VILLAGE_LISTS, VillageImport(office=office), uploaded, acting_user=user
    )
    return uploads_services.preview_upload(
        VILLAGE_LISTS, listed, listed.columns, acting_user=user
    )


def only_row(listed: VillageImport) -> UploadRow:
    return UploadRow.objects.get(parent=listed)


def problems_of(found: UploadRow) -> list[str]:
    return [word for word, _details in found.problems]


def notes_of(found: UploadRow) -> list[str]:
    return [word for word, _details in found.notes]


def renamed(code: str, name: str) -> None:
    Region.objects.filter(pk=code).update(name=name)


def listed(dataset: Dataset, *rows: Any) -> VillageImport:
    return previewed(dataset.kanwil, dataset.user("kanwil"), rows)


def many(dataset: Dataset, count: int) -> VillageImport:
    codes = Region.objects.filter(level=4, code__startswith="36.0", village=None)
    codes = codes.exclude(code__startswith="36.01").exclude(code__startswith="36.02")
    found = codes.order_by("code").values_list("pk", flat=True)[:count]
    return listed(dataset, *(row(code=code, **decree()) for code in found))
