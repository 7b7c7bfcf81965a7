"""For whom somebody may tell progress on an action."""

from dataclasses import dataclass

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Concat

from desabinaan.accounts.access import Actor, Place, may
from fgd.models import Action, Agency
from fgd.parties import held_at
from fgd.standing import agencies_of
from villages.models import Village
from villages.standing import standing_of


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party of the action; `is_own` when the user belongs to it."""

    kind: str
    pk: int
    label: str
    is_own: bool

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"


def speakers(
    action: Action, user: Actor, here: Place | None = None
) -> dict[str, Speaker]:
    """The parties by key: one's own, and for staff every one of them."""
    place = here or held_at(action, user)
    for_all = may(user, "action.report_on_behalf", place)
    found = [_speaker(row, user) for row in _parties(action)]
    return {
        speaker.key: speaker
        for speaker in sorted(found, key=lambda one: (one.kind, one.label.lower()))
        if for_all or speaker.is_own
    }


def _parties(action: Action) -> list[tuple[str, int, str, int | None]]:
    """Kind, id, label and office of the agencies and villages; one query."""
    agencies = Agency.objects.filter(
        Q(pk=action.lead_agency_id) | Q(pk__in=action.supports.values("agency_id"))
    )
    villages = Village.objects.filter(
        pk__in=action.action_villages.values("village_id")
    )
    label = Concat(F("name"), Value(", "), F("district_name"), output_field=CharField())
    spoken = agencies.order_by().values_list(
        Value("agency"), "pk", "short_name", "office_id"
    )
    nobody = Value(None, output_field=IntegerField())
    places = villages.order_by().values_list(Value("village"), "pk", label, nobody)
    return list(spoken.union(places, all=True))


def _speaker(row: tuple[str, int, str, int | None], user: Actor) -> Speaker:
    kind, pk, label, office = row
    standing = standing_of(user)
    if kind == "village":
        return Speaker(kind, pk, label, pk in standing.villages("action.report"))
    at_own_office = office is not None and (
        office in standing.posts or office in standing.at_home_office
    )
    return Speaker(kind, pk, label, pk in agencies_of(user) or at_own_office)
