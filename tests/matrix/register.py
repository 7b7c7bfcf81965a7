"""What the matrix asks for of the register of villages: decrees, requests, lists."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from desabinaan.accounts.models import User
from desabinaan.uploads.models import Upload, UploadProgress, UploadRow
from tests.dataset import make_user
from tests.matrix.reports import PDF
from villages.imports.models import VillageImport
from villages.people.models import AccountList, AccountRequest, ApprovalRequest
from villages.places.models import Region
from villages.register.models import Designation, Village

PREVIEWED: dict[str, Any] = {
    "filename": "daftar.xlsx",
    "delete_on": date(2027, 1, 31),
    "status": "previewed",
}


def create_remote_village_regions() -> None:
    """Create the village region 91.01.01.2001 and the regions above it."""
    parent = None
    for level, code in enumerate(("91", "91.01", "91.01.01", "91.01.01.2001"), 1):
        parent = Region.objects.create(
            code=code, name=f"Jauh {level}", level=level, parent=parent
        )


def create_region(name: str, district: str, number: int) -> Region:
    """Create a village region in a district such as "36.04.13"."""
    return Region.objects.create(
        code=f"{district}.21{number:02}",
        name=f"Desa {name} {number}",
        level=4,
        kind="desa",
        parent_id=district,
    )


def create_designation(village: Village, person: User) -> Designation:
    return Designation.objects.create(
        village=village,
        verb="designate",
        decree_number="W.11-1/2025",
        decree_date=date(2025, 1, 10),
        issued_by=village.office,
        signatory="Kepala Kantor Contoh",
        decree_file=ContentFile(PDF, "sk.pdf"),
        decree_size=len(PDF),
        decree_sha256="0" * 64,
        recorded_by=person,
    )


def create_account_request(name: str, village: Village, person: User) -> AccountRequest:
    return AccountRequest.objects.create(
        requesting_office=village.office,
        role="village_official",
        village=village,
        username=f"baru.{name}",
        name="Petugas Baru",
        letter_number="ST-9",
        starts_on=date(2026, 1, 1),
        requested_by=person,
    )


def create_approval(name: str, village: Village, person: User) -> ApprovalRequest:
    """Create a request for a second approval, sent by an administrator."""
    return ApprovalRequest.objects.create(
        kind="grant",
        account=person,
        office=village.office,
        role="auditor",
        letter_number="ST-9",
        starts_on=date(2026, 3, 2),
        reason="Pengganti",
        requested_by=make_user(f"pengelola.{name}", is_superuser=True),
    )


def create_village_import(
    village: Village, region: Region, person: User
) -> VillageImport:
    """Create a previewed list of villages with one row that is ready."""
    village_import = VillageImport.objects.create(
        office=village.office, uploaded_by=person, **PREVIEWED
    )
    _create_row(village_import, cells={"code": region.pk}, subject=region.pk)
    return village_import


def create_account_list(village: Village, person: User) -> AccountList:
    """Create a previewed list of people, seen by `person` only."""
    account_list = AccountList.objects.create(uploaded_by=person, **PREVIEWED)
    cells = {"name": "Dewi Lestari", "role": "Kades", "place": village.code}
    _create_row(account_list, cells=cells, subject=village.code)
    return account_list


def _create_row(upload: Upload, **details: Any) -> None:
    UploadProgress.objects.create(parent=upload)
    UploadRow.objects.create(
        parent=upload, line=2, confidence=99, check_result="ready", **details
    )
