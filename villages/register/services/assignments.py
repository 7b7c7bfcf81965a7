"""Assigning people to villages and offices, and ending assignments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts import services as account_services
from desabinaan.accounts.access import SENSITIVE_ROLES, Role
from desabinaan.accounts.models import User
from desabinaan.lib.files.uploads import CleanFile, stored_together
from desabinaan.lib.text.folding import folded
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_rows
from desabinaan.notices.kinds import Kind
from villages.places.models import Office
from villages.register import notifications
from villages.register.line_notes import role_note
from villages.register.models import Assignment, Village
from villages.register.selectors.assignments import covered_by_letter, refuse_ended
from villages.register.services.villages import locked, locked_together


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of assignment: number, first and last day, and its PDF if any."""

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
    """Assign the person to the village as PIMPASA for the days of the letter."""
    [assignment] = issue_letter(
        [village], person, letter, acting_user=acting_user, occurred_at=occurred_at
    )
    return assignment


def issue_letter(
    villages: Iterable[Village],
    person: User,
    letter: Letter,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> list[Assignment]:
    """Assign the person to all villages, or none, by one letter with one stored PDF."""
    with stored_together() as files:
        current = locked_together(villages)
        if not current:
            raise ValidationError({"villages": _("Choose at least one village.")})
        for village in current:
            access.require(acting_user, "assignment.change", village)
        _refuse_oneself(person, acting_user)
        _refuse_overlap(current, person, letter)
        made = [
            _assignment(Role.PIMPASA, person, letter, acting_user, village=village)
            for village in current
        ]
        if letter.file is not None:
            files.append(made[0].letter_file)
            name = letter.file.content.name or ""
            made[0].letter_file.save(name, letter.file.content, save=False)
        for assignment, village in zip(made, current, strict=True):
            assignment.letter_file = made[0].letter_file
            assignment.save()
            _record_assigned(village, assignment, acting_user, occurred_at)
            notifications.notify_assigned(
                assignment, Kind.ASSIGNMENT_BEGUN, acting_user, occurred_at
            )
    return made


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
    approver: User | None = None,
    occurred_at: datetime | None = None,
) -> Assignment:
    """Give the person the role at the village or office.

    The Kanwil above or an administrator grants roles; without `acting_user` it is the
    console. A sensitive role also needs an `approver`.
    """
    return assign_at_locked_place(
        role,
        person,
        letter,
        village=locked(village) if village else None,
        office=office,
        rank=rank,
        acting_user=acting_user,
        approver=approver,
        occurred_at=occurred_at,
    )


def assign_at_locked_place(
    role: Role,
    person: User,
    letter: Letter,
    *,
    village: Village | None = None,
    office: Office | None = None,
    rank: str = "",
    acting_user: User | None,
    approver: User | None = None,
    occurred_at: datetime | None = None,
) -> Assignment:
    """Assign as `assign` does, at a village that the caller has locked."""
    place = village or office
    if place is None:
        raise ValueError("a role is held at a village or at an office")
    if acting_user is not None:
        _require_grantor(acting_user, place)
        _refuse_oneself(person, acting_user)
        if role in SENSITIVE_ROLES and approver is None:
            raise PermissionDenied("account.approve_sensitive")
    if village is not None:
        _refuse_overlap([village], person, letter)
    assignment = _assignment(
        role, person, letter, acting_user, village=village, office=office
    )
    assignment.rank = rank
    assignment.save()
    if role in SENSITIVE_ROLES:
        account_services.mark_sensitive(person)
    if village is not None:
        _record_assigned(village, assignment, acting_user, occurred_at)
    notifications.notify_assigned(
        assignment, Kind.ASSIGNMENT_BEGUN, acting_user, occurred_at
    )
    return assignment


@transaction.atomic
def end_assignment(
    assignment: Assignment,
    ends_on: date,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Assignment:
    """End the assignment on this day; the row stays as history."""
    [current] = _locked_assignments([assignment])
    return _end(current, ends_on, acting_user, occurred_at)


def _end(
    current: Assignment,
    ends_on: date,
    acting_user: User,
    occurred_at: datetime | None,
) -> Assignment:
    _require_ender(acting_user, current)
    refuse_ended(current)
    current.ends_on = ends_on
    current.clean()
    current.save(update_fields=["ends_on"])
    if current.village is not None:
        record_event(
            current.village,
            "end_assignment",
            acting_user,
            note=role_note(current.user, current.role),
            occurred_at=occurred_at,
        )
    notifications.notify_assigned(
        current, Kind.ASSIGNMENT_ENDED, acting_user, occurred_at
    )
    return current


@transaction.atomic
def end_letter(
    assignment: Assignment,
    ends_on: date,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> list[Assignment]:
    """End all assignments of the letter on this day, or none.

    Villages not open to the acting user, or with another end date, stay as they are.
    """
    covered = covered_by_letter(assignment, acting_user, "assignment.change")
    return [
        _end(current, ends_on, acting_user, occurred_at)
        for current in _locked_assignments(covered)
    ]


# --- Inside ------------------------------------------------------------------


def _locked_assignments(assignments: Iterable[Assignment]) -> list[Assignment]:
    """Return the assignments in the order of ids, read and locked in one query."""
    rows = Assignment.objects.select_related("user", "office", "village__office")
    return lock_rows(rows.filter(pk__in=[assignment.pk for assignment in assignments]))


def _record_assigned(
    village: Village,
    assignment: Assignment,
    acting_user: User | None,
    occurred_at: datetime | None,
) -> None:
    record_event(
        village,
        "assign",
        acting_user,
        note=f"{assignment.user} · {assignment.letter_number}",
        occurred_at=occurred_at,
    )


def _assignment(
    role: Role,
    person: User,
    letter: Letter,
    acting_user: User | None,
    *,
    village: Village | None = None,
    office: Office | None = None,
) -> Assignment:
    assignment = Assignment(
        user=person,
        role=role,
        village=village,
        office=office,
        letter_number=letter.number,
        starts_on=letter.starts_on,
        ends_on=letter.ends_on,
        assigned_by=acting_user,
    )
    assignment.clean()
    return assignment


def _require_grantor(user: User, place: Village | Office) -> None:
    if not user.is_superuser:
        access.require(user, "account.approve", place)


def _require_ender(user: User, assignment: Assignment) -> None:
    """Require that the office ends roles in its villages, the Kanwil those at it."""
    if assignment.village is not None and not user.is_superuser:
        access.require(user, "assignment.change", assignment.village)
    elif assignment.office is not None:
        _require_grantor(user, assignment.office)


def _refuse_oneself(person: User, acting_user: User) -> None:
    if person.pk == acting_user.pk:
        raise ValidationError(
            {"person": _("You cannot assign yourself. Ask a colleague to do it.")}
        )


def _refuse_overlap(villages: Sequence[Village], person: User, letter: Letter) -> None:
    """Refuse a second letter for the same village and day, naming the villages."""
    overlapping = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=letter.starts_on),
        user=person,
        village__in=villages,
    )
    if letter.ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=letter.ends_on)
    served = [str(one.village) for one in overlapping.select_related("village")]
    if not served:
        return
    if len(villages) == 1:
        message = _("This person already serves here in that time.")
    else:
        message = _("This person already serves in that time: %(villages)s.") % {
            "villages": "; ".join(sorted(served, key=folded))
        }
    raise ValidationError({"person": message})
