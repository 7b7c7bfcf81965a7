"""People with roles in an area, and who may issue one-time codes for them."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from desabinaan.accounts.access import SENSITIVE_ROLES, Actor, roles_with
from desabinaan.accounts.models import User
from villages.places.permissions import in_force, roles_for
from villages.register.models import Assignment
from villages.register.selectors.assignments import accounts_without_role, held_within

ISSUE = "account.issue_code"


def people_in_area(user: Actor) -> QuerySet[User]:
    """Return accounts with a current role where `user` may issue codes."""
    in_area = held_within(user, ISSUE)
    assignments = Assignment.objects.filter(in_area, in_force(), user=OuterRef("pk"))
    return User.objects.filter(Exists(assignments))


def refusal_of_code(user: User, person: User) -> str:
    """Return why `user` may not issue a code for `person`; empty if allowed.

    A code opens the account, so the issuer must be above every role of that account.
    """
    if person.pk == user.pk:
        return _("You cannot issue a code for yourself. Ask the office above you.")
    if person.is_staff or person.is_superuser:
        return _("Only another administrator can reset an administrator's password.")
    assignments = list(person.assignments.filter(in_force()).select_related("village"))
    if person.is_sensitive or any(
        assignment.role in SENSITIVE_ROLES for assignment in assignments
    ):
        return _(
            "This person handles confidential reports. Resetting this password needs "
            "a second approval from outside the office."
        )
    if any(
        _is_peer(user, assignment.role, assignment.office_id, assignment.village_id)
        for assignment in assignments
    ):
        return _("You serve at the same place. The office above you issues the code.")
    if not all(_is_below(user, assignment) for assignment in assignments):
        return _("This person also serves elsewhere. The office above issues the code.")
    return ""


def _is_peer(user: User, role: str, office: int | None, village: int | None) -> bool:
    """Return whether the role gives the same right at the same place."""
    user_roles = roles_for(user)
    return role in roles_with(ISSUE) and (
        office in user_roles.posts or village in user_roles.villages(ISSUE)
    )


def _is_below(user: User, assignment: Assignment) -> bool:
    user_roles = roles_for(user)
    offices = user_roles.offices(ISSUE)
    if assignment.village is None:
        return assignment.office_id in offices
    in_care = assignment.village.office_id in offices
    return in_care or assignment.village_id in user_roles.villages(ISSUE)


def person_rows(
    user: Actor, typed: str = "", *, without_role: bool = False
) -> QuerySet[Any, Any]:
    """Return active accounts of the area with their roles there, in one query.

    With `without_role` those that never had one instead; a regional office sees them.
    """
    in_area = held_within(user, ISSUE)
    assignments = Assignment.objects.filter(
        in_area, in_force(), user=OuterRef("pk")
    ).order_by("pk")
    people = people_in_area(user).filter(is_active=True)
    if without_role:
        people = accounts_without_role(user)
    for word in typed.split():
        named = Q(name__folded_contains=word) | Q(username__icontains=word)
        people = people.filter(named)
    return people.annotate(
        held_roles=ArraySubquery(
            assignments.values(
                post=JSONObject(
                    role="role",
                    office_id="office_id",
                    village_id="village_id",
                    office="office__short_name",
                    village="village__name",
                    district="village__district_name",
                )
            )
        )
    ).values("id", "username", "name", "held_roles")


def is_protected_from(user: User, post: dict[str, Any]) -> bool:
    """Return whether this role forbids that `user` issues a code."""
    peer = _is_peer(user, post["role"], post["office_id"], post["village_id"])
    return peer or post["role"] in SENSITIVE_ROLES
