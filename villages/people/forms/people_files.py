"""A spreadsheet of people as a form per row; subclasses add what the rows mean."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.sheets.columns import Column, Sheet
from desabinaan.lib.text.blanks import meant
from desabinaan.lib.text.folding import folded
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from desabinaan.uploads.sheets.headings import table_in
from desabinaan.uploads.sheets.reading import content_of
from villages.people.forms.accounts import USER_NAME
from villages.people.selectors.account_requests import MOST_AT_ONCE
from villages.people.selectors.duplicates import names_taken

PREFIX = "baris"
#: limit of generated user names for people of one name
MAX_SAME_NAME = 40
#: column -> its accepted headings; the template uses the first one
NAME = {"name": ["nama", "nama lengkap", "name"]}
ACCOUNT = {
    "username": ["nama pengguna", "username", "user name", "akun"],
    "email": ["surel", "email", "e mail", "alamat surel"],
    "phone": ["telepon", "hp", "no hp", "nomor hp", "wa", "no wa", "phone"],
}
BEGIN = {"starts_on": ["mulai", "sejak", "tmt", "mulai tanggal", "from"]}


class PeopleFile(PortalForm, forms.Form):
    """The spreadsheet; `file` cleans to its rows as they were typed."""

    headings: ClassVar[Mapping[str, Sequence[str]]]

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, one person per row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> list[Mapping[str, str]]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        self.table = table_in(content_of(upload), self.headings)
        rows = [row.cells for row in self.table.rows if any(row.cells.values())]
        if not rows:
            raise ValidationError(_("There are no people in this file."))
        if len(rows) > MOST_AT_ONCE:
            raise ValidationError(
                _("The file has %(count)s people. Send at most %(most)s at a time."),
                "many",
                {"count": len(rows), "most": MOST_AT_ONCE},
            )
        return rows


class PersonRow(PortalForm, forms.Form):
    """One person of the list; `finding` is what is known once the row is valid."""

    skip = forms.BooleanField(label=gettext_lazy("Skip this row"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    username = forms.CharField(
        label=gettext_lazy("User name"), max_length=60, validators=USER_NAME.validators
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False
    )
    phone = TelephoneFormField(
        label=gettext_lazy("Telephone"), required=False, help_text=""
    )
    starts_on = DayField(label=gettext_lazy("From"))

    finding: Any = None

    @property
    def is_skipped(self) -> bool:
        return bool(self.cleaned_data.get("skip"))

    @property
    def is_ready(self) -> bool:
        """Return whether the row asks for something new and has no errors."""
        return not self.errors and not (self.finding and self.finding.there)


class People(forms.BaseFormSet[Any]):
    """The rows to check; `summary` holds errors about the list as a whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = forms.Form({})

    def set_findings(self, rows: Iterable[PersonRow], findings: Iterable[Any]) -> None:
        """Attach the findings to the rows, with their clashes as errors."""
        for row, finding in zip(rows, findings, strict=True):
            row.finding = finding
            for clash in finding.clashes:
                row.add_error(None, clash)

    @property
    def is_fit(self) -> bool:
        """Return whether the list may be sent; skipped rows do not matter."""
        return not (self.non_form_errors() or self.faulty())

    def faulty(self) -> list[tuple[int, str]]:
        """Return number and name of each row with errors that is not skipped."""
        return [
            (number, row["name"].value() or "–")
            for number, row in enumerate(self.forms, start=1)
            if row.errors and not row.is_skipped
        ]

    def ready(self) -> list[Any]:
        """Return the findings of rows that are not skipped, faulty or existing."""
        rows = [row for row in self.forms if not row.is_skipped and row.is_ready]
        return [row.finding for row in rows if row.finding]


def people_rows(
    row: type[PersonRow], formset: type[People], data: Mapping[str, Any], **known: Any
) -> Any:
    """Build the list from submitted data or `typed_rows`, and validate it."""
    most: dict[str, Any] = {"max_num": MOST_AT_ONCE, "absolute_max": MOST_AT_ONCE}
    rows: Any = forms.formset_factory(row, formset=formset, extra=0, **most)
    made = rows(data, prefix=PREFIX, **known)
    made.full_clean()
    return made


def people_template(
    name: str, title: str, headings: Mapping[str, Sequence[str]], about: Sequence[str]
) -> Sheet:
    """Return an empty list with its headings."""
    columns = [
        Column(words[0].capitalize(), itemgetter(column), 22)
        for column, words in headings.items()
    ]
    return Sheet(name, title, columns, (), about)


def typed_rows(
    rows: Sequence[Mapping[str, str]],
    columns: Sequence[str],
    convert: Callable[[dict[str, str]], Mapping[str, str]] = dict,
) -> dict[str, str]:
    """Return the rows of a file as the form data of the page.

    A cell that says nothing ("-", "belum ada") is blank. A missing user name is
    generated from the name.
    """
    sent = {f"{PREFIX}-TOTAL_FORMS": str(len(rows)), f"{PREFIX}-INITIAL_FORMS": "0"}
    for number, (row, username) in enumerate(zip(rows, _usernames(rows), strict=True)):
        typed = {column: meant(row.get(column, "")) for column in columns}
        for column, cell in convert(typed | {"username": username}).items():
            sent[f"{PREFIX}-{number}-{column}"] = cell
    return sent


# --- User names --------------------------------------------------------------


def _usernames(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the typed user name of each row, else a free one from the name."""
    typed = [meant(row.get("username", "")).lower() for row in rows]
    offers = [_offers(row.get("name", "")) for row in rows]
    taken = names_taken(name for offer in offers for name in offer) | set(typed)
    made = []
    for name, offer in zip(typed, offers, strict=True):
        made.append(name or next((one for one in offer if one not in taken), ""))
        taken.add(made[-1])
    return made


def _offers(name: str) -> list[str]:
    """Return possible user names: "siti.aminah", "siti.aminah2", and so on."""
    stem = ".".join(re.findall(r"[a-z0-9]+", folded(name))[:2])[:50] or "akun"
    return [stem, *(f"{stem}{number}" for number in range(2, MAX_SAME_NAME + 1))]
