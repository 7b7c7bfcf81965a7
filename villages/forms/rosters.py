"""A list of people out of a spreadsheet: read, looked over row by row, sent."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.exports import Column, Sheet
from desabinaan.lib.forms import DayField, PortalForm
from desabinaan.lib.workbooks import folded, headed_table, read_workbook
from villages.forms.accounts import USER_NAME
from villages.models import AccountRequest, Office, Village
from villages.selectors.account_requests import MOST_AT_ONCE
from villages.selectors.rosters import Finding, Wanted, compared, names_taken
from villages.selectors.search import label_of, villages_named

PREFIX = "baris"
#: so many people of one name get a user name made
MOST_NAMESAKES = 40
ROLES = AccountRequest._meta.get_field("role").choices or []
#: column -> the words that may stand above it; the first is that of the template
HEADINGS: dict[str, list[str]] = {
    "name": ["nama", "nama lengkap", "name"],
    "role": ["peran", "jabatan", "role"],
    "place": ["kode desa atau kantor", "kode desa", "desa", "kantor", "village"],
    "username": ["nama pengguna", "username", "user name", "akun"],
    "email": ["surel", "email", "e mail", "alamat surel"],
    "phone": ["telepon", "hp", "no hp", "nomor hp", "wa", "no wa", "phone"],
    "letter_number": ["nomor surat", "surat tugas", "nomor surat tugas", "letter"],
    "starts_on": ["mulai", "sejak", "tmt", "mulai tanggal", "from"],
}
#: other words for a role, folded
ROLE_WORDS = {
    "aparat desa": Role.VILLAGE_OFFICIAL,
    "aparatur desa": Role.VILLAGE_OFFICIAL,
    "perangkat desa": Role.VILLAGE_OFFICIAL,
    "kepala desa": Role.VILLAGE_OFFICIAL,
    "sekretaris desa": Role.VILLAGE_OFFICIAL,
    "pimpasa": Role.PIMPASA,
    "petugas kanim": Role.OFFICE_STAFF,
    "staf kanim": Role.OFFICE_STAFF,
}


class RosterForm(PortalForm, forms.Form):
    """The spreadsheet; cleans to its rows as they were typed."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV, one person per row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> list[Mapping[str, str]]:
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        table = headed_table(read_workbook(upload), HEADINGS)
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


class RosterRow(PortalForm, forms.Form):
    """One person of the list. `finding` says what is known once the row is read."""

    skip = forms.BooleanField(label=gettext_lazy("Leave this row out"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("– choose –")), *ROLES],
        error_messages={
            "invalid_choice": gettext_lazy(
                "“%(value)s” is not given by a list. Choose a role; an administrator "
                "names focal points and guarded roles."
            )
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Village or office"), max_length=120, required=False
    )
    username = forms.CharField(
        label=gettext_lazy("User name"), max_length=60, validators=USER_NAME.validators
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, required=False
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"), max_length=25, required=False
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Letter of assignment"), max_length=100
    )
    starts_on = DayField(label=gettext_lazy("From"))

    finding: Finding | None = None

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    @property
    def is_skipped(self) -> bool:
        return bool(self.cleaned_data.get("skip"))

    @property
    def is_ready(self) -> bool:
        """The row asks for something new, and nothing speaks against it."""
        return not self.errors and not (self.finding and self.finding.there)

    def wanted(self, place: Village | Office) -> Wanted:
        names = Wanted.__dataclass_fields__.keys() - {"place"}
        return Wanted(place=place, **{name: self.cleaned_data[name] for name in names})


