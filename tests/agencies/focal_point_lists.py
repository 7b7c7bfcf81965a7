"""Lists of future focal points, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from fgd.agencies.forms.focal_points import HEADINGS, focal_point_rows
from fgd.agencies.models import FocalPoint
from fgd.agencies.selectors.focal_points import FocalPointFinding
from tests.dataset import Dataset
from tests.people_lists import file_of, form_data

LIST = "/admin/agencies/focalpoint/"

UPLOAD = f"{LIST}list/"
CHECK, APPLY, SLIPS = f"{UPLOAD}check/", f"{UPLOAD}apply/", f"{UPLOAD}slips/"
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
    return file_of(HEADINGS, [PERSON | person for person in people], kind)


def typed(*people: dict[str, str]) -> dict[str, str]:
    return form_data([PERSON | person for person in people])


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
    return focal_point_rows(typed(*people), dataset.user("admin")).ready()
