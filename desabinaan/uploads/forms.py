"""Forms of an uploaded list: the file, its columns, and its rows in doubt."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desabinaan.lib.web.forms import PortalForm, grouped
from desabinaan.lib.web.stale_edits import VersionedForm, compare_with_saved
from desabinaan.uploads.columns import Columns
from desabinaan.uploads.kinds import ListKind, RowAnswer
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.selectors.uploads import (
    UploadedTable,
    column_contents,
    read_upload,
    rows_alike,
)
from desabinaan.uploads.sheets.reading import content_of
from desabinaan.uploads.sheets.rows import LONGEST_CELL, cell_of

SHEET_ENTRY = {"accept": ".xlsx,.csv"}
SKIP = "lewati"
UNUSED = "-"
HEADED, UNHEADED = "ya", "tidak"
#: beginnings of the names of fields, before the position of a column, the id of a row
COLUMN, ROW = "kolom-", "baris-"


class UploadForm(PortalForm, forms.Form):
    """The uploaded file; `file` cleans to an UploadedTable."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"), widget=forms.FileInput(attrs=SHEET_ENTRY)
    )

    def __init__(self, *args: Any, kind: ListKind[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        most = number_format(kind.most_rows, force_grouping=True)
        self.fields["file"].help_text = _(
            "An Excel workbook (.xlsx) or CSV file with headings, up to 10 MB and "
            "%(most)s rows. Nothing is saved yet."
        ) % {"most": most}

    def clean_file(self) -> UploadedTable:
        upload = self.cleaned_data["file"]
        name = PurePath(upload.name or "").name
        return read_upload(self.kind, name, content_of(upload))


class PasteForm(PortalForm, forms.Form):
    """Rows copied from a spreadsheet; `text` cleans to an UploadedTable."""

    takes_any_text = True  # its lines are read one by one

    text = forms.CharField(
        label=gettext_lazy("Rows from the spreadsheet"),
        max_length=150_000,
        strip=False,  # a tab in front is a blank cell
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, kind: ListKind[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_text(self) -> UploadedTable:
        content = self.cleaned_data["text"].encode()
        return read_upload(self.kind, "", content, is_pasted=True)


class ColumnsForm(PortalForm, forms.Form):
    """The meaning of each column of the sheet.

    A heading that is known word for word is preset; one that only may mean a column
    has to be decided. Where a list may lack headings, the first row is asked about.
    The other columns are folded away, unless one of them may have to be corrected.
    """

    def __init__(
        self,
        data: Any,
        *,
        kind: ListKind[Any],
        upload: Upload,
    ) -> None:
        contents = column_contents(kind, upload)
        known = {place: name for name, place in upload.columns.items()}
        super().__init__(data)
        self.known_columns = kind.columns
        self.was_headed = upload.is_headed
        if kind.unheaded is not None:
            self.fields["is_headed"] = _first_row_field(upload, contents.first_row)
        asked = {**dict.fromkeys(contents.unclear, ""), **contents.suggested}
        places = [*range(len(upload.headings)), *contents.samples]
        for place in sorted(set(places)):
            heading = cell_of(upload.headings, place)
            samples = contents.samples.get(place, ())
            if not heading and not samples:
                continue
            maybe = None if place in known else asked.get(place)
            name = f"{COLUMN}{place}"
            label = heading or _("Column %(number)s") % {"number": place + 1}
            self.add_field(name, _column_field(kind.columns, label, samples, maybe))
            self.initial[name] = known.get(place, UNUSED) if maybe is None else ""
        self.unused = [name for name, one in self.initial.items() if one == UNUSED]
        if contents.has_gaps:
            labels = " / ".join(str(kind.columns[one].label) for one in kind.repeating)
            self.fields["fills_down"] = forms.BooleanField(
                label=_("Blank cells below “%(columns)s” repeat the cell above")
                % {"columns": labels},
                help_text=_(
                    "Without this, each line with such a blank cell is asked about."
                ),
                required=False,
                initial=upload.fills_down,
            )

    @property
    def helper(self) -> FormHelper:
        first = [name for name in self.fields if name not in self.unused]
        if not self.unused:
            return grouped(*first)
        count = len(self.unused)
        text = ngettext("%(count)s unused column", "%(count)s unused columns", count)
        legend, template = text % {"count": count}, "uploads/_unused_columns.html"
        is_open = self.non_field_errors() or self.errors.keys() & {*self.unused}
        fold = {"template": template, "open": bool(is_open)}
        return grouped(*first, Fieldset(legend, *self.unused, **fold))

    def clean(self) -> dict[str, Any]:
        chosen = list(self._chosen().values())
        for name, known in self.known_columns.items():
            if chosen.count(name) > 1:
                raise ValidationError(
                    _("Two columns are set to “%(name)s”. Keep only one of them."),
                    "twice",
                    {"name": known.label},
                )
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        return {name: place for place, name in self._chosen().items()}

    def other_first_row(self) -> bool | None:
        """Return the new answer about the first row, if the page was read otherwise.

        A row that is not decided was read as headings.
        """
        answer = {HEADED: True, UNHEADED: False}.get(self.data.get("is_headed", ""))
        was_headed = self.was_headed is not False
        return None if answer is None or answer == was_headed else answer

    def fills_down(self) -> bool:
        return bool(self.cleaned_data.get("fills_down"))

    def _chosen(self) -> dict[int, str]:
        return {
            int(entry.removeprefix(COLUMN)): name
            for entry, name in self.cleaned_data.items()
            if entry.startswith(COLUMN) and name != UNUSED
        }


def _first_row_field(upload: Upload, first_row: Sequence[str]) -> forms.ChoiceField:
    """Return the question about the first row, which is shown while undecided."""
    return forms.ChoiceField(
        label=_("The first row"),
        help_text=_("It may be headings or not: %(cells)s")
        % {"cells": " · ".join(filter(None, first_row))}
        if first_row
        else "",
        choices=[(HEADED, _("headings")), (UNHEADED, _("part of the list"))],
        widget=forms.RadioSelect,
        initial={True: HEADED, False: UNHEADED, None: ""}[upload.is_headed],
    )


def _column_field(
    columns: Columns, label: str, samples: Sequence[str], maybe: str | None
) -> forms.ChoiceField:
    """Return the choice for a column.

    `maybe` is what its heading may mean, "" when that has to be asked all the same.
    """
    choices = [(UNUSED, _("not used"))]
    choices += [(name, str(known.label)) for name, known in columns.items()]
    hints = []
    if maybe is not None:
        choices.insert(0, ("", _("– choose –")))
    if maybe:
        hints.append(
            _("Is this “%(column)s”? Choose it, or “not used”.")
            % {"column": columns[maybe].label}
        )
    if samples:
        hints.append(_("For example: %(samples)s") % {"samples": " · ".join(samples)})
    return forms.ChoiceField(
        label=label,
        help_text=" ".join(hints),
        choices=choices,
        error_messages={"required": _("Choose what this column holds, or “not used”.")},
    )


class CellField(forms.CharField):
    """A cell as typed; whether it may stay blank depends on the others of its row."""

    is_cell = True

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_CELL, **options)


class UploadRowForm(PortalForm, VersionedForm, forms.Form):
    """The cells of one row; `chosen` is the candidate that is meant, if one is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    chosen = forms.ChoiceField(
        label=gettext_lazy("Which one is meant?"),
        help_text=gettext_lazy("Or leave this empty and correct the cells below."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any,
        *,
        kind: ListKind[Any],
        upload: Upload,
        row: UploadRow,
    ) -> None:
        columns = kind.columns_of(upload)
        candidates = kind.choices(row.offered)
        own = {"chosen": row.chosen, "version": row.version}
        super().__init__(data, initial={**row.cells, **own})
        self.names = list(columns)
        if candidates:
            undecided = [("", _("none of these, or not sure yet"))]
            self.fields["chosen"].choices = [*candidates, *undecided]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
        for name, known in columns.items():
            self.add_field(name, CellField(label=known.label, help_text=known.hint))
        alike = rows_alike(row).count() if kind.asked_about else 0
        if alike:
            text = ngettext(
                "%(count)s other row that says the same gets this correction as well",
                "%(count)s other rows that say the same get this correction as well",
                alike,
            )
            label = text % {"count": alike}
            self.fields["for_alike"] = forms.BooleanField(label=label, required=False)

    def answer(self) -> RowAnswer:
        return RowAnswer(
            {name: self.cleaned_data[name] for name in self.names},
            str(self.cleaned_data.get("chosen", "")),
            self.cleaned_data["version"] or 0,
            self.cleaned_data.get("for_alike", False),
        )

    def show_saved(self, row: UploadRow) -> None:
        """After a stale edit, list what differs from the row as it is saved now."""
        saved = {name: row.cells.get(name, "") for name in self.names}
        compare_with_saved(self, saved, self.names, version=row.version)


class ChoicesForm(forms.Form):
    """For several rows at once: the chosen candidate, or that the row is skipped."""

    def __init__(self, data: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data)
        self.shown = {row["id"]: row["selected"] for row in rows}
        for row in rows:
            choices = [(one, "") for one in ("", SKIP, *row["candidates"])]
            field = forms.ChoiceField(required=False, choices=choices)
            self.fields[f"{ROW}{row['id']}"] = field

    def chosen(self) -> dict[int, str]:
        """Return row id -> the chosen candidate."""
        return {row: value for row, value in self._answers().items() if value != SKIP}

    def skipped(self) -> list[int]:
        """Return the ids of the rows to skip."""
        return [row for row, value in self._answers().items() if value == SKIP]

    def unchanged(self) -> int:
        """Count the rows that were sent with the answer that they have already."""
        return sum(self.shown[row] == answer for row, answer in self._sent().items())

    def _answers(self) -> dict[int, str]:
        return {
            row: answer
            for row, answer in self._sent().items()
            if answer != self.shown[row]
        }

    def _sent(self) -> dict[int, str]:
        return {
            int(name.removeprefix(ROW)): answer
            for name, answer in self.cleaned_data.items()
            if answer
        }
