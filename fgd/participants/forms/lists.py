from pathlib import PurePath
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.uploads.forms.start import SHEET_ENTRY, PasteForm
from desabinaan.uploads.selectors.uploads import UploadedTable, read_upload
from desabinaan.uploads.sheets.reading import content_of


class DelegateListForm(PasteForm):
    """A list of people: its pasted rows, or a spreadsheet that holds them."""

    marks: ClassVar = dict.fromkeys(
        ("text", "file"), gettext_lazy("fill in one of the two")
    )

    file = forms.FileField(
        label=gettext_lazy("Or a spreadsheet"),
        required=False,
        widget=forms.FileInput(attrs=SHEET_ENTRY),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean_text(self) -> UploadedTable | None:  # type: ignore[override]
        return super().clean_text() if self.cleaned_data["text"].strip() else None

    def clean_file(self) -> UploadedTable | None:
        file = self.cleaned_data["file"]
        if not file:
            return None
        return read_upload(self.kind, PurePath(file.name or "").name, content_of(file))

    def clean(self) -> dict[str, Any]:
        given = [one for one in self.cleaned_data.values() if one is not None]
        if not self.errors and len(given) != 1:
            raise ValidationError(
                _("Paste rows, or choose a spreadsheet: one of them.")
            )
        return self.cleaned_data

    def table(self) -> UploadedTable:
        """Return the rows that were given."""
        found: UploadedTable = self.cleaned_data["text"] or self.cleaned_data["file"]
        return found
