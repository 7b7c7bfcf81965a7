"""Lists of future focal points, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desabinaan.uploads.models import UploadRow
from fgd.agencies.columns import FOCAL_POINT_COLUMNS
from fgd.agencies.models import FocalPoint, FocalPointList
from fgd.agencies.selectors.focal_points import FocalPointFinding
from fgd.plan.kind import FOCAL_POINT_LISTS
from tests.dataset import Dataset
from tests.people_lists import bring, detail, file_of, send

LIST = "/admin/agencies/focalpoint/"

UPLOAD = f"{LIST}list/"
SLIPS = f"{UPLOAD}slips/"
PERSON = {
    "name": "Ma'ruf",
    "agency": "DINSOS contoh",
    "position": "Sekretaris",
    "username": "maruf",
    "email": "",
    "phone": "0812 3456 7890",
    "starts_on": "2 Maret 2026",
}


def sheet(*people: dict[str, str], kind: str = "csv") -> SimpleUploadedFile:
    return file_of(FOCAL_POINT_COLUMNS, [PERSON | person for person in people], kind)


def brought(
    client: Client, *people: dict[str, str], kind: str = "csv"
) -> FocalPointList:
    return bring(client, FOCAL_POINT_LISTS, sheet(*people, kind=kind))


def shown(client: Client, listed: FocalPointList) -> str:
    return detail(client, FOCAL_POINT_LISTS, listed)


def appointed(client: Client, *people: dict[str, str]) -> FocalPointList:
    """Bring the list and appoint its people; all rows are to be ready."""
    listed = send(client, FOCAL_POINT_LISTS, brought(client, *people))
    assert listed.status == "committed", shown(client, listed)
    return listed


def links(client: Client, listed: FocalPointList):
    """The answer that shows the links of the new accounts, this once."""
    return client.post(FOCAL_POINT_LISTS.url("links", listed.pk))


def many(count: int) -> list[dict[str, str]]:
    names = ["Dinsos", "Polres Serang", "Kanim Serang"]
    return [
        {
            "name": f"Petugas Contoh {n}",
            "username": f"petugas.{n}",
            "phone": "",
            "agency": names[n % 3],
        }
        for n in range(count)
    ]


def points() -> int:
    return FocalPoint.objects.count()


def found(dataset: Dataset, *people: dict[str, str]) -> list[FocalPointFinding]:
    """What checking these rows finds, for the services that write it."""
    rows = [UploadRow(line=n, cells=PERSON | one) for n, one in enumerate(people)]
    checked = FOCAL_POINT_LISTS.checked(rows, dataset.user("admin"))
    assert [check.problems for check, _finding in checked] == [[]] * len(rows)
    return [finding for _check, finding in checked]
