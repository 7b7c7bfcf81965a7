"""The official papers of a village that can be opened as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from villages.register.models import Assignment, Village


@dataclass(frozen=True, slots=True)
class Paper:
    """A decree or a letter: its number, its day, and the address of the PDF."""

    kind: str
    number: str
    day: date | None
    url: str


def papers_of(village: Village, assignments: Sequence[Assignment]) -> list[Paper]:
    """Return the decrees and letters stored as PDF, newest first; each letter once."""
    decrees = [
        Paper(
            _("Decree"),
            decree["number"],
            parse_date(decree["date"]),
            reverse("register:decree_file", kwargs={"pk": decree["pk"]}),
        )
        for decree in getattr(village, "decrees", [])
        if decree["file"]
    ]
    papers_by_letter = {
        one.letter_number: Paper(
            _("Letter of assignment"),
            one.letter_number,
            one.starts_on,
            reverse("register:letter_file", kwargs={"pk": one.pk}),
        )
        for one in assignments
        if one.letter_file
    }
    papers = [*decrees, *papers_by_letter.values()]
    return sorted(papers, key=lambda paper: str(paper.day), reverse=True)
