from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.places.models import Office
from villages.places.permissions import roles_for


def host_offices(user: Actor, capability: str = "session.create") -> QuerySet[Office]:
    """Return offices open to `user`: one's own, and a PIMPASA's home office."""
    user_roles = roles_for(user)
    offices = [*user_roles.offices(capability), *user_roles.home_offices(capability)]
    return Office.objects.filter(pk__in=offices)


def hosts_anywhere(user: Actor, capability: str = "session.create") -> bool:
    """Whether `host_offices` would return any office; no query."""
    user_roles = roles_for(user)
    return bool(user_roles.offices(capability) or user_roles.home_offices(capability))
