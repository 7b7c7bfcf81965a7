"""A list of people pasted from a spreadsheet, and the rows it is read as."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import PortalForm
from desabinaan.lib.spreadsheets import named_cells, pasted_rows
from fgd.forms.participants import PersonForm
from fgd.selectors.participants import Choices

MOST_ROWS = 100
HEADINGS = {
    "name": ["nama", "nama lengkap", "nama peserta", "name"],
    "position": ["jabatan", "pangkat jabatan", "position"],
    "party": [
        "instansi",
        "asal instansi",
        "instansi desa",
        "desa instansi",
        "asal",
        "unit kerja",
        "lembaga",
        "desa",
        "agency",
    ],
    "phone": [
        "hp",
        "no hp",
        "nomor hp",
        "no hp wa",
        "wa",
        "no wa",
        "whatsapp",
        "telepon",
        "no telepon",
        "nomor telepon",
        "no telp",
        "kontak",
        "phone",
    ],
}


class PasteForm(PortalForm, forms.Form):
    """A list of people as it stands in a spreadsheet."""

    text = forms.CharField(
        label=gettext_lazy("Rows from the spreadsheet"),
        max_length=20_000,
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "Columns: name, position, agency or village, telephone. "
            "A row of headings may stand on top."
        ),
    )

    def clean_text(self) -> list[dict[str, str]]:
        """The people as name, position, party and phone, as they were typed."""
        people = named_cells(pasted_rows(self.cleaned_data["text"]), HEADINGS)
        if not people:
            raise ValidationError(_("There is no row of a person in this text."))
        if len(people) > MOST_ROWS:
            raise ValidationError(
                _("Paste at most %(most)s rows at a time."), "many", {"most": MOST_ROWS}
            )
        return people


class PastedRows(forms.BaseFormSet[PersonForm]):
    """The rows to look over; `summary` tells what is wrong with them together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = forms.Form({})

    def add_fields(self, form: PersonForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Leave this row out")

    def wanted(self) -> list[PersonForm]:
        """The rows that are not left out."""
        dropped = self.deleted_forms
        return [row for row in self.forms if row not in dropped and row.cleaned_data]


def pasted_rows_form(parties: Choices, **sources: Any) -> PastedRows:
    """The rows, from `initial` or from what was sent as `data`."""
    rows = forms.formset_factory(
        PersonForm,
        formset=PastedRows,
        extra=0,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    made = rows(prefix="baris", form_kwargs={"parties": parties}, **sources)
    return cast(PastedRows, made)
