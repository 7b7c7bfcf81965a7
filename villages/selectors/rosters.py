"""A list of people who want accounts, compared with who is there already.

However long the list is, it takes the same number of queries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from villages.models import AccountRequest, Assignment, Office, Village
from villages.selectors.namesakes import (
    can_be_reached_alike,
    folded_name,
    people_like,
    shared_by,
    standing_twice,
    told_waiting,
)
from villages.selectors.people import people_in_area

#: role, and the id of its village or, negative, of its office
Post: TypeAlias = tuple[str, int]
#: role -> what its holder sees
SIGHT = {
    Role.VILLAGE_OFFICIAL: gettext_lazy(
        "Sees this village alone: its profile, monthly reports and agreed actions."
    ),
    Role.PIMPASA: gettext_lazy(
        "Sees this village's record and reports, and the sessions of its office."
    ),
    Role.OFFICE_STAFF: gettext_lazy(
        "Sees every village, report and session of the office."
    ),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row that could be read: who, in which role, where, by which letter."""

    role: Role
    place: Village | Office
    name: str
    username: str
    email: str
    phone: str
    letter_number: str
    starts_on: date

    @property
    def post(self) -> Post:
        sign = 1 if isinstance(self.place, Village) else -1
        return self.role, sign * self.place.pk

    @property
    def where(self) -> str:
        """The place so that nobody mistakes it, with district and regency."""
        if isinstance(self.place, Office):
            return self.place.short_name
        return f"{self.place}, {self.place.regency_name}"


@dataclass(slots=True)
class Finding:
    """What is known about a row; it is new unless one of these says otherwise."""

    wanted: Wanted
    there: str = ""
    clashes: list[str] = field(default_factory=list)
    held_by: list[str] = field(default_factory=list)

    @property
    def sight(self) -> str:
        return str(SIGHT[self.wanted.role])


@dataclass(frozen=True, slots=True)
class _Person:
    """Who has an account or is asked for; `told` is empty outside the own area."""

    name: str
    username: str
    email: str
    phone: str
    posts: frozenset[Post]
    is_asked: bool
    told: str


def compared(wanted: Sequence[Wanted], user: User) -> list[Finding]:
    """For each row who is there already, who clashes, and who holds the post now."""
    people = [*_accounts(wanted, user), *_asked(wanted)]
    findings = []
    for number, row in enumerate(wanted):
        finding = Finding(row)
        same = next((one for one in people if _is_same(one, row)), None)
        if same is not None:
            finding.there = _there(same)
        else:
            finding.clashes = [
                *_clashes(people, row),
                *standing_twice(wanted[:number], row),
                *_named_twice(wanted[:number], row),
            ]
            finding.held_by = _holders(people, row)
        findings.append(finding)
    return findings


def _named_twice(earlier: Sequence[Wanted], row: Wanted) -> list[str]:
    """Told when the list asks for one person in one place a second time.

    Namesakes can be reached apart: by another address or number.
    """
    for other in earlier:
        alike = folded_name(other.name) == folded_name(row.name)
        if alike and other.post == row.post and not _are_apart(other, row):
            return [_("%(what)s stands twice in this list.") % {"what": row.name}]
    return []


def _are_apart(one: Wanted, other: Wanted) -> bool:
    pairs = ((one.email, other.email), (one.phone, other.phone))
    return any(all(pair) for pair in pairs) and not can_be_reached_alike(one, other)


def with_sight(requests: Iterable[AccountRequest]) -> list[dict[str, Any]]:
    """Waiting requests, each with what its person will see."""
    return [
        {
            "asked": one,
            "where": one.village or one.requesting_office,
            "sight": str(SIGHT[Role(one.role)]),
        }
        for one in requests
    ]


# --- Reading -----------------------------------------------------------------


def _accounts(wanted: Sequence[Wanted], user: User) -> list[_Person]:
    held = list(
        Assignment.objects.in_force()
        .filter(_at_places(wanted, "office_id"))
        .values_list("user_id", "role", "village_id", "office_id")
    )
    posts: dict[int, set[Post]] = {}
    for person, role, village, office in held:
        posts.setdefault(person, set()).add(_post(role, village, office))
    found = people_like(User.objects.all(), wanted, Q(pk__in=list(posts)))
    rows = list(found.values_list("pk", "name", "username", "email", "digits"))
    ids = [row[0] for row in rows]
    known = set(people_in_area(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        _Person(
            name=name,
            username=username,
            email=email,
            phone=digits,
            posts=frozenset(posts.get(pk, ())),
            is_asked=False,
            told=f"{name} ({username})" if pk in known else "",
        )
        for pk, name, username, email, digits in rows
    ]


def _asked(wanted: Sequence[Wanted]) -> list[_Person]:
    waiting = AccountRequest.objects.filter(status=AccountRequest.Status.REQUESTED)
    found = people_like(waiting, wanted, _at_places(wanted, "requesting_office_id"))
    rows = found.values_list(
        "name", "username", "email", "digits", "role", "village", "requesting_office"
    )
    return [
        _Person(
            name=name,
            username=username,
            email=email,
            phone=digits,
            posts=frozenset({_post(role, village, office)}),
            is_asked=True,
            told="",
        )
        for name, username, email, digits, role, village, office in rows
    ]


def _at_places(wanted: Iterable[Wanted], office: str) -> Q:
    posts = {row.post for row in wanted}
    villages = [pk for _role, pk in posts if pk > 0]
    offices = [-pk for _role, pk in posts if pk < 0]
    return Q(village_id__in=villages) | Q(**{f"{office}__in": offices}, village=None)


def _post(role: str, village: int | None, office: int | None) -> Post:
    return role, village if village is not None else -(office or 0)


# --- Comparing ---------------------------------------------------------------


def _is_same(person: _Person, row: Wanted) -> bool:
    """Whether this is the person of the row, in the very post that is wanted.

    A user name alone does not tell: another person may be meant to take it over.
    """
    if row.post not in person.posts:
        return False
    same_name = person.username == row.username
    known_by = same_name and can_be_reached_alike(person, row)
    return known_by or folded_name(person.name) == folded_name(row.name)


def _there(person: _Person) -> str:
    if person.is_asked:
        return _("Asked for already; the regional office decides.")
    return _("Is there already, in this role, as %(name)s.") % {"name": person.username}


def _clashes(people: Iterable[_Person], row: Wanted) -> list[str]:
    told = []
    for person in people:
        taken = shared_by(person, row)
        if not taken:
            continue
        if person.is_asked:
            told.append(told_waiting(taken))
        elif person.told:
            words = {"what": taken, "name": person.told}
            text = _(
                "%(what)s belongs to %(name)s. For the same person, assign that "
                "account on the village's page."
            )
            told.append(text % words)
        else:
            told.append(_("%(what)s belongs to another account.") % {"what": taken})
    return told


def _holders(people: Iterable[_Person], row: Wanted) -> list[str]:
    """Who serves in the same role at the same village now."""
    if row.role is Role.OFFICE_STAFF:
        return []
    return [one.name for one in people if row.post in one.posts and not one.is_asked]
