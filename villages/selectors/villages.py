"""Figures and rows about the fostered villages in sight."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.transitions import IllegalTransition
from villages.models import (
    AccountRequest,
    Assignment,
    Designation,
    Office,
    Village,
)
from villages.standing import in_force, standing_of


def villages_for(user: Actor) -> QuerySet[Village]:
    """The villages this user may read, each with its office and the one above."""
    return Village.objects.visible_to(user).select_related("office__parent", "region")


def village_counts(user: Actor) -> dict[str, int]:
    """Villages in sight by state, and `without_pimpasa` among the designated."""
    states = {
        state.value: Count("pk", filter=Q(status=state)) for state in Village.Status
    }
    alone = Count("pk", filter=Q(~Exists(_pimpasa_today()), status="designated"))
    return Village.objects.visible_to(user).aggregate(**states, without_pimpasa=alone)


def pending_account_requests(user: Actor) -> QuerySet[AccountRequest]:
    """Requests that wait for this user's decision, the oldest first."""
    offices = standing_of(user).offices("account.approve")
    return (
        AccountRequest.objects.filter(
            requesting_office__in=offices, status=AccountRequest.Status.REQUESTED
        )
        .exclude(requested_by=user.pk)
        .select_related("requesting_office", "village")
        .order_by("requested_at", "id")
    )


def account_requests_for(user: Actor) -> QuerySet[AccountRequest]:
    """The requests this user's offices made or decide on."""
    return AccountRequest.objects.visible_to(user).select_related(
        "requesting_office", "village__office", "requested_by", "decided_by", "account"
    )


def designations_for(user: Actor) -> QuerySet[Designation]:
    """Decrees on the villages in sight."""
    in_sight = Village.objects.visible_to(user)
    return Designation.objects.filter(village__in=in_sight).select_related(
        "village__office"
    )


def refuse_attached(designation: Designation) -> None:
    """Raise IllegalTransition when the decree has its PDF already."""
    if designation.decree_file:
        raise IllegalTransition(_("This decree has its PDF already."))


def issuers_for(village: Village) -> list[Office]:
    """The offices whose head may sign a decree on the village, the highest first."""
    above = village.office.parent
    return [village.office] if above is None else [above, village.office]


def assignments_for(user: Actor) -> QuerySet[Assignment]:
    return Assignment.objects.visible_to(user).select_related("user", "village__office")


def _pimpasa_today() -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        in_force(), village=OuterRef("pk"), role=Role.PIMPASA
    )
