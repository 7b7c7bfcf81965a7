"""People who hold roles at an office or a village, and what may be done for them."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor, Role, roles_with
from desabinaan.accounts.models import User
from villages.models import Assignment, Village
from villages.standing import in_force, standing_of

ISSUE = "account.issue_code"
#: Whoever holds one of these needs a second person outside the office.
SEALED = (Role.TRIAGE_OFFICER, Role.AUDITOR)


def account_known_to(user: Actor, username: str) -> User | None:
    """The open account of that name, if its holder serves or served in the area."""
    here = _within(user, "assignment.change")
    held = Assignment.objects.filter(here, user=OuterRef("pk"))
    return User.objects.filter(
        Exists(held), username=username.strip().lower(), is_active=True
    ).first()


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
    if any(post.role in SEALED for post in held):
        return _(
            "This person guards confidential reports. "
            "A second person outside the office must reset this password."
        )
    if any(_is_peer(user, post) for post in held):
        return _("You serve at the same place. Somebody above you issues the code.")
    if not all(_is_below(user, post) for post in held):
        return _("This person also serves elsewhere. The office above issues the code.")
    return ""


def _is_peer(user: User, post: Assignment) -> bool:
    """Whether `post` carries the same right at the same place."""
    standing = standing_of(user)
    return post.role in roles_with(ISSUE) and (
        post.office_id in standing.posts or post.village_id in standing.villages(ISSUE)
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


def may_issue_somewhere(user: Actor) -> bool:
    standing = standing_of(user)
    return bool(standing.offices(ISSUE) or standing.villages(ISSUE))


def _within(user: Actor, capability: str) -> Q:
    """Assignments at the offices and villages open to `user` for `capability`."""
    standing = standing_of(user)
    offices = standing.offices(capability)
    return (
        Q(office_id__in=offices)
        | Q(village__office_id__in=offices)
        | Q(village_id__in=standing.villages(capability))
    )
