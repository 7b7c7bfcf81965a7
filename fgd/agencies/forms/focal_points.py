"""A list of future focal points from a spreadsheet, row by row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.sheets.columns import Sheet
from desabinaan.lib.text.folding import folded
from fgd.agencies.models import Agency
from fgd.agencies.selectors.focal_points import (
    FocalPointFinding,
    WantedFocalPoint,
    compared,
)
from fgd.agencies.selectors.named_agencies import NamedAgencies, agencies_named
from villages.people.forms.people_files import (
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

#: column -> accepted headings
HEADINGS: dict[str, list[str]] = {
    **NAME,
    "agency": ["instansi", "nama instansi", "lembaga", "dinas", "agency"],
    "position": ["jabatan", "position"],
    **ACCOUNT,
    **BEGIN,
}


class FocalPointFile(PeopleFile):
    headings = HEADINGS


class FocalPointRow(PersonRow):
    agency = forms.CharField(label=gettext_lazy("Agency"), max_length=150)
    position = forms.CharField(
        label=gettext_lazy("Position"), max_length=120, required=False
    )

    field_order = tuple(HEADINGS)
    finding: FocalPointFinding | None = None
    #: whether the named agency was merged into the agency that was found
    goes_on = False

    def wanted(self, agency: Agency) -> WantedFocalPoint:
        names = WantedFocalPoint.__dataclass_fields__.keys() - {"agency"}
        typed = {name: self.cleaned_data[name] for name in names}
        return WantedFocalPoint(agency=agency, **typed)


class FocalPointRows(People):
    """The rows, compared with existing accounts and focal points."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean(self) -> None:
        """Find the agencies and compare the rows, for the whole list at once."""
        rows = [row for row in self.forms if not row.is_skipped]
        typed = [row.cleaned_data.get("agency", "") for row in rows]
        readable: list[tuple[FocalPointRow, WantedFocalPoint]] = []
        for row, named in zip(rows, agencies_named(typed), strict=True):
            agency = self._agency(row, named)
            row.goes_on = named.is_merged
            if agency is not None and not row.errors:
                readable.append((row, row.wanted(agency)))
        findings = compared([one for _row, one in readable], self._user)
        self.set_findings([row for row, _one in readable], findings)

    def _agency(self, row: FocalPointRow, named: NamedAgencies) -> Agency | None:
        """Return the matching agency; None, with an error on the row, if unclear."""
        if not row.cleaned_data.get("agency"):
            return None
        candidates = named.agencies
        if not candidates:
            row.add_error("agency", _unknown([one.name for one in named.likely]))
            return None
        if len(candidates) > 1:
            names = "; ".join(sorted((one.name for one in candidates), key=folded))
            text = _("Several agencies: %(names)s. Type the full name of one.")
            row.add_error("agency", text % {"names": names})
            return None
        if reason := candidates[0].why_closed():
            row.add_error("agency", reason)
            return None
        return candidates[0]


def focal_point_rows(data: Mapping[str, Any], user: User) -> FocalPointRows:
    """Return the compared list from submitted data or `focal_point_form_data`."""
    return cast(
        FocalPointRows, people_rows(FocalPointRow, FocalPointRows, data, user=user)
    )


def focal_point_form_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the rows of a file as if they had been submitted by the page."""
    return typed_rows(rows, list(HEADINGS))


def focal_point_template() -> Sheet:
    """Return an empty list with the accepted headings."""
    about = (
        _("One person per row, below the headings."),
        _("Agency: its name or short name, as shown in the portal."),
        _("Position, user name, e-mail and telephone may be empty."),
    )
    title = _("Focal points of agencies")
    return people_template("daftar-narahubung", title, HEADINGS, about)


def _unknown(similar: Sequence[str]) -> str:
    if similar:
        text = _("No agency has this name. Similar: %(names)s. Type the full name.")
        return text % {"names": "; ".join(similar)}
    return _("No agency has this name. Enter it first, or correct the name.")
