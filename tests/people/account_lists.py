"""Lists of people who need accounts, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desabinaan.accounts.access import Role
from tests.dataset import Dataset
from tests.people_lists import (
    bring,
    detail,
    file_of,
    send,
)
from villages.people.columns import ACCOUNT_COLUMNS
from villages.people.kind import ACCOUNT_LISTS
from villages.people.models import AccountList
from villages.people.selectors.account_lists import WantedAccount

LIST = "/akun/permintaan/"
UPLOAD = f"{LIST}berkas/"
APPROVE, SLIPS = f"{LIST}setujui/", f"{LIST}slip/"
DEWI = {"name": "Dewi", "username": "dewi"}
PERSON = {
    "name": "Suparti",
    "role": "Aparatur desa",
    "place": "36.04.13.2007",
    "username": "desa.lontar",
    "email": "",
    "phone": "+6281234567890",
    "letter_number": "400/12/2026",
    "starts_on": "2 Maret 2026",
}


def sheet(*people: dict[str, str], kind: str = "csv") -> SimpleUploadedFile:
    return file_of(ACCOUNT_COLUMNS, [PERSON | person for person in people], kind)


def brought(client: Client, *people: dict[str, str], kind: str = "csv") -> AccountList:
    return bring(client, ACCOUNT_LISTS, sheet(*people, kind=kind))


def requested(client: Client, *people: dict[str, str]) -> AccountList:
    """Bring the list and send its requests; all rows are to be ready."""
    listed = send(client, ACCOUNT_LISTS, brought(client, *people))
    assert listed.status == "committed", detail(client, ACCOUNT_LISTS, listed)
    return listed


def shown(client: Client, listed: AccountList) -> str:
    return detail(client, ACCOUNT_LISTS, listed)


def twenty() -> list[dict[str, str]]:
    return [
        {"name": f"Petugas Contoh {n}", "username": f"petugas.{n}", "phone": ""}
        for n in range(20)
    ]


def wanted(dataset: Dataset, **changes) -> WantedAccount:
    details = PERSON | {
        "role": Role.VILLAGE_OFFICIAL,
        "place": dataset.villages["lontar"],
        "starts_on": "2026-03-02",
    }
    return WantedAccount(**(details | changes))