class Roster(forms.BaseFormSet[RosterRow]):
    """The rows to look over, each compared with who is there already.

    `summary` tells what is wrong with them together.
    """

    def __init__(
        self, *args: Any, user: User, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.summary = forms.Form({})
        self._user, self._offices = user, offices

    def clean(self) -> None:
        """Places are found, and the rows compared, for the whole list at once."""
        rows = [row for row in self.forms if not row.is_skipped]
        typed = [row.cleaned_data.get("place", "") for row in rows]
        found = villages_named(typed, self._user, "account.request")
        readable: list[tuple[RosterRow, Wanted]] = []
        for row, candidates in zip(rows, found, strict=True):
            place = self._place(row, candidates)
            if place is not None and not row.errors:
                readable.append((row, row.wanted(place)))
        findings = compared([one for _row, one in readable], self._user)
        for (row, _one), finding in zip(readable, findings, strict=True):
            row.finding = finding
            for clash in finding.clashes:
                row.add_error(None, clash)

    def _place(
        self, row: RosterRow, villages: Sequence[Village]
    ) -> Village | Office | None:
        """The place that the row means; None, and a sentence, when that is in doubt."""
        role, typed = row.cleaned_data.get("role"), row.cleaned_data.get("place", "")
        if role is None:
            return None
        if role is Role.OFFICE_STAFF:
            return self._office(row, typed)
        if not typed:
            row.add_error("place", _("Name the village in which the person serves."))
        elif not villages:
            row.add_error("place", _("You have no village of this name or code."))
        elif len(villages) > 1:
            names = "; ".join(map(label_of, villages))
            text = _("Several villages: %(names)s. Type the code of one.")
            row.add_error("place", text % {"names": names})
        return villages[0] if typed and len(villages) == 1 else None

    def _office(self, row: RosterRow, typed: str) -> Office | None:
        if not typed and len(self._offices) == 1:
            return self._offices[0]
        for office in self._offices:
            if folded(typed) in {folded(office.name), folded(office.short_name)}:
                return office
        row.add_error("place", _("Name your office for somebody of the office."))
        return None

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

    def new(self) -> list[Wanted]:
        """What is to be asked for: the rows that are neither left out nor there."""
        ready = [row for row in self.forms if not row.is_skipped and row.is_ready]
        return [row.finding.wanted for row in ready if row.finding]


def roster(data: Mapping[str, Any], user: User, offices: Sequence[Office]) -> Roster:
    """The list out of what was sent, or of `roster_data`, read and compared."""
    most: dict[str, Any] = {"max_num": MOST_AT_ONCE, "absolute_max": MOST_AT_ONCE}
    rows: Any = forms.formset_factory(RosterRow, formset=Roster, extra=0, **most)
    made = cast(Roster, rows(data, prefix=PREFIX, user=user, offices=offices))
    made.full_clean()
    return made


def roster_template() -> Sheet:
    """An empty list with the headings that are read."""
    columns = [
        Column(words[0].capitalize(), itemgetter(column), 22)
        for column, words in HEADINGS.items()
    ]
    labels = [str(label) for _value, label in ROLES]
    about = (
        _("One person per row, below the headings."),
        _("Roles: %(roles)s.") % {"roles": "; ".join(labels)},
        _("User name, e-mail and telephone may stay empty."),
    )
    return Sheet("daftar-akun", _("People who want accounts"), columns, (), about)


def roster_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The rows of a file as if they had been typed into the page.

    Roles are recognised by their words; a missing user name is made of the name.
    """
    sent = {f"{PREFIX}-TOTAL_FORMS": str(len(rows)), f"{PREFIX}-INITIAL_FORMS": "0"}
    words = _role_words()
    for number, (row, username) in enumerate(zip(rows, _usernames(rows), strict=True)):
        typed = {column: row.get(column, "") for column in HEADINGS}
        typed["role"] = words.get(folded(typed["role"]), typed["role"])
        typed["username"] = username
        for column, cell in typed.items():
            sent[f"{PREFIX}-{number}-{column}"] = cell
    return sent


def _role_words() -> dict[str, str]:
    """Every word for a role that may be asked for, folded, in both languages."""
    words = {word: str(role) for word, role in ROLE_WORDS.items()}
    for language in ("en", "id"):
        with override(language):
            words |= {folded(str(label)): value for value, label in ROLES}
    return words | {folded(value): value for value, _label in ROLES}


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
