"""People who want accounts, out of a spreadsheet: read, looked over row by row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.exports import Sheet
from desabinaan.lib.workbooks import folded
from villages.forms.people_files import (
    ACCOUNT,
    BEGIN,
    NAME,
    People,
    PeopleFile,
    PersonRow,
    people_rows,
    people_template,
    typed_rows,
)
from villages.models import AccountRequest, Office, Village
from villages.selectors.rosters import Finding, Wanted, compared
from villages.selectors.search import label_of, villages_named

ROLES = AccountRequest._meta.get_field("role").choices or []
#: column -> the words that may stand above it
HEADINGS: dict[str, list[str]] = {
    **NAME,
    "role": ["peran", "jabatan", "role"],
    "place": ["kode desa atau kantor", "kode desa", "desa", "kantor", "village"],
    **ACCOUNT,
    "letter_number": ["nomor surat", "surat tugas", "nomor surat tugas", "letter"],
    **BEGIN,
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


class RosterForm(PeopleFile):
    headings = HEADINGS


class RosterRow(PersonRow):
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
    letter_number = forms.CharField(
        label=gettext_lazy("Letter of assignment"), max_length=100
    )

    finding: Finding | None = None

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def wanted(self, place: Village | Office) -> Wanted:
        names = Wanted.__dataclass_fields__.keys() - {"place"}
        return Wanted(place=place, **{name: self.cleaned_data[name] for name in names})


class Roster(People):
    """The rows, each compared with who is there already."""

    def __init__(
        self, *args: Any, user: User, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
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
        self.keep([row for row, _one in readable], findings)

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

    def new(self) -> list[Wanted]:
        """What is to be asked for."""
        return [finding.wanted for finding in self.ready()]


def roster(data: Mapping[str, Any], user: User, offices: Sequence[Office]) -> Roster:
    """The list out of what was sent, or of `roster_data`, read and compared."""
    made = people_rows(RosterRow, Roster, data, user=user, offices=offices)
    return cast(Roster, made)


def roster_template() -> Sheet:
    """An empty list with the headings that are read."""
    labels = [str(label) for _value, label in ROLES]
    about = (
        _("One person per row, below the headings."),
        _("Roles: %(roles)s.") % {"roles": "; ".join(labels)},
        _("User name, e-mail and telephone may stay empty."),
    )
    return people_template(
        "daftar-akun", _("People who want accounts"), HEADINGS, about
    )


def roster_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The rows of a file as if they had been typed; roles are known by their words."""
    words = _role_words()

    def understood(typed: dict[str, str]) -> dict[str, str]:
        return typed | {"role": words.get(folded(typed["role"]), typed["role"])}

    return typed_rows(rows, list(HEADINGS), understood)


def _role_words() -> dict[str, str]:
    """Every word for a role that may be asked for, folded, in both languages."""
    words = {word: str(role) for word, role in ROLE_WORDS.items()}
    for language in ("en", "id"):
        with override(language):
            words |= {folded(str(label)): value for value, label in ROLES}
    return words | {folded(value): value for value, _label in ROLES}
