"""The form that says what each column of a list means."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.lib.web.forms import PortalForm, grouped
from desabinaan.lib.web.stale_edits import SeenForm
from desabinaan.uploads.columns import Columns
from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.models import Upload
from desabinaan.uploads.selectors.uploads import (
    column_contents,
)
from desabinaan.uploads.sheets.rows import cell_of

UNUSED = "-"
HEADED, UNHEADED = "ya", "tidak"
#: beginning of the names of fields, before the position of a column
COLUMN = "kolom-"
#: characters of a sample: enough to tell two offices of one kind apart
LONGEST_SAMPLE = 100


class ColumnsForm(PortalForm, SeenForm):
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
            first_row = _first_row_field(upload, contents.first_row)
            self.add_field("is_headed", first_row)
        asked = {**dict.fromkeys(contents.unclear, ""), **contents.suggested}
        places = [*range(len(upload.headings)), *contents.samples]
        for place in sorted(set(places)):
            heading = cell_of(upload.headings, place)
            cells = contents.samples.get(place, ())
            samples = [Truncator(cell).chars(LONGEST_SAMPLE) for cell in cells]
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
        error_messages={
            "required": _("“%(column)s”: choose what it holds, or “not used”.")
            % {"column": label}
        },
    )
