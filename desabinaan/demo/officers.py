"""PIMPASA assigned by letter: several villages, one ended, one ending soon."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desabinaan.demo.contents import moment
from desabinaan.demo.files import paper
from desabinaan.demo.portal import Portal
from desabinaan.lib.files.uploads import PDF, clean_upload
from villages.register.services.assignments import (
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
    """Return the letter of assignment of this person, without its PDF."""
    since = date.fromisoformat(person["since"])
    return Letter(f"ST-{since:%m%d}/{since.year} (contoh)", since, ends_on)


def send_officer(portal: Portal, person: dict[str, Any], head: Any) -> None:
    """Assign the officer to all villages by one letter with its PDF."""
    leaves = person["username"] == LEAVES_SOON
    last_day = timezone.localdate() + NOTICE if leaves else None
    letter = letter_of(person, last_day)
    issue_letter(
        [portal.villages[code] for code in person["place"]],
        portal.user(person["username"]),
        _on_paper(letter, person["name"]),
        acting_user=head,
        occurred_at=moment(letter.starts_on),
    )


def relieve_first_officer(portal: Portal) -> None:
    """Assign a colleague until the PIMPASA comes, and end that assignment."""
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
