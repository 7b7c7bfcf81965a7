"""Figures and rows about the visible villages."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role, may
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.places.models import Office
from villages.places.permissions import in_force
from villages.register.models import Assignment, Designation, Proposal, Village


def villages_for(user: Actor) -> QuerySet[Village]:
    """Return the visible villages, each with its office and the one above."""
    return Village.objects.visible_to(user).select_related("office__parent", "region")


def village_counts(user: Actor) -> dict[str, int]:
    """Count the visible villages by state, and `without_pimpasa` when designated."""
    states = {
        state.value: Count("pk", filter=Q(status=state)) for state in Village.Status
    }
    alone = Count("pk", filter=Q(~Exists(_pimpasa_today()), status="designated"))
    return Village.objects.visible_to(user).aggregate(**states, without_pimpasa=alone)


def designations_for(user: Actor) -> QuerySet[Designation]:
    """Return the decrees on the visible villages."""
    visible = Village.objects.visible_to(user)
    return Designation.objects.filter(village__in=visible).select_related(
        "village__office"
    )


def refuse_attached(designation: Designation) -> None:
    """Raise IllegalTransition when the decree has its PDF already."""
    if designation.decree_file:
        raise IllegalTransition(_("This decree already has its PDF."))


def issuers_for(village: Village) -> list[Office]:
    """Return offices whose head may sign a decree on the village, the highest first."""
    above = village.office.parent
    return [village.office] if above is None else [above, village.office]


def stated_decree(village: Village, user: Actor) -> Proposal | None:
    """Return the proposal with the decree that a list named, not yet confirmed.

    Only for those who see the work of the office.
    """
    if not may(user, "office.view", village):
        return None
    proposals = Proposal.objects.with_stated_decree().select_related("stated_by")
    return proposals.filter(village=village).first()


def assignments_for(user: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.visible_to(user).select_related("user", "village__office")


def _pimpasa_today() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
