"""Who is invited, who is sent and who came, party by party."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fgd.models import Agency, Delegate, Invitation, Session
from villages.models import Village

#: the answer for an agency that nobody has entered yet
UNLISTED = "baru"
Choices = Sequence[tuple[str, Sequence[tuple[str, str]]]]


@dataclass(slots=True)
class Party:
    """One agency or village at the table, and the people it sent."""

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
    return list(session.invitations.select_related("agency", "village"))


def parties_of(
    invitations: Iterable[Invitation], delegates: Sequence[Delegate]
) -> list[Party]:
    """The invited in the order of their invitations, then those who came uninvited."""
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
    """Who may be named as a speaker, with the party that sent each."""
    return session.delegates.select_related("agency", "village").order_by("name", "id")


def twins_of(row: Delegate) -> list[Delegate]:
    """The others at the table, those of the same name first."""
    others = speakers_of(row.session).exclude(pk=row.pk)
    name = row.name.casefold()
    return sorted(others, key=lambda other: other.name.casefold() != name)


def party_choices(
    invitations: Iterable[Invitation], row: Delegate | None = None
) -> Choices:
    """Parties as forms name them: the invited first, then the other agencies.

    `row` is a delegate whose own party must be among them.
    """
    invited = [one.agency or one.village for one in invitations]
    own = [row.party] if row else []
    return grouped_choices([*invited, *own])


def grouped_choices(first: Iterable[Agency | Village | None]) -> Choices:
    """`first` under "Invited", the other agencies below; values "a12" and "v7"."""
    here = {value_of(party): str(party) for party in first if party}
    known = Agency.objects.standing().order_by("short_name")
    others = [(f"a{row.pk}", str(row)) for row in known if f"a{row.pk}" not in here]
    groups = [(_("Invited"), list(here.items())), (_("Other agencies"), others)]
    return [group for group in groups if group[1]]


def value_of(party: Agency | Village | None) -> str:
    """ "a12" for an agency, "v7" for a village, as forms send them."""
    if party is None:
        return ""
    return f"{'v' if isinstance(party, Village) else 'a'}{party.pk}"


def _key(party: Agency | Village) -> tuple[bool, int]:
    return isinstance(party, Village), party.pk


def _party(party: Agency | Village, invitation: Invitation | None = None) -> Party:
    return Party(
        name=str(party),
        invitation=invitation,
        is_village=isinstance(party, Village),
        is_proposed=getattr(party, "status", "") == Agency.Status.PROPOSED,
    )
