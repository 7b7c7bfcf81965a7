"""Evidence of visible actions, and the villages for which it may be filed."""

from dataclasses import dataclass

from desabinaan.accounts.access import Actor, may
from fgd.plan.models import Action, Evidence
from fgd.plan.querysets import EvidenceQuerySet
from villages.places.permissions import roles_for
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class EvidenceVillages:
    """Villages of an action for which a user may file evidence.

    `is_optional`: the user may also file it for the whole action.
    """

    villages: list[Village]
    is_optional: bool

    def allow(self, village_id: int | None) -> bool:
        if village_id is None:
            return self.is_optional
        return village_id in {village.pk for village in self.villages}


def visible_evidence(user: Actor) -> EvidenceQuerySet:
    """Return evidence that was not withdrawn, of actions visible to `user`."""
    rows = Evidence.objects.visible_to(user).not_withdrawn()
    return rows.select_related("action__office", "action__lead_agency")


def evidence_villages(action: Action, user: Actor) -> EvidenceVillages:
    """Return all villages for agencies and staff, for officials only their own."""
    villages = Village.objects.filter(action_villages__action=action)
    files_for_all = may(user, "evidence.view", action)
    if not files_for_all:
        own = roles_for(user).villages("evidence.view_own")
        villages = villages.filter(pk__in=own)
    found = villages.defer("search", "profile").order_by("name", "id")
    return EvidenceVillages(list(found), files_for_all)
