"""Reference data as it comes along, and the papers of each office."""

from datetime import date
from typing import Any

from reports.recap.demonstration.contents import contents
from reports.recap.demonstration.portal import Portal
from villages.actions.reference import load_reference, mark_checked
from villages.models import (
    ActivityKind,
    DocumentKind,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)

SINCE = date(2025, 1, 2)


def make_reference(portal: Portal) -> None:
    """The defaults; the short lists are checked, the others wait for it."""
    load_reference()
    _check(portal, ActivityKind, Scheme)


def make_papers(portal: Portal) -> None:
    """Every office has a letterhead, a head who signs, and numbers for its letters."""
    for number, told in enumerate(contents("offices"), start=1):
        office = portal.offices[told["key"]]
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
