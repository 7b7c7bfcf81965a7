"""Who serves in a village: assigned by letter, ended by a day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import actions as accounts
from desabinaan.accounts.access import GUARDED_ROLES, Role
from desabinaan.accounts.models import User
from desabinaan.lib.files import CleanFile, stored_together
from villages.actions.villages import locked, record
from villages.models import Assignment, Office, Village
from villages.selectors.people import refuse_ended


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of assignment: its number, the days it names, its PDF if there."""

    number: str
    starts_on: date
    ends_on: date | None = None
    file: CleanFile | None = None


def assign_pimpasa(
    village: Village,
    person: User,
    letter: Letter,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Assignment:
    """The person serves the village as PIMPASA for the days of the letter."""
    with stored_together() as files:
        current = locked(village)
        access.require(acting_user, "assignment.change", current)
        _refuse_oneself(person, acting_user)
        _refuse_second(current, person, letter)
        assignment = _assignment(Role.PIMPASA, person, letter, acting_user)
        assignment.village = current
        if letter.file is not None:
            files.append(assignment.letter_file)
            name = letter.file.content.name or ""
            assignment.letter_file.save(name, letter.file.content, save=False)
        assignment.save()
        _record_assigned(current, assignment, acting_user, occurred_at)
    return assignment


@transaction.atomic
def assign(
    role: Role,
    person: User,
    letter: Letter,
    *,
    village: Village | None = None,
    office: Office | None = None,
    rank: str = "",
    acting_user: User | None,
    second_person: User | None = None,
    occurred_at: datetime | None = None,
) -> Assignment:
    """The person holds the role at the village or office.

    The Kanwil above grants roles, or an administrator; None acts for the console. A
    guarded role takes a second person besides (see `confirm_guarded`).
    """
    place = village or office
    if place is None:
        raise ValueError("a role is held at a village or at an office")
    if acting_user is not None:
        _require_grantor(acting_user, place)
        _refuse_oneself(person, acting_user)
        if role in GUARDED_ROLES and second_person is None:
            raise PermissionDenied("account.second")
    assignment = _assignment(role, person, letter, acting_user)
    assignment.village, assignment.office = village, office
    assignment.rank = rank
    assignment.save()
    if role in GUARDED_ROLES:
        accounts.guard(person)
    if village is not None:
        _record_assigned(village, assignment, acting_user, occurred_at)
    return assignment


@transaction.atomic
def end_assignment(
    assignment: Assignment,
    ends_on: date,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Assignment:
    """The person holds the role until this day and no longer; history stays."""
    current = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("user", "office", "village__office")
        .get(pk=assignment.pk)
    )
    _require_ender(acting_user, current)
    refuse_ended(current)
    if ends_on < current.starts_on:
        raise ValidationError(
            {"ends_on": _("The last day lies before the first day. Check the date.")}
        )
    current.ends_on = ends_on
    current.save(update_fields=["ends_on"])
    if current.village is not None:
        record(
            current.village,
            "end_assignment",
            acting_user,
            note=f"{current.user} · {current.get_role_display()}",
            occurred_at=occurred_at,
        )
    return current


# --- Inside ------------------------------------------------------------------


def _record_assigned(
    village: Village,
    assignment: Assignment,
    acting_user: User | None,
    occurred_at: datetime | None,
) -> None:
    record(
        village,
        "assign",
        acting_user,
        note=f"{assignment.user} · {assignment.letter_number}",
        occurred_at=occurred_at,
    )


def _assignment(
    role: Role, person: User, letter: Letter, acting_user: User | None
) -> Assignment:
    if letter.ends_on is not None and letter.ends_on < letter.starts_on:
        raise ValidationError(
            {"ends_on": _("The last day lies before the first day. Check the date.")}
        )
    return Assignment(
        user=person,
        role=role,
        letter_number=letter.number,
        starts_on=letter.starts_on,
        ends_on=letter.ends_on,
        assigned_by=acting_user,
    )


def _require_grantor(user: User, place: Village | Office) -> None:
    if not user.is_superuser:
        access.require(user, "account.approve", place)


def _require_ender(user: User, assignment: Assignment) -> None:
    """The office ends what is held in its villages, the Kanwil what is held at it."""
    if assignment.village is not None and not user.is_superuser:
        access.require(user, "assignment.change", assignment.village)
    elif assignment.office is not None:
        _require_grantor(user, assignment.office)


def _refuse_oneself(person: User, acting_user: User) -> None:
    if person.pk == acting_user.pk:
        raise ValidationError(
            {"person": _("You cannot assign yourself. Ask a colleague to do it.")}
        )


def _refuse_second(village: Village, person: User, letter: Letter) -> None:
    """Two assignments of one person at one village never cover the same day."""
    overlapping = village.assignments.filter(
        Q(ends_on=None) | Q(ends_on__gte=letter.starts_on),
        user=person,
        role=Role.PIMPASA,
    )
    if letter.ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=letter.ends_on)
    if overlapping.exists():
        raise ValidationError(
            {"person": _("This person already serves here in that time.")}
        )
