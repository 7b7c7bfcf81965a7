"""People who are to speak for agencies, out of a spreadsheet, row by row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.exports import Sheet
from desabinaan.lib.workbooks import folded
from fgd.models import Agency
from fgd.selectors.focal_points import Finding, Named, Wanted, agencies_named, compared
from villages.forms.people_files import (
    ACCOUNT,
    BEGIN,
    NAME,
    People,
    PeopleFile,
    PersonRow,
    people_rows,
    people_template,
    typed_rows,
)

#: column -> the words that may stand above it
HEADINGS: dict[str, list[str]] = {
    **NAME,
    "agency": ["instansi", "nama instansi", "lembaga", "dinas", "agency"],
    "position": ["jabatan", "position"],
    **ACCOUNT,
    **BEGIN,
}


class SpeakersFile(PeopleFile):
    headings = HEADINGS


class SpeakerRow(PersonRow):
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=150)
    position = forms.CharField(
        label=gettext_lazy("Position"), max_length=120, required=False
    )

    field_order = tuple(HEADINGS)
    finding: Finding | None = None

    @property
    def goes_on(self) -> bool:
        """Whether the agency that was named was merged into the one that is meant."""
        if self.finding is None:
            return False
        agency, typed = self.finding.wanted.agency, self.cleaned_data["agency"]
        return folded(typed) not in {folded(agency.name), folded(agency.short_name)}

    def wanted(self, agency: Agency) -> Wanted:
        names = Wanted.__dataclass_fields__.keys() - {"agency"}
        typed = {name: self.cleaned_data[name] for name in names}
        return Wanted(agency=agency, **typed)


class Speakers(People):
    """The rows, each compared with who has an account and who speaks already."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean(self) -> None:
        """Agencies are found, and the rows compared, for the whole list at once."""
        rows = [row for row in self.forms if not row.is_skipped]
        typed = [row.cleaned_data.get("agency", "") for row in rows]
        readable: list[tuple[SpeakerRow, Wanted]] = []
        for row, named in zip(rows, agencies_named(typed), strict=True):
            agency = self._agency(row, named)
            if agency is not None and not row.errors:
                readable.append((row, row.wanted(agency)))
        findings = compared([one for _row, one in readable], self._user)
        self.keep([row for row, _one in readable], findings)

    def _agency(self, row: SpeakerRow, named: Named) -> Agency | None:
        """The agency that is meant; None, and a sentence, when that is in doubt."""
        if not row.cleaned_data.get("agency"):
            return None
        candidates = named.agencies
        if not candidates:
            row.add_error("agency", _unknown(named.similar))
            return None
        if len(candidates) > 1:
            names = "; ".join(sorted(one.name for one in candidates))
            text = _("Several agencies: %(names)s. Type the full name of one.")
            row.add_error("agency", text % {"names": names})
            return None
        if told := candidates[0].why_closed():
            row.add_error("agency", told)
            return None
        return candidates[0]


def speakers(data: Mapping[str, Any], user: User) -> Speakers:
    """The list out of what was sent, or of `speakers_data`, read and compared."""
    return cast(Speakers, people_rows(SpeakerRow, Speakers, data, user=user))


def speakers_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The rows of a file as if they had been typed into the page."""
    return typed_rows(rows, list(HEADINGS))


def speakers_template() -> Sheet:
    """An empty list with the headings that are read."""
    about = (
        _("One person per row, below the headings."),
        _("Agency: its name or short name, as it stands in the portal."),
        _("Position, user name, e-mail and telephone may stay empty."),
    )
    title = _("Focal points of agencies")
    return people_template("daftar-narahubung", title, HEADINGS, about)


def _unknown(similar: Sequence[str]) -> str:
    if similar:
        text = _("No agency has this name. Similar: %(names)s. Type the full name.")
        return text % {"names": "; ".join(similar)}
    return _("No agency has this name. Enter it first, or mend the name.")
