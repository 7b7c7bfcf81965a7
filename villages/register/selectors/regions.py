from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.places.models import Region
from villages.places.selectors.regions import own_regions
from villages.register.models import Village

SHOWN_REGIONS = 20


def proposable_regions(user: Actor, typed: str) -> list[Region]:
    """Return the first matching villages of one's own area that may be proposed:

    those not in the register, and those whose proposal was dropped.
    """
    free = Q(village=None) | Q(village__status=Village.Status.DROPPED)
    found = own_regions(user).filter(free)
    for word in typed.split():
        found = found.filter(
            Q(name__folded_contains=word)
            | Q(parent__name__folded_contains=word)
            | Q(code__startswith=word)
        )
    rows = found.order_by(Folded("name"), "code")
    return list(rows[:SHOWN_REGIONS])


def dropped_in(region: Region) -> Village | None:
    """Return the village whose proposal was dropped; None when never proposed.

    Raises IllegalTransition when it waits for a decree, or had one.
    """
    village = Village.objects.filter(region=region).first()
    if village is not None and village.status != Village.Status.DROPPED:
        raise IllegalTransition(
            _("%(village)s is already in the register.") % {"village": region}
        )
    return village
