"""Forms that bring a list: a file, or rows that are pasted."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm
from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.selectors.uploads import (
    UploadedTable,
    read_upload,
)
from desabinaan.uploads.sheets.reading import content_of

SHEET_ENTRY = {"accept": ".xlsx,.csv"}


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
