"""A row of a list of people who need accounts."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Role
from desabinaan.lib.text.bilingual import in_each_language
from desabinaan.lib.text.folding import folded
from villages.people.columns import ACCOUNT_COLUMNS
from villages.people.forms.people_rows import PersonRowForm
from villages.people.models import AccountRequest
from villages.people.selectors.account_lists import WantedAccount
from villages.places.models import Office
from villages.register.models import Village

ROLES = AccountRequest._meta.get_field("role").choices or []
#: other names of a role -> role, folded
ROLE_WORDS = {
    "aparat desa": Role.VILLAGE_OFFICIAL,
    "aparatur desa": Role.VILLAGE_OFFICIAL,
    "perangkat desa": Role.VILLAGE_OFFICIAL,
    "kepala desa": Role.VILLAGE_OFFICIAL,
    "kades": Role.VILLAGE_OFFICIAL,
    "sekretaris desa": Role.VILLAGE_OFFICIAL,
    "sekdes": Role.VILLAGE_OFFICIAL,
    "aparat kelurahan": Role.VILLAGE_OFFICIAL,
    "aparatur kelurahan": Role.VILLAGE_OFFICIAL,
    "perangkat kelurahan": Role.VILLAGE_OFFICIAL,
    "kepala kelurahan": Role.VILLAGE_OFFICIAL,
    "lurah": Role.VILLAGE_OFFICIAL,
    "sekretaris kelurahan": Role.VILLAGE_OFFICIAL,
    "sekretaris lurah": Role.VILLAGE_OFFICIAL,
    "seklur": Role.VILLAGE_OFFICIAL,
    "pimpasa": Role.PIMPASA,
    "petugas kanim": Role.OFFICE_STAFF,
    "staf kanim": Role.OFFICE_STAFF,
}


class RoleField(forms.ChoiceField):
    """A role that a Kanim may request, written in any of its words."""

    def to_python(self, value: Any) -> str:
        typed: str = super().to_python(value)
        return _role_words().get(folded(typed), typed)


class AccountRowForm(PersonRowForm):
    role = RoleField(
        label=ACCOUNT_COLUMNS["role"].label,
        choices=ROLES,
        error_messages={
            "invalid_choice": gettext_lazy(
                "“%(value)s” cannot be requested in a list. Choose another role; "
                "focal points and sensitive roles are set by an administrator."
            )
        },
    )
    place = forms.CharField(
        label=ACCOUNT_COLUMNS["place"].label, max_length=120, required=False
    )
    letter_number = forms.CharField(
        label=ACCOUNT_COLUMNS["letter_number"].label, max_length=100
    )

    field_order = tuple(ACCOUNT_COLUMNS)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def wanted(self, subject: Village | Office) -> WantedAccount:
        names = WantedAccount.__dataclass_fields__.keys() - {"place"}
        return WantedAccount(
            place=subject, **{name: self.cleaned_data[name] for name in names}
        )


@cache
def _role_words() -> dict[str, str]:
    """Return every name of a role that may be requested -> role, folded."""
    words = {word: str(role) for word, role in ROLE_WORDS.items()}
    for labels in in_each_language(
        lambda: {folded(str(label)): value for value, label in ROLES}
    ).values():
        words |= labels
    return words | {folded(value): value for value, _label in ROLES}
