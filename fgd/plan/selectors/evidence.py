"""Evidence of visible actions."""

from desabinaan.accounts.access import Actor
from fgd.plan.models import Evidence
from fgd.plan.querysets import EvidenceQuerySet


def visible_evidence(user: Actor) -> EvidenceQuerySet:
    """Return evidence that was not withdrawn, of actions visible to `user`."""
    rows = Evidence.objects.visible_to(user).not_withdrawn()
    return rows.select_related("action__office", "action__lead_agency")
