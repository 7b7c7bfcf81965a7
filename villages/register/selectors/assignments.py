from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.accounts.models import User
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.places.permissions import roles_for
from villages.register.models import Assignment, Village

#: Roles whose holders may be assigned to a village as PIMPASA.
OFFICERS = (Role.PIMPASA, Role.OFFICE_STAFF)


@dataclass(frozen=True, slots=True)
class AssignmentsByTime:
    """Current, future and past assignments."""

    now: list[Assignment]
    ahead: list[Assignment]
    before: list[Assignment]


def officers_known_to(user: User) -> QuerySet[User]:
    """Return active accounts of colleagues who serve or served in the user's area.

    A regional office also knows the accounts without a role; `is_new` marks them.
    """
    in_area = held_within(user, "assignment.change")
    assignments = Assignment.objects.filter(
        in_area, role__in=OFFICERS, user=OuterRef("pk")
    )
    offered = Q(Exists(assignments)) | Q(
        pk__in=accounts_without_role(user).values("pk")
    )
    known = User.objects.filter(offered, is_active=True).exclude(pk=user.pk)
    return known.annotate(is_new=~Exists(assignments)).order_by(
        Folded("name"), "username"
    )


def assigns_new_accounts(user: Actor) -> bool:
    """Whether `user` assigns officers for a regional office, and so for others."""
    user_roles = roles_for(user)
    return bool(set(user_roles.offices("assignment.change")) - user_roles.posts)


def accounts_without_role(user: Actor) -> QuerySet[User]:
    """Return active accounts that never had a role, at a place or for an agency.

    Only a regional office sees them.
    """
    if not assigns_new_accounts(user):
        return User.objects.none()
    any_role = Assignment.objects.filter(user=OuterRef("pk"))
    ordinary = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    return ordinary.filter(~Exists(any_role), focal_points=None)


def officers_read_by(user: User) -> QuerySet[User]:
    """Return PIMPASA, also former ones, whose work `user` may read, or oneself."""
    in_area = held_within(user, "assignment.change") | Q(user=user.pk)
    assignments = Assignment.objects.filter(
        in_area, role=Role.PIMPASA, user=OuterRef("pk")
    )
    return User.objects.filter(Exists(assignments))


def assignments_of(village: Village) -> QuerySet[Assignment]:
    """Return present and former assignments of the village, the latest first."""
    return village.assignments.select_related("user", "assigned_by")


def successors_of(
    covered: Sequence[Assignment], on: date
) -> dict[int, list[Assignment]]:
    """Return who serves in the same role on this day, by the id of the village.

    Where nobody does, the first to begin after it. The same person by another letter
    counts too.
    """
    rows = (
        Assignment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            role__in={one.role for one in covered},
            village__in={one.village_id for one in covered},
        )
        .exclude(pk__in={one.pk for one in covered})
        .select_related("user")
        .order_by("starts_on", "pk")
    )
    successors: dict[int, list[Assignment]] = {}
    for one in rows:
        found = successors.setdefault(one.village_id or 0, [])
        if one.starts_on <= on or not found:
            found.append(one)
    return successors


def parted_by_today(assignments: Iterable[Assignment]) -> AssignmentsByTime:
    """Group assignments into current, future (the soonest first) and past ones."""
    today = timezone.localdate()
    by_time = AssignmentsByTime([], [], [])
    for one in assignments:
        if one.ends_on is not None and one.ends_on < today:
            by_time.before.append(one)
        elif one.starts_on > today:
            by_time.ahead.append(one)
        else:
            by_time.now.append(one)
    by_time.ahead.sort(key=lambda one: (one.starts_on, one.pk))
    return by_time


def covered_by_letter(
    assignment: Assignment, user: Actor, capability: str
) -> QuerySet[Assignment]:
    """Return the assignments by the same letter with the same end date.

    Only where `user` holds `capability`. A letter is identified by number, person and
    role.
    """
    return (
        Assignment.objects.filter(
            held_within(user, capability),
            user=assignment.user_id,
            role=assignment.role,
            letter_number=assignment.letter_number,
            ends_on=assignment.ends_on,
            village__isnull=False,
        )
        .select_related("user", "village__office")
        .defer("village__search")
        .order_by("village__name_folded", "pk")
    )


def refuse_ended(assignment: Assignment) -> None:
    """Raise IllegalTransition when the assignment is over already."""
    if assignment.ends_on is not None and assignment.ends_on < timezone.localdate():
        raise IllegalTransition(_("This assignment has already ended."))


def held_within(user: Actor, capability: str) -> Q:
    """Return the filter for assignments at places open to `user` for `capability`."""
    user_roles = roles_for(user)
    offices = user_roles.offices(capability)
    return (
        Q(office_id__in=offices)
        | Q(village__office_id__in=offices)
        | Q(village_id__in=user_roles.villages(capability))
    )
