"""Default reference data, and the letter settings of each office."""

from datetime import date
from typing import Any

from desabinaan.demo.contents import contents
from desabinaan.demo.portal import Portal
from villages.places.models import (
    ActivityKind,
    DocumentKind,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)
from villages.places.services.reference import load_reference, mark_checked

SINCE = date(2025, 1, 2)


def make_reference(portal: Portal) -> None:
    """Load the defaults; mark the short lists as checked, not the others."""
    load_reference()
    _check(portal, ActivityKind, Scheme)


def make_papers(portal: Portal) -> None:
    """Give every office a letterhead, a signatory, and letter numbers."""
    for number, entry in enumerate(contents("offices"), start=1):
        office = portal.offices[entry["key"]]
        Letterhead.objects.create(
            office=office,
            heading="\n".join(
                (
                    "KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN REPUBLIK INDONESIA",
                    "DIREKTORAT JENDERAL IMIGRASI",
                    office.name.upper(),
                )
            ),
            address=office.address or "Jalan Contoh 1",
        )
        Signatory.objects.create(
            office=office,
            name=f"Kepala Kantor Contoh {number}",
            position=f"Kepala {office.short_name}",
            starts_on=SINCE,
        )
        for kind in (DocumentKind.INVITATION, DocumentKind.ASSIGNMENT_LETTER):
            Numbering.objects.create(
                office=office, kind=kind, pattern="W.12.UM.01.01-{nomor}"
            )
    _check(portal, Letterhead, Signatory, Numbering)


def _check(portal: Portal, *tables: type[Any]) -> None:
    for table in tables:
        ids = table.objects.values_list("pk", flat=True)
        mark_checked(table, ids, acting_user=portal.user("admin"))
