"""Who has, or waits for, a user name, an address or a number that a list names."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from villages.models import AccountRequest

NOBODY_ELSE = Q(pk__in=())


class Identity(Protocol):
    """What belongs to one person only; address and number may be empty."""

    @property
    def username(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


def people_like(
    rows: "QuerySet[Any]", wanted: Iterable[Identity], besides: Q = NOBODY_ELSE
) -> "QuerySet[Any]":
    """Rows with a user name, address or number of the list, or as `besides` says.

    Each comes with `digits`, its number as it compares.
    """
    listed = list(wanted)
    bare = Func(
        F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace"
    )
    zero = Func(bare, Value("^(62|0)?(?=8)"), Value("0"), function="regexp_replace")
    annotated: QuerySet[Any] = rows.annotate(mail=Lower("email"), digits=zero)
    return annotated.filter(
        besides
        | Q(username__in={row.username for row in listed})
        | Q(mail__in={row.email.lower() for row in listed if row.email})
        | Q(digits__in={digits_of(row.phone) for row in listed if row.phone})
    )


def names_taken(candidates: Iterable[str]) -> set[str]:
    """Those of the user names that an account or a waiting request has."""
    wanted = set(candidates)
    held = User.objects.filter(username__in=wanted).values_list("username")
    asked = AccountRequest.objects.filter(
        username__in=wanted, status=AccountRequest.Status.REQUESTED
    ).values_list("username")
    return {name for (name,) in held.union(asked)}


def digits_of(phone: str) -> str:
    """The number as it compares: digits, beginning with 0 for Indonesia."""
    digits = re.sub(r"\D", "", phone)
    return re.sub(r"^(62|0)?(?=8)", "0", digits)


def folded_name(name: str) -> str:
    return " ".join(name.casefold().split())


# --- Comparing ---------------------------------------------------------------


def shared_by(person: Identity, row: Identity) -> str:
    """What both have that belongs to one person only, in words; else empty."""
    if person.username == row.username:
        return _("User name %(it)s") % {"it": row.username}
    if row.email and person.email.lower() == row.email.lower():
        return _("E-mail %(it)s") % {"it": row.email}
    if row.phone and digits_of(person.phone) == digits_of(row.phone):
        return _("Telephone %(it)s") % {"it": row.phone}
    return ""


def can_be_reached_alike(person: Identity, row: Identity) -> bool:
    """Whether both have the same address or the same number."""
    same_mail = bool(row.email) and person.email.lower() == row.email.lower()
    same_phone = bool(row.phone) and digits_of(person.phone) == digits_of(row.phone)
    return same_mail or same_phone


def standing_twice(earlier: Sequence[Identity], row: Identity) -> list[str]:
    """What an earlier row of the list has already, told."""
    for other in earlier:
        if taken := shared_by(other, row):
            return [_("%(what)s stands twice in this list.") % {"what": taken}]
    return []


def told_waiting(taken: str) -> str:
    return _("%(what)s stands in a request that waits.") % {"what": taken}
