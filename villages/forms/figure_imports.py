from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.forms import PortalForm
from desabinaan.lib.workbooks import Table, headed_table, read_workbook
from villages.selectors.figure_imports import HEADINGS

ENTRY = {
    "accept": ".xlsx,.csv,text/csv,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}


class FigureFileForm(PortalForm, forms.Form):
    """A spreadsheet of figures; cleans to the table under its headings."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("Excel (.xlsx) or CSV, at most 10 MB."),
        widget=forms.FileInput(attrs=ENTRY),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "file" in cleaned:
            cleaned["filename"] = cleaned["file"].name
        return cleaned

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        self.table: Table = headed_table(read_workbook(upload), HEADINGS)
        return upload
