"""Which office looks after a region, and which regions may still be proposed."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.transitions import IllegalTransition
from villages.models import Office, Region, ServiceArea, Village
from villages.standing import standing_of

PREFIXES = (2, 5, 8)
SHOWN_REGIONS = 20


def office_for(region: Region) -> Office | None:
    """The office in whose care the region lies: the most specific area wins."""
    area = (
        ServiceArea.objects.filter(region__in=region.codes_upwards())
        .select_related("office")
        .order_by("-region__level")
        .first()
    )
    return area.office if area else None


def caring_office_of(code: str) -> Subquery:
    """The office of the most specific area around the region in the column `code`."""
    around = Q(region=OuterRef(code))
    for length in PREFIXES:
        around |= Q(region=Substr(OuterRef(code), 1, length))
    areas = ServiceArea.objects.filter(around).order_by("-region__level")
    return Subquery(areas.values("office")[:1])


def own_regions(user: Actor) -> QuerySet[Region]:
    """The villages of the areas for which this user may propose, fostered or not."""
    offices = _proposing_offices(user)
    areas = ServiceArea.objects.filter(office__in=offices)
    inside = Q(pk__in=[])
    for code in areas.values_list("region_id", flat=True):
        inside |= Q(code__startswith=code)
    return (
        Region.objects.current()
        .select_related("parent__parent")
        .filter(inside, level=Region.Level.VILLAGE)
        .annotate(caring_office=caring_office_of("code"))
        .filter(caring_office__in=offices)
    )


def proposable_regions(user: Actor, typed: str) -> list[Region]:
    """The first of the own villages that are free and match what was typed.

    Free are those not in the register, and those whose proposal was dropped.
    """
    free = Q(village=None) | Q(village__status=Village.Status.DROPPED)
    found = own_regions(user).filter(free)
    for word in typed.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(parent__name__icontains=word)
            | Q(code__startswith=word)
        )
    rows = found.order_by("name", "code")
    return list(rows[:SHOWN_REGIONS])


def dropped_in(region: Region) -> Village | None:
    """The village here whose proposal was dropped; None when none was ever proposed.

    Raises IllegalTransition when it waits for a decree, or had one.
    """
    village = Village.objects.filter(region=region).first()
    if village is not None and village.status != Village.Status.DROPPED:
        raise IllegalTransition(
            _("%(village)s is already in the register.") % {"village": region}
        )
    return village


def _proposing_offices(user: Actor) -> set[int]:
    """A PIMPASA proposes within the area of the office of his or her villages."""
    standing = standing_of(user)
    return {
        *standing.offices("village.propose"),
        *standing.home_offices("village.propose"),
    }
