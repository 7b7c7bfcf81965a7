from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.places.models import Region
from villages.places.named_places import NamedPlace, named_place_in
from villages.places.region_codes import region_code_in
from villages.places.selectors.regions import own_regions
from villages.places.village_names import name_key, without_kind
from villages.register.models import Village

SHOWN_REGIONS = 20


def proposable_regions(user: Actor, typed: str) -> list[Region]:
    """Return the first matching villages of one's own area that may be proposed:

    those not in the register, and those whose proposal was dropped.
    """
    free = Q(village=None) | Q(village__status=Village.Status.DROPPED)
    found = own_regions(user).filter(free).filter(_meant(named_place_in(typed)))
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


def _meant(place: NamedPlace) -> Q:
    """Return the villages that the place may mean.

    Each word is in name, district or regency, or a code begins with it; or the name
    alone is spelled otherwise.
    """
    parts = (place.village, place.district, place.regency)
    words = Q()
    for word in " ".join([*map(without_kind, parts), place.code]).split():
        words &= (
            Q(name__folded_contains=word)
            | Q(parent__name__folded_contains=word)
            | Q(parent__parent__name__folded_contains=word)
            | Q(code__startswith=region_code_in(word) or word)
        )
    key = name_key(place.village)
    if not key or place.district or place.regency or place.code:
        return words
    return words | Q(name_key=key)
