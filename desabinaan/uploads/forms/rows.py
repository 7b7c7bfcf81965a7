"""Forms of the rows of a list: one row, and the answers for several."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import (
    ShownNumber,
    VersionedForm,
    compare_with_saved,
)
from desabinaan.uploads.kinds import ListKind, RowAnswer
from desabinaan.uploads.models import Upload, UploadRow
from desabinaan.uploads.selectors.uploads import (
    rows_alike,
)
from desabinaan.uploads.sheets.rows import LONGEST_CELL

SKIP = "lewati"
SETTLED = {UploadRow.CheckResult.READY, UploadRow.CheckResult.KNOWN}
UNDECIDED = gettext_lazy("none of these, or not sure yet")
#: beginnings of the names of fields, before the id of a row
ROW, VERSION = "baris-", "versi-"


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
            is_read = row.check_result in SETTLED and not row.chosen
            undecided = [("", _("as it is read now") if is_read else UNDECIDED)]
            self.fields["chosen"].choices = [*candidates, *undecided]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
        for name, known in columns.items():
            self.add_field(name, CellField(label=known.label, help_text=known.hint))
        alike = rows_alike(row).count() if kind.asked_about else 0
        if alike:
            label = _label_for_alike(kind, row, alike)
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


def _label_for_alike(kind: ListKind[Any], row: UploadRow, count: int) -> str:
    """Return what the other rows have in common with this one: not all their cells."""
    if any(row.cells.get(name) for name in kind.asked_about):
        text = ngettext(
            "%(count)s other row with the same “%(columns)s” is corrected as well",
            "%(count)s other rows with the same “%(columns)s” are corrected as well",
            count,
        )
    else:
        text = ngettext(
            "%(count)s other row without “%(columns)s” is filled in as well",
            "%(count)s other rows without “%(columns)s” are filled in as well",
            count,
        )
    columns = ", ".join(str(kind.columns[name].label) for name in kind.asked_about)
    return text % {"count": count, "columns": columns}


class ChoicesForm(PortalForm, forms.Form):
    """For several rows at once: the chosen candidate, or that the row is skipped.

    Each row sends the version that its page showed. An answer that is no longer offered
    leaves the others as they are: call `full_clean`, then use what is clean.
    """

    def __init__(self, data: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data)
        self.shown = {row["id"]: row["selected"] for row in rows}
        for row in rows:
            label = _("Line %(line)s") % {"line": row["line"]}
            choices = [("", ""), (SKIP, _("skip this row")), *row["choices"]]
            field = forms.ChoiceField(label=label, required=False, choices=choices)
            self.add_field(f"{ROW}{row['id']}", field)
            self.add_field(f"{VERSION}{row['id']}", ShownNumber())

    def chosen(self) -> dict[int, str]:
        """Return row id -> the chosen candidate."""
        return {row: value for row, value in self._answers().items() if value != SKIP}

    def skipped(self) -> list[int]:
        """Return the ids of the rows to skip."""
        return [row for row, value in self._answers().items() if value == SKIP]

    def versions(self) -> dict[int, int]:
        """Return row id -> the version that the page showed; 0: it sent none."""
        return {row: self.cleaned_data.get(f"{VERSION}{row}", 0) for row in self.shown}

    def unchanged(self) -> int:
        """Count the rows that were sent with the answer that they have already."""
        return sum(self.shown[row] == answer for row, answer in self._sent().items())

    def unsaved(self, saved: Collection[int]) -> dict[int, str]:
        """Return row id -> the answer in words that is none of the `saved` ones.

        One that is no longer offered has no words.
        """
        labels = {
            row: dict(self.fields[f"{ROW}{row}"].choices)[answer]  # type: ignore[attr-defined]
            for row, answer in self._answers().items()
            if row not in saved
        }
        refused = (row for row in self.shown if f"{ROW}{row}" in self.errors)
        return labels | dict.fromkeys(refused, "")

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
            if answer and name.startswith(ROW)
        }
