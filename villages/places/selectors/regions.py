"""The office responsible for a region, and the regions that may be proposed."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from desabinaan.accounts.access import Actor
from villages.places.models import Office, Region, ServiceArea
from villages.places.permissions import roles_for

PREFIXES = (2, 5, 8)


def office_for(region: Region) -> Office | None:
    """Return the office responsible for the region; the most specific area wins."""
    area = (
        ServiceArea.objects.filter(region__in=region.codes_upwards())
        .select_related("office")
        .order_by("-region__level")
        .first()
    )
    return area.office if area else None


def caring_office_of(code: str) -> Subquery:
    """Return the office of the most specific area around the region `code`.

    `code` names a column with region codes.
    """
    containing = Q(region=OuterRef(code))
    for length in PREFIXES:
        containing |= Q(region=Substr(OuterRef(code), 1, length))
    areas = ServiceArea.objects.filter(containing).order_by("-region__level")
    return Subquery(areas.values("office")[:1])


def own_regions(user: Actor) -> QuerySet[Region]:
    """Return the villages of the areas for which this user may propose."""
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


def _proposing_offices(user: Actor) -> set[int]:
    """Return own offices and, for a PIMPASA, the offices of the villages served."""
    user_roles = roles_for(user)
    return {
        *user_roles.offices("village.propose"),
        *user_roles.home_offices("village.propose"),
    }
