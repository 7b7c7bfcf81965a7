"""A pasted list of people: its text, and what each of its columns means."""

import itertools
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.text.blanks import meant
from desabinaan.lib.web.forms import PortalForm
from desabinaan.uploads.chosen_columns import refuse_column_twice
from desabinaan.uploads.sheets.pasted import Row, pasted_rows
from fgd.participants.pasted_headings import HeadingWords, cell_of
from fgd.participants.pasted_tables import PastedTable, pasted_table, without_counts

MOST_ROWS = 500
UNUSED = "-"
HEADED, UNHEADED = "ya", "tidak"
PHONE = {
    "hp", "handphone", "wa", "whatsapp", "telepon", "telpon", "telp", "tlp", "kontak",
    "phone", "ponsel", "seluler",
}  # fmt: skip
#: column -> the words of its headings, in the usual order of the columns
PEOPLE = {
    "name": HeadingWords(
        keys={"nama", "name"},
        others={"lengkap", "gelar", "peserta", "undangan", "delegasi", "pegawai"},
        only_there={"nama", "name"},
    ),
    "position": HeadingWords(
        keys={"jabatan", "position"},
        others={"pangkat", "gol", "golongan", "ruang"},
        only_there={"jabatan"},
    ),
    "party": HeadingWords(
        keys={
            "instansi", "lembaga", "dinas", "badan", "kantor", "opd", "skpd", "desa",
            "kelurahan", "asal", "unit", "organisasi", "agency",
        },
        others={"nama", "kerja", "satuan", "perangkat", "daerah"},
        only_there={"instansi", "opd", "skpd", "agency"},
    ),
    "phone": HeadingWords(
        keys=PHONE,
        others={"no", "nomor", "nomer", "person", "number"},
        only_there=PHONE,
    ),
}  # fmt: skip
LABELS = {
    "name": gettext_lazy("Name"),
    "position": gettext_lazy("Position"),
    "party": gettext_lazy("Sent by"),
    "phone": gettext_lazy("Telephone"),
}


class PasteForm(PortalForm, forms.Form):
    """Text pasted from a spreadsheet; `text` cleans to its rows of cells."""

    text = forms.CharField(
        label=gettext_lazy("Rows from the spreadsheet"),
        max_length=150_000,
        strip=False,  # a tab in front is a blank cell
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "Columns: name, position, agency or village, telephone. "
            "The first row may contain headings. At most 500 people."
        ),
    )

    def clean_text(self) -> list[Row]:
        rows = pasted_rows(self.cleaned_data["text"])
        if not rows:
            raise ValidationError(_("This text contains no person."))
        # A title, the headings and the numbers of the columns are no people.
        if len(rows) > MOST_ROWS + 5:
            raise ValidationError(
                _("Paste at most %(most)s rows at a time."), "many", {"most": MOST_ROWS}
            )
        return rows


