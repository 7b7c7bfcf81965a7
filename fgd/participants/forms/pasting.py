"""A list of people pasted from a spreadsheet, and its parsed rows."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm
from desabinaan.uploads.sheets.pasted import named_cells, pasted_rows
from fgd.participants.forms.participants import PersonForm
from fgd.participants.selectors.participants import Choices

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
    """Text pasted from a spreadsheet."""

    text = forms.CharField(
        label=gettext_lazy("Rows from the spreadsheet"),
        max_length=20_000,
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "Columns: name, position, agency or village, telephone. "
            "The first row may contain headings."
        ),
    )

    def clean_text(self) -> list[dict[str, str]]:
        """Return name, position, party and phone of each person, as typed."""
        people = named_cells(pasted_rows(self.cleaned_data["text"]), HEADINGS)
        if not people:
            raise ValidationError(_("This text contains no person."))
        if len(people) > MOST_ROWS:
            raise ValidationError(
                _("Paste at most %(most)s rows at a time."), "many", {"most": MOST_ROWS}
            )
        return people


class PastedRows(forms.BaseFormSet[PersonForm]):
    """The rows to check; `summary` is a form for errors about several rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = forms.Form({})

    def add_fields(self, form: PersonForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Skip this row")

    def wanted(self) -> list[PersonForm]:
        """Return the rows that are not skipped."""
        dropped = self.deleted_forms
        return [row for row in self.forms if row not in dropped and row.cleaned_data]


def pasted_rows_form(parties: Choices, **sources: Any) -> PastedRows:
    """Return the formset, from `initial` rows or from submitted `data`."""
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
