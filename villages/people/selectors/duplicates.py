"""Find accounts and requests that share a user name, address or number."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from desabinaan.accounts.models import User
from desabinaan.uploads.sheets.rows import Remark
from villages.people.models import AccountRequest

NOBODY_ELSE = Q(pk__in=())


class Identity(Protocol):
    """Data that identifies one person; e-mail and telephone may be empty."""

    @property
    def username(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def phone(self) -> str: ...


def people_with_same_identity(
    rows: "QuerySet[Any]", wanted: Iterable[Identity], besides: Q = NOBODY_ELSE
) -> "QuerySet[Any]":
    """Return rows that share identifying data with the list, or match `besides`."""
    listed = list(wanted)
    annotated: QuerySet[Any] = rows.annotate(mail=Lower("email"))
    return annotated.filter(
        besides
        | Q(username__in={row.username for row in listed})
        | Q(mail__in={row.email.lower() for row in listed if row.email})
        | Q(phone__in={row.phone for row in listed if row.phone})
    )


def names_taken(candidates: Iterable[str]) -> set[str]:
    """Return those of the user names that an account or a pending request has."""
    wanted = set(candidates)
    accounts = User.objects.filter(username__in=wanted).values_list("username")
    asked = AccountRequest.objects.filter(
        username__in=wanted, status=AccountRequest.Status.REQUESTED
    ).values_list("username")
    return {name for (name,) in accounts.union(asked)}


# --- Comparing ---------------------------------------------------------------


def shared_by(person: Identity, row: Identity) -> dict[str, str]:
    """Return the identifying datum that both have, as details of a remark, or none."""
    if person.username == row.username:
        return {"shared": "username", "it": row.username}
    if row.email and person.email.lower() == row.email.lower():
        return {"shared": "email", "it": row.email}
    if row.phone and person.phone == row.phone:
        return {"shared": "phone", "it": row.phone}
    return {}


def can_be_reached_alike(person: Identity, row: Identity) -> bool:
    """Return whether both have the same e-mail address or telephone number."""
    same_mail = bool(row.email) and person.email.lower() == row.email.lower()
    same_phone = bool(row.phone) and person.phone == row.phone
    return same_mail or same_phone


def identity_repeated(earlier: Sequence[Identity], row: Identity) -> list[Remark]:
    """Return a clash if an earlier row of the list has the same identifying data."""
    shared = (shared_by(other, row) for other in earlier)
    taken = next(filter(None, shared), None)
    return [("twice_in_list", taken)] if taken else []
