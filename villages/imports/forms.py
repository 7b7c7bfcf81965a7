"""Forms of an import: the file, its columns, and its rows in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm
from desabinaan.uploads.chosen_columns import refuse_column_twice
from desabinaan.uploads.sheets.reading import refuse_large
from villages.imports.columns import COLUMNS
from villages.imports.models import VillageImport, VillageImportRow
from villages.imports.selectors.uploads import (
    ColumnContents,
    UploadedList,
    read_list,
)
from villages.places.models import Office

SHEET_ENTRY = {"accept": ".xlsx,.csv"}
SKIP = "lewati"
UNUSED = "-"


class ListUploadForm(PortalForm, forms.Form):
    """The uploaded file; `file` cleans to an UploadedList."""

    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Office"))
    file = forms.FileField(
        label=gettext_lazy("List of villages"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or CSV file with headings, up to 10 MB and "
            "20,000 rows. The register does not change yet."
        ),
        widget=forms.FileInput(attrs=SHEET_ENTRY),
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        if len(offices) == 1:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedList:
        upload = self.cleaned_data["file"]
        refuse_large(upload)
        return read_list(PurePath(upload.name or "").name, upload.read())

    def chosen_office(self) -> Office:
        """Return the chosen office, or the only one."""
        chosen = self.cleaned_data.get("office")
        return chosen if isinstance(chosen, Office) else self.offices[0]


class ColumnsForm(PortalForm, forms.Form):
    """The meaning of each column of the sheet.

    A heading that is known word for word is preset; one that only may mean a column
    has to be decided.
    """

    def __init__(
        self, data: Any, *, listed: VillageImport, contents: ColumnContents
    ) -> None:
        known = {place: name for name, place in listed.columns.items()}
        super().__init__(data)
        for place, heading in enumerate(listed.headings):
            samples = contents.samples.get(place, ())
            if heading or samples:
                maybe = "" if place in known else contents.suggested.get(place, "")
                self.fields[f"kolom-{place}"] = _column_field(heading, samples, maybe)
                self.initial[f"kolom-{place}"] = known.get(place, UNUSED)
                if maybe:
                    self.initial[f"kolom-{place}"] = ""
        if contents.has_gaps:
            self.fields["fills_down"] = forms.BooleanField(
                label=_("Blank districts and regencies repeat the cell above"),
                help_text=_(
                    "Without this, each line with such a blank cell is asked about."
                ),
                required=False,
                initial=listed.fills_down,
            )

    def clean(self) -> dict[str, Any]:
        labels = {name: known.label for name, known in COLUMNS.items()}
        refuse_column_twice(list(self._chosen().values()), labels)
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        return {name: place for place, name in self._chosen().items()}

    def fills_down(self) -> bool:
        return bool(self.cleaned_data.get("fills_down"))

    def _chosen(self) -> dict[int, str]:
        return {
            int(entry.removeprefix("kolom-")): name
            for entry, name in self.cleaned_data.items()
            if entry.startswith("kolom-") and name != UNUSED
        }


def _column_field(
    heading: str, samples: Sequence[str], maybe: str
) -> forms.ChoiceField:
    """Return the choice for a column; `maybe` is what its heading may mean."""
    choices = [(UNUSED, _("not used"))]
    choices += [(name, str(known.label)) for name, known in COLUMNS.items()]
    hints = []
    if maybe:
        choices.insert(0, ("", _("– choose –")))
        hints.append(
            _("Is this “%(column)s”? Choose it, or “not used”.")
            % {"column": COLUMNS[maybe].label}
        )
    if samples:
        hints.append(_("For example: %(samples)s") % {"samples": " · ".join(samples)})
    return forms.ChoiceField(
        label=heading or _("Column without a heading"),
        help_text=" ".join(hints),
        choices=choices,
        error_messages={"required": _("Choose what this column holds, or “not used”.")},
    )


class RowForm(PortalForm, forms.Form):
    """The cells of one row; `chosen` is the code of the village, if chosen."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("Which village is meant?"),
        help_text=gettext_lazy("Or leave this empty and correct the cells below."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any,
        row: VillageImportRow,
        names: Iterable[str],
        candidates: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, initial={**row.cells, "chosen": row.chosen_id or ""})
        if candidates:
            undecided = [("", _("none of these, or not sure yet"))]
            self.fields["chosen"].choices = [*candidates, *undecided]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
        for name in names:
            self.fields[name] = forms.CharField(
                label=COLUMNS[name].label, required=False, max_length=2000
            )

    def chosen_code(self) -> str:
        """Return the code of the chosen village, or an empty string."""
        return str(self.cleaned_data.get("chosen", ""))

    def cells(self) -> dict[str, str]:
        return {
            name: cell for name, cell in self.cleaned_data.items() if name in COLUMNS
        }


class ChoicesForm(forms.Form):
    """For several rows at once: the chosen village, or that the row is skipped."""

    def __init__(self, data: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f"baris-{row['id']}"] = forms.ChoiceField(
                required=False,
                choices=[("", ""), (SKIP, ""), *row["candidates"]],
            )

    def chosen(self) -> dict[int, str]:
        """Return row id -> code of the chosen village."""
        return {row: code for row, code in self._answers().items() if code != SKIP}

    def skipped(self) -> list[int]:
        """Return the ids of the rows to skip."""
        return [row for row, code in self._answers().items() if code == SKIP]

    def _answers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("baris-")): answer
            for name, answer in self.cleaned_data.items()
            if answer
        }
