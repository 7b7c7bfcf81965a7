"""A list of people who are to speak for agencies, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from fgd.forms.focal_points import HEADINGS, speakers
from fgd.models import FocalPoint
from fgd.selectors.focal_points import Finding
from tests.people_lists import file_of, posted
from tests.world import World

LIST = "/admin/fgd/focalpoint/"
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
    return posted([PERSON | person for person in people])


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


def found(world: World, *people: dict[str, str]) -> list[Finding]:
    return speakers(typed(*people), world.user("admin")).ready()
