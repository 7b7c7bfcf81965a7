"""People who hold roles at an office or a village, and what may be done for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import GUARDED_ROLES, Actor, Role, roles_with
from desabinaan.accounts.models import User
from desabinaan.lib.listing import Sort
from desabinaan.lib.paging import Order
from desabinaan.lib.transitions import IllegalTransition
from villages.models import Assignment, Village
from villages.selectors.account_requests import place_of
from villages.standing import in_force, standing_of

ISSUE = "account.issue_code"
#: Whoever may be sent to a village as PIMPASA.
OFFICERS = (Role.PIMPASA, Role.OFFICE_STAFF)


@dataclass(frozen=True, slots=True)
class Parted:
    """Assignments that hold today, that begin later, and that are over."""

    now: list[Assignment]
    ahead: list[Assignment]
    before: list[Assignment]


def officers_known_to(user: User) -> QuerySet[User]:
    """Open accounts of colleagues who serve or served in the area, but for oneself."""
    here = _within(user, "assignment.change")
    held = Assignment.objects.filter(here, role__in=OFFICERS, user=OuterRef("pk"))
    known = User.objects.filter(Exists(held), is_active=True).exclude(pk=user.pk)
    return known.order_by("name", "username")


def officers_read_by(user: User) -> QuerySet[User]:
    """PIMPASA, also former ones, whose work `user` looks over; oneself among them."""
    here = _within(user, "assignment.change") | Q(user=user.pk)
    held = Assignment.objects.filter(here, role=Role.PIMPASA, user=OuterRef("pk"))
    return User.objects.filter(Exists(held))


def people_in_area(user: Actor) -> QuerySet[User]:
    """Accounts that hold a role today where `user` may issue codes."""
    here = _within(user, ISSUE)
    held = Assignment.objects.filter(here, in_force(), user=OuterRef("pk"))
    return User.objects.filter(Exists(held))


def refusal_of_code(user: User, person: User) -> str:
    """Why `user` may issue no code for `person`; empty when it may be done.

    A code opens the account, so its issuer must stand above every role held by it.
    """
    if person.pk == user.pk:
        return _("You cannot issue a code for yourself. Ask somebody above you.")
    if person.is_staff or person.is_superuser:
        return _("An administrator's password is reset by another administrator.")
    held = list(person.assignments.filter(in_force()).select_related("village"))
    if person.is_guarded or any(post.role in GUARDED_ROLES for post in held):
        return _(
            "This person guards confidential reports. "
            "A second person outside the office must reset this password."
        )
    if any(_is_peer(user, post.role, post.office_id, post.village_id) for post in held):
        return _("You serve at the same place. Somebody above you issues the code.")
    if not all(_is_below(user, post) for post in held):
        return _("This person also serves elsewhere. The office above issues the code.")
    return ""


def _is_peer(user: User, role: str, office: int | None, village: int | None) -> bool:
    """Whether the role carries the same right at the same place."""
    standing = standing_of(user)
    return role in roles_with(ISSUE) and (
        office in standing.posts or village in standing.villages(ISSUE)
    )


def _is_below(user: User, post: Assignment) -> bool:
    standing = standing_of(user)
    offices = standing.offices(ISSUE)
    if post.village is None:
        return post.office_id in offices
    in_care = post.village.office_id in offices
    return in_care or post.village_id in standing.villages(ISSUE)


def assignments_of(village: Village) -> QuerySet[Assignment]:
    """Everybody who serves or served the village, the latest first."""
    return village.assignments.select_related("user", "assigned_by")


def successors_of(
    covered: Sequence[Assignment], on: date
) -> dict[int, list[Assignment]]:
    """Who serves in the same role on this day, by the id of the village.

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
    heirs: dict[int, list[Assignment]] = {}
    for one in rows:
        found = heirs.setdefault(one.village_id or 0, [])
        if one.starts_on <= on or not found:
            found.append(one)
    return heirs


def parted_by_today(assignments: Iterable[Assignment]) -> Parted:
    """The assignments by whether they hold today; those to come, the soonest first."""
    today = timezone.localdate()
    parted = Parted([], [], [])
    for one in assignments:
        if one.ends_on is not None and one.ends_on < today:
            parted.before.append(one)
        elif one.starts_on > today:
            parted.ahead.append(one)
        else:
            parted.now.append(one)
    parted.ahead.sort(key=lambda one: (one.starts_on, one.pk))
    return parted


def covered_by_letter(
    assignment: Assignment, user: Actor, capability: str
) -> QuerySet[Assignment]:
    """This and the other villages of the letter with the same last day, if any.

    Only where `user` holds `capability`. A letter is its number, for one person in
    one role.
    """
    return (
        Assignment.objects.filter(
            _within(user, capability),
            user=assignment.user_id,
            role=assignment.role,
            letter_number=assignment.letter_number,
            ends_on=assignment.ends_on,
            village__isnull=False,
        )
        .select_related("user", "village__office")
        .defer("village__search")
        .order_by("village__name", "pk")
    )


def refuse_ended(assignment: Assignment) -> None:
    """Raise IllegalTransition when the assignment is over already."""
    if assignment.ends_on is not None and assignment.ends_on < timezone.localdate():
        raise IllegalTransition(_("This assignment has already ended."))


def _within(user: Actor, capability: str) -> Q:
    """Assignments at the offices and villages open to `user` for `capability`."""
    standing = standing_of(user)
    offices = standing.offices(capability)
    return (
        Q(office_id__in=offices)
        | Q(village__office_id__in=offices)
        | Q(village_id__in=standing.villages(capability))
    )


def person_rows(user: Actor, typed: str = "") -> QuerySet[Any, Any]:
    """Open accounts of the area with the roles held there; one query."""
    here = _within(user, ISSUE)
    posts = Assignment.objects.filter(here, in_force(), user=OuterRef("pk")).order_by(
        "pk"
    )
    people = people_in_area(user).filter(is_active=True)
    for word in typed.split():
        people = people.filter(Q(name__icontains=word) | Q(username__icontains=word))
    return people.annotate(
        posts=ArraySubquery(
            posts.values(
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
    ).values("id", "username", "name", "posts")


def person_sorts() -> dict[str, Sort]:
    return {"akun": Sort(Order("username"), _("User name"))}


def dressed_people(user: User, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with each role in words, its place, and whether a code may be made.

    That is a hint for the button; `refusal_of_code` decides.
    """
    return [
        row
        | {
            "posts": [_dressed_post(post) for post in row["posts"]],
            "may_get_code": row["id"] != user.pk
            and not any(_is_guarded(user, post) for post in row["posts"]),
        }
        for row in rows
    ]


def _dressed_post(post: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": Role(post["role"]).label,
        "place": place_of(post["village"], post["district"]) or post["office"],
    }


def _is_guarded(user: User, post: dict[str, Any]) -> bool:
    peer = _is_peer(user, post["role"], post["office_id"], post["village_id"])
    return peer or post["role"] in GUARDED_ROLES
