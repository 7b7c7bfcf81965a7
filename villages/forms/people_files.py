"""A list of people out of a spreadsheet, whatever they are wanted for.

What the rows mean, and what speaks against one, is told by whoever asks for them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.exports import Column, Sheet
from desabinaan.lib.forms import DayField, PortalForm
from desabinaan.lib.workbooks import headed_table, read_workbook
from villages.forms.accounts import USER_NAME
from villages.selectors.account_requests import MOST_AT_ONCE
from villages.selectors.namesakes import names_taken

PREFIX = "baris"
#: so many people of one name get a user name made
MOST_NAMESAKES = 40
#: column -> the words that may stand above it; the first is that of the template
NAME = {"name": ["nama", "nama lengkap", "name"]}
ACCOUNT = {
    "username": ["nama pengguna", "username", "user name", "akun"],
    "email": ["surel", "email", "e mail", "alamat surel"],
    "phone": ["telepon", "hp", "no hp", "nomor hp", "wa", "no wa", "phone"],
}
BEGIN = {"starts_on": ["mulai", "sejak", "tmt", "mulai tanggal", "from"]}


class PeopleFile(PortalForm, forms.Form):
    """The spreadsheet; cleans to its rows as they were typed."""

    headings: ClassVar[Mapping[str, Sequence[str]]]

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, one person per row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> list[Mapping[str, str]]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        table = headed_table(read_workbook(upload), self.headings)
        rows = [row.cells for row in table.rows if any(row.cells.values())]
        if not rows:
            raise ValidationError(_("There is no row of a person in this file."))
        if len(rows) > MOST_AT_ONCE:
            raise ValidationError(
                _("The file has %(count)s people; send at most %(most)s at a time."),
                "many",
                {"count": len(rows), "most": MOST_AT_ONCE},
            )
        return rows


class PersonRow(PortalForm, forms.Form):
    """One person of the list. `finding` says what is known once the row is read."""

    skip = forms.BooleanField(label=gettext_lazy("Leave this row out"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    username = forms.CharField(
        label=gettext_lazy("User name"), max_length=60, validators=USER_NAME.validators
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), max_length=25, required=False
    )
    starts_on = DayField(label=gettext_lazy("From"))

    finding: Any = None

    @property
    def is_skipped(self) -> bool:
        return bool(self.cleaned_data.get("skip"))

    @property
    def is_ready(self) -> bool:
        """The row asks for something new, and nothing speaks against it."""
        return not self.errors and not (self.finding and self.finding.there)


class People(forms.BaseFormSet[Any]):
    """The rows to look over; `summary` tells what is wrong with them together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = forms.Form({})

    def keep(self, rows: Iterable[PersonRow], findings: Iterable[Any]) -> None:
        """Each of the rows bears what is known of it, and what speaks against it."""
        for row, finding in zip(rows, findings, strict=True):
            row.finding = finding
            for clash in finding.clashes:
                row.add_error(None, clash)

    @property
    def is_fit(self) -> bool:
        """Nothing is in the way; a row that is left out never is."""
        return not (self.non_form_errors() or self.faulty())

    def faulty(self) -> list[tuple[int, str]]:
        """Number and name of each row that is in the way."""
        return [
            (number, row["name"].value() or "–")
            for number, row in enumerate(self.forms, start=1)
            if row.errors and not row.is_skipped
        ]

    def ready(self) -> list[Any]:
        """What is known of each row that is neither left out, at fault, nor there."""
        rows = [row for row in self.forms if not row.is_skipped and row.is_ready]
        return [row.finding for row in rows if row.finding]


def people_rows(
    row: type[PersonRow], formset: type[People], data: Mapping[str, Any], **known: Any
) -> Any:
    """The list out of what was sent, or of `typed_rows`, read and compared."""
    most: dict[str, Any] = {"max_num": MOST_AT_ONCE, "absolute_max": MOST_AT_ONCE}
    rows: Any = forms.formset_factory(row, formset=formset, extra=0, **most)
    made = rows(data, prefix=PREFIX, **known)
    made.full_clean()
    return made


def people_template(
    name: str, title: str, headings: Mapping[str, Sequence[str]], about: Sequence[str]
) -> Sheet:
    """An empty list with the headings that are read."""
    columns = [
        Column(words[0].capitalize(), itemgetter(column), 22)
        for column, words in headings.items()
    ]
    return Sheet(name, title, columns, (), about)


def typed_rows(
    rows: Sequence[Mapping[str, str]],
    columns: Sequence[str],
    understood: Callable[[dict[str, str]], Mapping[str, str]] = dict,
) -> dict[str, str]:
    """The rows of a file as if they had been typed into the page.

    A missing user name is made of the name.
    """
    sent = {f"{PREFIX}-TOTAL_FORMS": str(len(rows)), f"{PREFIX}-INITIAL_FORMS": "0"}
    for number, (row, username) in enumerate(zip(rows, _usernames(rows), strict=True)):
        typed = {column: row.get(column, "") for column in columns}
        for column, cell in understood(typed | {"username": username}).items():
            sent[f"{PREFIX}-{number}-{column}"] = cell
    return sent


# --- User names --------------------------------------------------------------


def _usernames(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The user name of each row as typed, or else a free one made of the name."""
    typed = [row.get("username", "").lower() for row in rows]
    offers = [_offers(row.get("name", "")) for row in rows]
    taken = names_taken(name for offer in offers for name in offer) | set(typed)
    made = []
    for name, offer in zip(typed, offers, strict=True):
        made.append(name or next((one for one in offer if one not in taken), ""))
        taken.add(made[-1])
    return made


def _offers(name: str) -> list[str]:
    """User names for somebody: "siti.aminah", "siti.aminah2", and so on."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = ".".join(re.findall(r"[a-z0-9]+", plain.lower())[:2])[:50] or "akun"
    return [stem, *(f"{stem}{number}" for number in range(2, MOST_NAMESAKES + 1))]
