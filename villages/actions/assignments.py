"""Who serves in a village: assigned by letter, ended by a day."""

from collections.abc import Iterable, Sequence
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
from desabinaan.notices.kinds import Kind
from villages.actions import telling
from villages.actions.villages import locked, locked_together, record
from villages.models import Assignment, Office, Village
from villages.selectors.people import covered_by_letter, refuse_ended


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
    """The person serves every village by one letter, its PDF kept once; all or none."""
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
            telling.assigned(
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
    if village is not None:
        village = locked(village)
        _refuse_overlap([village], person, letter)
    assignment = _assignment(
        role, person, letter, acting_user, village=village, office=office
    )
    assignment.rank = rank
    assignment.save()
    if role in GUARDED_ROLES:
        accounts.guard(person)
    if village is not None:
        _record_assigned(village, assignment, acting_user, occurred_at)
    telling.assigned(assignment, Kind.ASSIGNMENT_BEGUN, acting_user, occurred_at)
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
    current.ends_on = ends_on
    current.clean()
    current.save(update_fields=["ends_on"])
    if current.village is not None:
        record(
            current.village,
            "end_assignment",
            acting_user,
            note=f"{current.user} · {current.get_role_display()}",
            occurred_at=occurred_at,
        )
    telling.assigned(current, Kind.ASSIGNMENT_ENDED, acting_user, occurred_at)
    return current


@transaction.atomic
def end_letter(
    assignment: Assignment,
    ends_on: date,
    *,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> list[Assignment]:
    """The person leaves every village of the letter on this day; all or none.

    Villages out of the acting user's care, or with another last day, stay as they are.
    """
    covered = covered_by_letter(assignment, acting_user, "assignment.change")
    return [
        end_assignment(one, ends_on, acting_user=acting_user, occurred_at=occurred_at)
        for one in covered.order_by("pk")
    ]


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


def _refuse_overlap(villages: Sequence[Village], person: User, letter: Letter) -> None:
    """Two letters of one person for one village never cover the same day.

    The database refuses it as well; here it is told which villages are meant.
    """
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
        told = _("This person already serves here in that time.")
    else:
        told = _("This person already serves in that time: %(villages)s.") % {
            "villages": "; ".join(sorted(served))
        }
    raise ValidationError({"person": told})