class PastedColumnsForm(PortalForm, forms.Form):
    """What the first row and each column are, preset to what is understood.

    Unclear headings have no preset answer: they are asked. `shown` is what the page
    showed before it was sent.
    """

    judul = forms.ChoiceField(
        label=gettext_lazy("The first row"),
        choices=[
            (HEADED, gettext_lazy("headings")),
            (UNHEADED, gettext_lazy("a person")),
        ],
        widget=forms.RadioSelect,
    )
    turun = forms.BooleanField(
        label=gettext_lazy("A blank cell below an agency means the same agency"),
        required=False,
    )

    def __init__(self, rows: list[Row], data: Any) -> None:
        self.table = _table(rows, data)
        super().__init__(_preset(self.table) | _answers(data))
        self.place_fields: list[str] = []
        self.remarks = list(self.table.remarks)
        for place in range(self.table.width):
            heading = cell_of(self.table.headings, place)
            if self.table.samples(place, 1) or heading:
                self._add_place(place, heading)
        if not self._has_blanks_below():
            del self.fields["turun"]

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.place_fields]

    @property
    def signature(self) -> str:
        """Return all answers as one text, to compare them with those shown before."""
        return "|".join(f"{name}={self[name].value() or ''}" for name in self.fields)

    def clean(self) -> dict[str, Any]:
        chosen = [self.cleaned_data.get(name) for name in self.place_fields]
        if not self.errors:
            refuse_column_twice(chosen, LABELS)
            if "name" not in chosen:
                raise ValidationError(_("Say which column holds the names."), "no_name")
        return self.cleaned_data

    def columns(self) -> dict[str, int]:
        return {
            self.cleaned_data[name]: int(name.removeprefix("kolom-"))
            for name in self.place_fields
            if self.cleaned_data[name] != UNUSED
        }

    def is_read_as(self, shown: str) -> bool:
        """Return whether the cells belong to the same columns as on the page shown."""
        same, other = self.signature.split("|"), shown.split("|")
        return [one for one in same if not one.startswith("turun=")] == [
            one for one in other if not one.startswith("turun=")
        ]

    def people(self) -> dict[int, dict[str, str]]:
        """Return line -> column -> cell; a cell that says nothing is blank."""
        columns, above = self.columns(), ""
        people = {}
        for row in self.table.body:
            cells = {
                name: meant(cell_of(row.cells, columns.get(name))) for name in LABELS
            }
            if self.cleaned_data.get("turun"):
                cells["party"] = above = cells["party"] or above
            people[row.line] = cells
        names = [cells["name"] for cells in people.values()]
        if (bare := without_counts(names)) is not None:
            self.remarks.append(("counts", {"samples": ", ".join(names[:2])}))
            for cells, name in zip(people.values(), bare, strict=True):
                cells["name"] = name
        return people

    def _add_place(self, place: int, heading: str) -> None:
        samples = " · ".join(self.table.samples(place))
        name = f"kolom-{place}"
        self.place_fields.append(name)
        field = forms.ChoiceField(
            label=heading or _("Column %(number)s") % {"number": place + 1},
            help_text=_("For example: %(samples)s") % {"samples": samples[:150]}
            if samples
            else "",
            choices=[("", _("– choose –")), *LABELS.items(), (UNUSED, _("not used"))],
        )
        self.add_field(name, field)

    def _has_blanks_below(self) -> bool:
        """Whether the agency is blank in some row below one that has it."""
        chosen = {self[name].value(): name for name in self.place_fields}
        if "party" not in chosen:
            return False
        place = int(chosen["party"].removeprefix("kolom-"))
        cells = [meant(cell_of(row.cells, place)) for row in self.table.body]
        return any(above and not cell for above, cell in itertools.pairwise(cells))


def _table(rows: list[Row], data: Any) -> PastedTable:
    answer = {HEADED: True, UNHEADED: False}.get(data.get("judul", ""))
    return pasted_table(rows, PEOPLE, answer)


def _preset(table: PastedTable) -> dict[str, str]:
    """Return what is understood as if it had been answered on the page."""
    heads = {True: HEADED, False: UNHEADED, None: ""}
    meanings = {place: name for name, place in table.columns.items()}
    preset = {
        f"kolom-{place}": "" if place in table.unclear else meanings.get(place, UNUSED)
        for place in range(table.width)
    }
    return preset | {"judul": heads[table.is_headed]}


def _answers(data: Any) -> dict[str, str]:
    """Return the answers sent, without columns that another first row changes."""
    sent = {
        name: data[name]
        for name in data
        if name in ("judul", "turun") or name.startswith("kolom-")
    }
    head, shown = sent.get("judul", ""), data.get("dilihat", "")
    # An unanswered first row is shown as headings.
    if shown.startswith((f"judul={head}|", "judul=|" if head == HEADED else "judul=-")):
        return sent
    return {"judul": head} if head else {}
