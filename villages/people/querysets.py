from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from villages.places.permissions import roles_for

if TYPE_CHECKING:
    from villages.people.models import AccountRequest, ApprovalRequest


class AccountRequestQuerySet(QuerySet["AccountRequest"]):
    def visible_to(self, user: Actor) -> Self:
        """Return requests of offices where this user requests or approves accounts."""
        user_roles = roles_for(user)
        offices = {*user_roles.offices("account.request")}
        offices |= {*user_roles.offices("account.approve")}
        return self.filter(requesting_office_id__in=offices)


class ApprovalRequestQuerySet(QuerySet["ApprovalRequest"]):
    def visible_to(self, user: Actor) -> Self:
        """Return requests at the offices for which this user may approve them."""
        offices = roles_for(user).offices("account.approve_sensitive")
        return self.filter(office_id__in=offices)

    def to_decide(self, user: Actor) -> Self:
        """Return requests that wait for a decision which this user may make.

        Administrators make none, and nobody about the own account or request.
        """
        if user.is_staff or user.is_superuser:
            return self.none()
        others = self.visible_to(user).exclude(account=user.pk)
        return others.filter(status="requested").exclude(requested_by=user.pk)
