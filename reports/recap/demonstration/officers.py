"""PIMPASA sent by letter: one for several villages, one ended, one that ends soon."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desabinaan.lib.files import PDF, clean_upload
from reports.recap.demonstration.contents import moment
from reports.recap.demonstration.files import paper
from reports.recap.demonstration.portal import Portal
from villages.actions.assignments import (
    Letter,
    assign_pimpasa,
    end_assignment,
    issue_letter,
)

#: Who is about to leave, so that there is something to hand over.
LEAVES_SOON = "pimpasa.labuan"
NOTICE = timedelta(days=20)
#: Who looked after Lontar before its PIMPASA came.
FIRST, FIRST_VILLAGE = "kanim.serang", "36.04.13.2007"
FIRST_DAY, LAST_DAY = date(2025, 3, 17), date(2025, 10, 28)


def letter_of(person: dict[str, Any], ends_on: date | None = None) -> Letter:
    """The letter by which the demonstration sends this person, without its PDF."""
    since = date.fromisoformat(person["since"])
    return Letter(f"ST-{since:%m%d}/{since.year} (contoh)", since, ends_on)


def send_officer(portal: Portal, person: dict[str, Any], head: Any) -> None:
    """One letter with its PDF for all villages of the officer."""
    leaves = person["username"] == LEAVES_SOON
    last_day = timezone.localdate() + NOTICE if leaves else None
    told = letter_of(person, last_day)
    issue_letter(
        [portal.villages[code] for code in person["place"]],
        portal.user(person["username"]),
        _on_paper(told, person["name"]),
        acting_user=head,
        occurred_at=moment(told.starts_on),
    )


def relieve_first_officer(portal: Portal) -> None:
    """A colleague of the office served until the PIMPASA came, and handed over."""
    kanwil, first = portal.user("kanwil"), portal.user(FIRST)
    served = assign_pimpasa(
        portal.villages[FIRST_VILLAGE],
        first,
        _on_paper(Letter("ST-0317/2025 (contoh)", FIRST_DAY), str(first)),
        acting_user=kanwil,
        occurred_at=moment(FIRST_DAY),
    )
    end_assignment(served, LAST_DAY, acting_user=kanwil, occurred_at=moment(LAST_DAY))


def _on_paper(letter: Letter, name: str) -> Letter:
    page = paper(f"Surat Tugas {letter.number}", f"Menugaskan {name} sebagai PIMPASA.")
    file = clean_upload(page, PDF)
    return Letter(letter.number, letter.starts_on, letter.ends_on, file)
