"""A list of villages: its file, its columns, and its rows in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import PortalForm
from desabinaan.lib.workbooks import refuse_large
from villages.models import Office, VillageImport
from villages.selectors.importing.columns import COLUMNS
from villages.selectors.importing.uploads import UploadedList, read_list

SHEET_ENTRY = {"accept": ".xlsx,.csv"}
LEAVE_OUT = "lewati"
UNUSED = "-"


class ListUploadForm(PortalForm, forms.Form):
    """The list as it lies on somebody's desk; cleans to an UploadedList."""

    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Office"))
    file = forms.FileField(
        label=gettext_lazy("List of villages"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or CSV file with headings, at most 10 MB "
            "and 20,000 rows. The register is not changed yet."
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

    def office_of(self) -> Office:
        chosen = self.cleaned_data.get("office")
        return chosen if isinstance(chosen, Office) else self.offices[0]


class ColumnsForm(PortalForm, forms.Form):
    """What each column of the sheet means, as guessed, to be corrected."""

    def __init__(
        self,
        data: Any,
        *,
        listed: VillageImport,
        samples: Mapping[int, Sequence[str]],
    ) -> None:
        guessed = {place: name for name, place in listed.columns.items()}
        super().__init__(data)
        offered = [(UNUSED, _("not used"))]
        offered += [(name, str(known.label)) for name, known in COLUMNS.items()]
        for place, heading in enumerate(listed.headings):
            said = samples.get(place, ())
            if not heading and not said:
                continue
            self.fields[f"kolom-{place}"] = forms.ChoiceField(
                label=heading or _("Column without a heading"),
                help_text=_("For example: %(samples)s") % {"samples": " · ".join(said)}
                if said
                else "",
                choices=offered,
                initial=guessed.get(place, UNUSED),
            )

    def clean(self) -> dict[str, Any]:
        chosen = [name for name in self.cleaned_data.values() if name != UNUSED]
        for name in dict.fromkeys(chosen):
            if chosen.count(name) > 1:
                raise ValidationError(
                    _("Two columns say “%(name)s”. Keep it for one of them."),
                    "twice",
                    {"name": COLUMNS[name].label},
                )
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        return {
            name: int(entry.removeprefix("kolom-"))
            for entry, name in self.cleaned_data.items()
            if name != UNUSED
        }


class RowForm(PortalForm, forms.Form):
    """One row of the list, cell by cell; `chosen` settles which village is meant."""

    chosen = forms.ChoiceField(
        label=gettext_lazy("The village that is meant"),
        help_text=gettext_lazy("Or correct the cells below, and leave this as it is."),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any,
        *,
        cells: Mapping[str, str],
        names: Iterable[str],
        candidates: Sequence[tuple[str, str]],
        chosen: str = "",
    ) -> None:
        super().__init__(data, initial={**cells, "chosen": chosen})
        if candidates:
            undecided = [("", _("none of these, or not sure yet"))]
            self.fields["chosen"].choices = [*candidates, *undecided]  # type: ignore[attr-defined]
        else:
            del self.fields["chosen"]
        for name in names:
            self.fields[name] = forms.CharField(
                label=COLUMNS[name].label, required=False, max_length=2000
            )

    def cells(self) -> dict[str, str]:
        return {
            name: cell for name, cell in self.cleaned_data.items() if name in COLUMNS
        }


class ChoicesForm(forms.Form):
    """For several rows at once: the village that is meant, or that a row stays out."""

    def __init__(self, data: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        super().__init__(data)
        for row in rows:
            self.fields[f"baris-{row['id']}"] = forms.ChoiceField(
                required=False,
                choices=[("", ""), (LEAVE_OUT, ""), *row["candidates"]],
            )

    def choices(self) -> dict[int, str]:
        """Row -> code, "lewati" for what stays out; rows not decided are not named."""
        return {
            int(name.removeprefix("baris-")): chosen
            for name, chosen in self.cleaned_data.items()
            if chosen
        }
