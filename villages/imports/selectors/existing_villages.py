"""What the register already holds about the villages of a list."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.lib.text.folding import without_case
from villages.imports.selectors.row_changes import StatedDecree
from villages.places.models import Office, Scheme
from villages.places.permissions import in_force
from villages.places.selectors.gazetteer import own_offices
from villages.places.village_names import folded_name
from villages.register.models import (
    Assignment,
    Designation,
    Proposal,
    Village,
    VillageContact,
)

PLAIN = ("population", "households", "latitude", "longitude")
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact whom the register has."""

    name: str
    position: str
    phone: str


@dataclass(slots=True)
class ExistingVillage:
    """A village of the register, reduced to what a list can contain."""

    pk: int
    office: int
    status: str
    facts: Mapping[str, Any]
    decrees: set[str] = field(default_factory=set)
    #: the decree that a list named for the waiting proposal
    stated: StatedDecree | None = None
    schemes: set[int] = field(default_factory=set)
    #: name in small letters -> name, position and telephone of a contact
    contacts: dict[str, KnownContact] = field(default_factory=dict)
    officers: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Register:
    """Villages by code; schemes and people of the area by the names in lists."""

    villages: Mapping[str, ExistingVillage]
    schemes: Mapping[str, int]
    #: schemes that are no longer offered
    closed_schemes: Collection[int]
    #: number -> date of each decree that the office has issued
    decrees: dict[str, date]
    people: Mapping[str, list[int]]

    def scheme_of(self, name: str) -> int | None:
        return self.schemes.get(folded_name(name))

    def person_of(self, name: str) -> int | None:
        """Return the account with this name or user name, if there is exactly one."""
        found = self.people.get(without_case(name), [])
        found = found or self.people.get(folded_name(name), [])
        return found[0] if len(found) == 1 else None


def register_of(codes: Iterable[str], office: Office) -> Register:
    """Read the register in six queries per 2,000 villages, and three more."""
    wanted = sorted(set(codes))
    villages: dict[str, ExistingVillage] = {}
    for start in range(0, len(wanted), AT_ONCE):
        villages |= _villages(wanted[start : start + AT_ONCE])
    schemes, closed = _schemes()
    return Register(villages, schemes, closed, _decrees(office), _people(office))


def _villages(codes: list[str]) -> dict[str, ExistingVillage]:
    rows = Village.objects.filter(region_id__in=codes)
    found = {
        row["region_id"]: ExistingVillage(
            row["id"],
            row["office_id"],
            row["status"],
            {name: row[name] for name in (*PLAIN, "reason")},
        )
        for row in rows.values(
            "id", "region_id", "office_id", "status", "reason", *PLAIN
        )
    }
    by_pk = {one.pk: one for one in found.values()}
    for pk, number in Designation.objects.filter(village__in=by_pk).values_list(
        "village_id", "decree_number"
    ):
        by_pk[pk].decrees.add(without_case(number))
    for proposal in Proposal.objects.filter(village__in=by_pk, ended_on=None):
        by_pk[proposal.village_id].stated = (
            proposal.stated_number,
            proposal.stated_date,
            proposal.stated_signatory,
        )
    for pk, scheme in Village.schemes.through.objects.filter(
        village__in=by_pk
    ).values_list("village_id", "scheme_id"):
        by_pk[pk].schemes.add(scheme)
    contacts = VillageContact.objects.filter(village__in=by_pk).order_by("id")
    for pk, *said in contacts.values_list("village_id", "name", "position", "phone"):
        contact = KnownContact(*said)
        by_pk[pk].contacts.setdefault(without_case(contact.name), contact)
    serving = Assignment.objects.filter(
        in_force(), village__in=by_pk, role=Role.PIMPASA
    )
    for pk, person in serving.values_list("village_id", "user_id"):
        by_pk[pk or 0].officers.add(person)
    return found


def _schemes() -> tuple[dict[str, int], set[int]]:
    """Return the schemes by code and name, and those that are not in use."""
    known, closed = {}, set()
    for scheme in Scheme.objects.all():
        known[folded_name(scheme.name)] = known[folded_name(scheme.code)] = scheme.pk
        if not scheme.is_active:
            closed.add(scheme.pk)
    return known, closed


def _decrees(office: Office) -> dict[str, date]:
    given = Designation.objects.filter(issued_by=office).order_by()
    pairs = given.values_list("decree_number", "decree_date").distinct()
    return {without_case(number): day for number, day in pairs}


def _people(office: Office) -> dict[str, list[int]]:
    """Return active accounts that serve or served in the area, by both names."""
    area = own_offices(office)
    serving = Assignment.objects.filter(office__in=area).values("user")
    caring = Assignment.objects.filter(village__office__in=area).values("user")
    people = User.objects.filter(is_active=True, pk__in=serving.union(caring))
    known: dict[str, list[int]] = defaultdict(list)
    for pk, username, name in people.values_list("pk", "username", "name"):
        known[username].append(pk)
        known[folded_name(name)].append(pk)
    return known
