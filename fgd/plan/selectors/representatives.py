"""The parties on whose behalf a user may report progress on an action."""

from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Concat

from desabinaan.accounts.access import Actor, HasRoles, may
from desabinaan.lib.text.folding import folded
from fgd.agencies.models import Agency
from fgd.agencies.permissions import agencies_represented_by
from fgd.plan.models import Action
from fgd.plan.selectors.rights import roles_at
from villages.places.permissions import roles_for
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class ReportingParty:
    """A party of the action; `is_own` when the user belongs to it.

    `leads`: it is the lead agency, whose percentage is that of the action; all others
    report about their own part.
    """

    kind: str
    pk: int
    name: str
    is_own: bool
    leads: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"


def reporting_parties(
    action: Action, user: Actor, place: HasRoles | None = None
) -> dict[str, ReportingParty]:
    """Return the parties by key: the user's own; for staff, every party."""
    place = place or roles_at(action, user)
    for_all = may(user, "action.report_on_behalf", place)
    found = [_reporting_party(row, user, action) for row in _parties(action)]
    return {
        party.key: party
        for party in sorted(found, key=lambda one: (one.kind, folded(one.name)))
        if for_all or party.is_own
    }


def _parties(action: Action) -> list[tuple[str, int, str, int | None]]:
    """Return kind, id, name and office of the agencies and villages."""
    agencies = Agency.objects.filter(
        Q(pk=action.lead_agency_id) | Q(pk__in=action.supports.values("agency_id"))
    )
    villages = Village.objects.filter(
        pk__in=action.action_villages.values("village_id")
    )
    name = Concat(F("name"), Value(", "), F("district_name"), output_field=CharField())
    agency_rows = agencies.order_by().values_list(
        Value("agency"), "pk", "short_name", "office_id"
    )
    nobody = Value(None, output_field=IntegerField())
    places = villages.order_by().values_list(Value("village"), "pk", name, nobody)
    return list(agency_rows.union(places, all=True))


def _reporting_party(
    row: tuple[str, int, str, int | None], user: Actor, action: Action
) -> ReportingParty:
    kind, pk, name, office = row
    user_roles = roles_for(user)
    if kind == "village":
        return ReportingParty(
            kind, pk, name, pk in user_roles.villages("action.report")
        )
    at_own_office = office is not None and (
        office in user_roles.posts or office in user_roles.at_home_office
    )
    is_own = pk in agencies_represented_by(user) or at_own_office
    return ReportingParty(kind, pk, name, is_own, leads=pk == action.lead_agency_id)
