"""A spreadsheet of people who need accounts, as a form per row."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.sheets.columns import Sheet
from desabinaan.lib.text.folding import folded
from villages.people.forms.people_files import (
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
from villages.people.models import AccountRequest
from villages.people.selectors.account_lists import (
    AccountFinding,
    WantedAccount,
    compare_with_existing,
)
from villages.places.models import Office
from villages.places.named_places import named_place_in
from villages.register.models import Village
from villages.register.selectors.search import NamedVillages, villages_named

ROLES = AccountRequest._meta.get_field("role").choices or []
#: column -> its accepted headings
HEADINGS: dict[str, list[str]] = {
    **NAME,
    "role": ["peran", "jabatan", "role"],
    "place": ["kode desa atau kantor", "kode desa", "desa", "kantor", "village"],
    **ACCOUNT,
    "letter_number": ["nomor surat", "surat tugas", "nomor surat tugas", "letter"],
    **BEGIN,
}
#: other names of a role -> role, folded
ROLE_WORDS = {
    "aparat desa": Role.VILLAGE_OFFICIAL,
    "aparatur desa": Role.VILLAGE_OFFICIAL,
    "perangkat desa": Role.VILLAGE_OFFICIAL,
    "kepala desa": Role.VILLAGE_OFFICIAL,
    "kades": Role.VILLAGE_OFFICIAL,
    "sekretaris desa": Role.VILLAGE_OFFICIAL,
    "sekdes": Role.VILLAGE_OFFICIAL,
    "pimpasa": Role.PIMPASA,
    "petugas kanim": Role.OFFICE_STAFF,
    "staf kanim": Role.OFFICE_STAFF,
}


#: role -> what its holder can see
VISIBLE_DATA = {
    Role.VILLAGE_OFFICIAL: gettext_lazy(
        "Sees only this village: its profile, monthly reports and agreed actions."
    ),
    Role.PIMPASA: gettext_lazy(
        "Sees this village's record and reports, and the sessions of its office."
    ),
    Role.OFFICE_STAFF: gettext_lazy(
        "Sees every village, report and session of the office."
    ),
}


class RosterForm(PeopleFile):
    headings = HEADINGS


class RosterRow(PersonRow):
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("– choose –")), *ROLES],
        error_messages={
            "invalid_choice": gettext_lazy(
                "“%(value)s” cannot be requested in a list. Choose another role; "
                "focal points and sensitive roles are set by an administrator."
            )
        },
    )
    place = forms.CharField(
        label=gettext_lazy("Village or office"), max_length=120, required=False
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Letter of assignment"), max_length=100
    )

    finding: AccountFinding | None = None

    @property
    def visible_data(self) -> StrOrPromise:
        """Return what the person will be able to see."""
        return VISIBLE_DATA[self.cleaned_data["role"]]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def wanted(self, place: Village | Office) -> WantedAccount:
        names = WantedAccount.__dataclass_fields__.keys() - {"place"}
        return WantedAccount(
            place=place, **{name: self.cleaned_data[name] for name in names}
        )


class Roster(People):
    """The rows, each compared with existing accounts and requests."""

    def __init__(
        self, *args: Any, user: User, offices: Sequence[Office], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._offices = user, offices

    def clean(self) -> None:
        """Look up the places and compare the rows, for the whole list at once."""
        rows = [row for row in self.forms if not row.is_skipped]
        places = [named_place_in(row.cleaned_data.get("place", "")) for row in rows]
        found = villages_named(places, self._user, "account.request")
        readable: list[tuple[RosterRow, WantedAccount]] = []
        for row, named in zip(rows, found, strict=True):
            place = self._place(row, named)
            if place is not None and not row.errors:
                readable.append((row, row.wanted(place)))
        findings = compare_with_existing([one for _row, one in readable], self._user)
        self.set_findings([row for row, _one in readable], findings)

    def _place(self, row: RosterRow, named: NamedVillages) -> Village | Office | None:
        """Return the place of the row; None, with an error on it, if it is unclear."""
        role, typed = row.cleaned_data.get("role"), row.cleaned_data.get("place", "")
        if role is None:
            return None
        if role is Role.OFFICE_STAFF:
            return self._office(row, typed)
        if not typed:
            row.add_error("place", _("Enter the village where the person serves."))
            return None
        if len(named.villages) == 1:
            return named.villages[0]
        row.add_error("place", _doubt_about_village(named))
        return None

    def _office(self, row: RosterRow, typed: str) -> Office | None:
        if not typed and len(self._offices) == 1:
            return self._offices[0]
        for office in self._offices:
            if folded(typed) in {folded(office.name), folded(office.short_name)}:
                return office
        row.add_error("place", _("For office staff, enter your office."))
        return None

    def new(self) -> list[WantedAccount]:
        """Return the accounts to request."""
        return [finding.wanted for finding in self.ready()]


def _doubt_about_village(named: NamedVillages) -> str:
    names = "; ".join(
        village.name_and_code for village in named.villages or named.similar
    )
    if named.villages:
        text = _("There are several villages: %(names)s. Type the code of one.")
        return text % {"names": names}
    if named.similar:
        text = _(
            "You have no village with this name. Similar: %(names)s. Type the code of "
            "one."
        )
        return text % {"names": names}
    return _("You have no village with this name or code.")


def roster(data: Mapping[str, Any], user: User, offices: Sequence[Office]) -> Roster:
    """Build the list from submitted data or `roster_data`, and validate it."""
    made = people_rows(RosterRow, Roster, data, user=user, offices=offices)
    return cast(Roster, made)


def roster_template() -> Sheet:
    """Return an empty list with its headings."""
    labels = [str(label) for _value, label in ROLES]
    about = (
        _("One person per row, below the headings."),
        _("Roles: %(roles)s.") % {"roles": "; ".join(labels)},
        _("User name, e-mail and telephone may be left empty."),
    )
    return people_template(
        "daftar-akun", _("People who need accounts"), HEADINGS, about
    )


def roster_data(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the rows of a file as form data, with role names as role values."""
    words = _role_words()

    def with_role(typed: dict[str, str]) -> dict[str, str]:
        return typed | {"role": words.get(folded(typed["role"]), typed["role"])}

    return typed_rows(rows, list(HEADINGS), with_role)


def _role_words() -> dict[str, str]:
    """Return every name of a role that may be requested -> role, folded."""
    words = {word: str(role) for word, role in ROLE_WORDS.items()}
    for language in ("en", "id"):
        with override(language):
            words |= {folded(str(label)): value for value, label in ROLES}
    return words | {folded(value): value for value, _label in ROLES}
