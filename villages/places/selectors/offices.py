from collections.abc import Sequence

from django.db.models import Q, QuerySet

from desabinaan.accounts.access import Actor
from villages.places.models import Office, Region, ServiceArea
from villages.places.permissions import roles_for

PROVINCE_CODE = 2


def host_offices(user: Actor, capability: str = "session.create") -> QuerySet[Office]:
    """Return offices open to `user`: one's own, and a PIMPASA's home office."""
    user_roles = roles_for(user)
    offices = [*user_roles.offices(capability), *user_roles.home_offices(capability)]
    return Office.objects.filter(pk__in=offices)


def hosts_anywhere(user: Actor, capability: str = "session.create") -> bool:
    """Whether `host_offices` would return any office; no query."""
    user_roles = roles_for(user)
    return bool(user_roles.offices(capability) or user_roles.home_offices(capability))


def office_meant(offices: Sequence[Office], asked: str) -> Office | None:
    """Return the office with the id `asked`; if there is only one, that one."""
    by_id = {str(office.pk): office for office in offices}
    return by_id.get(asked) or (offices[0] if len(offices) == 1 else None)


def areas_elsewhere(office: Office) -> tuple[Office, list[Region]]:
    """Return the regional office, and the regions of `office` outside its area.

    The area are the provinces in which its other offices work; where there are none,
    the province that this office got first.
    """
    above = office.parent or office
    within = Q(office=above) | Q(office__parent=above)
    areas = ServiceArea.objects.filter(within).select_related("region__parent__parent")
    own = [area.region for area in areas.filter(office=office).order_by("pk")]
    others = [area.region for area in areas.exclude(office=office)]
    provinces = {region.code[:PROVINCE_CODE] for region in others or own[:1]}
    return above, [one for one in own if one.code[:PROVINCE_CODE] not in provinces]
