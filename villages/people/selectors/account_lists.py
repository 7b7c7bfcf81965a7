"""Compare a list of people who need accounts with existing accounts and requests.

The number of queries does not depend on the length of the list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.db.models import Q

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.text.folding import without_case
from desabinaan.uploads.sheets.rows import Remark
from villages.people.models import AccountRequest
from villages.people.selectors.duplicates import (
    can_be_reached_alike,
    identity_repeated,
    people_with_same_identity,
    shared_by,
)
from villages.people.selectors.people import people_in_area
from villages.places.models import Office
from villages.register.models import Assignment, Village

#: role, and the id of its village or, negative, of its office
RoleAtPlace: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class WantedAccount:
    """A valid row: the person, the role, its place and the letter of assignment."""

    role: Role
    place: Village | Office
    name: str
    username: str
    email: str
    phone: str
    letter_number: str
    starts_on: date

    @property
    def role_at_place(self) -> RoleAtPlace:
        sign = 1 if isinstance(self.place, Village) else -1
        return self.role, sign * self.place.pk

    @property
    def where(self) -> str:
        """Return the place with its district and regency."""
        if isinstance(self.place, Office):
            return self.place.short_name
        return f"{self.place}, {self.place.regency_name}"


@dataclass(slots=True)
class AccountFinding:
    """What is known about a row; it is new without `there` and `clashes`."""

    wanted: WantedAccount
    there: Remark | None = None
    clashes: list[Remark] = field(default_factory=list)
    current_holders: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Person:
    """A person with an account or request; no `description` outside the own area."""

    name: str
    username: str
    email: str
    phone: str
    roles: frozenset[RoleAtPlace]
    is_requested: bool
    description: str


def compare_with_existing(
    wanted: Sequence[WantedAccount], user: User
) -> list[AccountFinding]:
    """Find for each row the same person, clashing accounts and current holders."""
    people = [*_accounts(wanted, user), *_requested(wanted)]
    findings = []
    for number, row in enumerate(wanted):
        finding = AccountFinding(row)
        same = next((one for one in people if _is_same(one, row)), None)
        if same is not None:
            finding.there = _existing(same)
        else:
            finding.clashes = [
                *_clashes(people, row),
                *identity_repeated(wanted[:number], row),
                *_repeated_person(wanted[:number], row),
            ]
            finding.current_holders = _holders(people, row)
        findings.append(finding)
    return findings


def _repeated_person(
    earlier: Sequence[WantedAccount], row: WantedAccount
) -> list[Remark]:
    """Return a clash if the list names the same person at the same place twice.

    Two people of the same name differ in their e-mail address or telephone number.
    """
    for other in earlier:
        alike = without_case(other.name) == without_case(row.name)
        if (
            alike
            and other.role_at_place == row.role_at_place
            and not _differ_in_contact_data(other, row)
        ):
            return [("twice_in_list", {"what": row.name})]
    return []


def _differ_in_contact_data(one: WantedAccount, other: WantedAccount) -> bool:
    pairs = ((one.email, other.email), (one.phone, other.phone))
    return any(all(pair) for pair in pairs) and not can_be_reached_alike(one, other)


# --- Reading -----------------------------------------------------------------


def _accounts(wanted: Sequence[WantedAccount], user: User) -> list[_Person]:
    assignments = list(
        Assignment.objects.in_force()
        .filter(_at_places(wanted, "office_id"))
        .values_list("user_id", "role", "village_id", "office_id")
    )
    roles: dict[int, set[RoleAtPlace]] = {}
    for person, role, village, office in assignments:
        roles.setdefault(person, set()).add(_role_at_place(role, village, office))
    found = people_with_same_identity(User.objects.all(), wanted, Q(pk__in=list(roles)))
    rows = list(found.values_list("pk", "name", "username", "email", "phone"))
    ids = [row[0] for row in rows]
    known = set(people_in_area(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        _Person(
            name=name,
            username=username,
            email=email,
            phone=phone,
            roles=frozenset(roles.get(pk, ())),
            is_requested=False,
            description=f"{name} ({username})" if pk in known else "",
        )
        for pk, name, username, email, phone in rows
    ]


def _requested(wanted: Sequence[WantedAccount]) -> list[_Person]:
    waiting = AccountRequest.objects.filter(status=AccountRequest.Status.REQUESTED)
    found = people_with_same_identity(
        waiting, wanted, _at_places(wanted, "requesting_office_id")
    )
    rows = found.values_list(
        "name", "username", "email", "phone", "role", "village", "requesting_office"
    )
    return [
        _Person(
            name=name,
            username=username,
            email=email,
            phone=phone,
            roles=frozenset({_role_at_place(role, village, office)}),
            is_requested=True,
            description="",
        )
        for name, username, email, phone, role, village, office in rows
    ]


def _at_places(wanted: Iterable[WantedAccount], office: str) -> Q:
    roles = {row.role_at_place for row in wanted}
    villages = [pk for _role, pk in roles if pk > 0]
    offices = [-pk for _role, pk in roles if pk < 0]
    return Q(village_id__in=villages) | Q(**{f"{office}__in": offices}, village=None)


def _role_at_place(role: str, village: int | None, office: int | None) -> RoleAtPlace:
    return role, village if village is not None else -(office or 0)


# --- Comparing ---------------------------------------------------------------


def _is_same(person: _Person, row: WantedAccount) -> bool:
    """Return whether this person already has the wanted role at the wanted place.

    The user name alone does not prove it: it may be meant for another person.
    """
    if row.role_at_place not in person.roles:
        return False
    same_name = person.username == row.username
    same_account = same_name and can_be_reached_alike(person, row)
    return same_account or without_case(person.name) == without_case(row.name)


def _existing(person: _Person) -> Remark:
    if person.is_requested:
        return "requested", {}
    return "registered", {"name": person.username}


def _clashes(people: Iterable[_Person], row: WantedAccount) -> list[Remark]:
    clashes: list[Remark] = []
    for person in people:
        taken = shared_by(person, row)
        if not taken:
            continue
        if person.is_requested:
            clashes.append(("in_waiting_request", taken))
        elif person.description:
            clashes.append(("of_known_account", taken | {"name": person.description}))
        else:
            clashes.append(("of_other_account", taken))
    return clashes


def _holders(people: Iterable[_Person], row: WantedAccount) -> list[str]:
    """Return the names of those who have this role at the same village now."""
    if row.role is Role.OFFICE_STAFF:
        return []
    return [
        one.name
        for one in people
        if row.role_at_place in one.roles and not one.is_requested
    ]
