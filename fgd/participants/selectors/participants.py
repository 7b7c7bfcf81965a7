"""The invited parties of a session, their delegates and attendance."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.text.folding import without_case
from fgd.agencies.models import Agency
from fgd.agencies.permissions import agencies_represented_by
from fgd.participants.models import Delegate, Invitation
from fgd.sessions.models import Session
from villages.places.permissions import roles_for
from villages.register.models import Village

#: value of the choice for an agency that is not in the list
UNLISTED = "baru"
#: groups of choices: (group label, [(value, label)])
Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(slots=True)
class Party:
    """An agency or village with its invitation and delegates."""

    name: str
    invitation: Invitation | None = None
    is_village: bool = False
    is_proposed: bool = False
    delegates: list[Delegate] = field(default_factory=list)

    @property
    def seats(self) -> int:
        return self.invitation.seats if self.invitation else 0

    @property
    def present(self) -> int:
        return sum(hasattr(row, "attendance") for row in self.delegates)

    @property
    def is_absent(self) -> bool:
        return self.invitation is not None and not self.present

    @property
    def is_overbooked(self) -> bool:
        return self.invitation is not None and len(self.delegates) > self.seats


def invitations_of(session: Session) -> list[Invitation]:
    rows = Invitation.objects.filter(session=session)
    return list(rows.select_related("agency", "village"))


def parties_of(
    invitations: Iterable[Invitation], delegates: Sequence[Delegate]
) -> list[Party]:
    """Return the invited parties in order, then those who came uninvited."""
    parties: dict[tuple[bool, int], Party] = {}
    for invitation in invitations:
        party = invitation.agency or invitation.village
        if party is not None:
            parties[_key(party)] = _party(party, invitation)
    for row in delegates:
        if row.party is not None:
            parties.setdefault(_key(row.party), _party(row.party)).delegates.append(row)
    return list(parties.values())


def speakers_of(session: Session) -> QuerySet[Delegate]:
    """Return the delegates that may be named as a speaker, with their parties."""
    return session.delegates.select_related("agency", "village").order_by(
        Folded("name"), "id"
    )


def possible_duplicates_of(row: Delegate) -> list[Delegate]:
    """Return the other delegates of the session, those of the same name first."""
    others = speakers_of(row.session).exclude(pk=row.pk)
    name = without_case(row.name)
    return sorted(others, key=lambda other: without_case(other.name) != name)


def delegates_of(session: Session) -> QuerySet[Delegate]:
    """Return the delegates of the session, the first listed first."""
    return Delegate.objects.filter(session=session).order_by("id")


def value_of(party: Agency | Village | None) -> str:
    """Return "a12" for an agency, "v7" for a village, as forms send them."""
    if party is None:
        return ""
    return f"{'v' if isinstance(party, Village) else 'a'}{party.pk}"


def names_of_parties(values: Collection[str]) -> dict[str, str]:
    """Return the names of parties given as `value_of` returns them. Two queries."""
    ids = {kind: [int(one[1:]) for one in values if one[0] == kind] for kind in "av"}
    villages = Village.objects.filter(pk__in=ids["v"]).select_related("region")
    names = {value_of(one): one.name for one in Agency.objects.filter(pk__in=ids["a"])}
    return names | {value_of(one): one.name_and_code for one in villages}


def _key(party: Agency | Village) -> tuple[bool, int]:
    return isinstance(party, Village), party.pk


def _party(party: Agency | Village, invitation: Invitation | None = None) -> Party:
    return Party(
        name=str(party),
        invitation=invitation,
        is_village=isinstance(party, Village),
        is_proposed=getattr(party, "status", "") == Agency.Status.PROPOSED,
    )


def visible_delegates(
    user: Actor, session: Session, *, names: bool
) -> QuerySet[Delegate]:
    """Return all delegates, or only those of the user's own village and agency."""
    rows = session.delegates.select_related("agency", "village", "attendance")
    if names:
        return rows
    villages = roles_for(user).villages("session.view_final")
    mine = Q(village_id__in=villages) | Q(agency_id__in=agencies_represented_by(user))
    return rows.filter(mine)
