from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Model, Q, QuerySet

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from villages.outreach.models import OutreachActivity, OutreachPhoto


class OutreachQuerySet(QuerySet["OutreachActivity"]):
    def visible_to(self, user: Actor) -> Self:
        """Activities of the user's offices, or in one of the user's villages."""
        return self.open_for(user, "outreach.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        user_roles = roles_for(user)
        reached = _manager_of(self.model, "places").filter(
            village__in=user_roles.villages(capability)
        )
        return self.filter(
            Q(office__in=user_roles.offices(capability))
            | Q(pk__in=reached.values("activity"))
        )


class OutreachPhotoQuerySet(QuerySet["OutreachPhoto"]):
    def visible_to(self, user: Actor) -> Self:
        activities = _manager_of(self.model, "activity").all()
        return self.filter(
            activity__in=activities.open_for(user, "outreach.view_photos")
        )


def _manager_of(model: type[Model], name: str) -> Any:
    """Return the manager of the model at the other end of the relation."""
    related = cast(type[Model], model._meta.get_field(name).related_model)
    return related._default_manager
