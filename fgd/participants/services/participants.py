"""Invitations and delegates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.removals import get_or_refuse
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow import versions
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import check_version
from fgd.agencies.models import Agency
from fgd.agencies.services.agencies import known_or_proposed_agencies
from fgd.agencies.services.locking import refuse_merged
from fgd.participants.models import Attendance, Delegate, Invitation
from fgd.participants.selectors.checking import MOST_ALIKE
from fgd.sessions.models import Session
from fgd.sessions.services.locking import time_of_stage, unlocked_session
from villages.register.models import Village


@dataclass(frozen=True, slots=True)
class Person:
    """Data of a delegate, sent by an agency, a village or a new agency.

    `is_somebody_else`: not the person of the same name and sender on the list.
    """

    name: str
    position: str = ""
    phone: str = ""
    agency_id: int | None = None
    village_id: int | None = None
    new_agency: str = ""
    mandate: str = Delegate.Mandate.REPRESENT
    part: str = Delegate.Part.PARTICIPANT
    is_somebody_else: bool = False


# --- Invitations -------------------------------------------------------------


@transaction.atomic
def invite(
    session_id: int,
    *,
    acting_user: User,
    agencies: Iterable[Agency] = (),
    villages: Iterable[Village] = (),
    seats: int = 1,
    letter_number: str = "",
    occurred_at: datetime | None = None,
) -> int:
    """Invite the parties by one letter and return how many were new.

    Parties invited before keep their seats and letter.
    """
    session = unlocked_session(session_id, acting_user, "participant.change")
    parties: list[Agency | Village] = [*agencies, *villages]
    invited = _invited(session)
    fresh = [party for party in parties if (type(party), party.pk) not in invited]
    refuse_merged(party.pk for party in fresh if isinstance(party, Agency))
    Invitation.objects.bulk_create(
        Invitation(
            session=session,
            agency=party if isinstance(party, Agency) else None,
            village=party if isinstance(party, Village) else None,
            seats=seats,
            letter_number=letter_number,
        )
        for party in fresh
    )
    if fresh:
        record_event(
            session,
            "invite",
            acting_user,
            occurred_at=time_of_stage(session, occurred_at),
            note=str(len(fresh)),
        )
    return len(fresh)


@transaction.atomic
def change_invitation(
    invitation_id: int,
    *,
    acting_user: User,
    version: int,
    seats: int,
    letter_number: str,
) -> Invitation:
    """Change seats and letter number of an invitation."""
    session = _session_of(Invitation, invitation_id, acting_user)
    row = get_or_refuse(session.invitations.all(), invitation_id)
    check_version(row, version)
    row.seats, row.letter_number = seats, letter_number
    fields = ["seats", "letter_number", *versions.next_version(row, acting_user)]
    row.save(update_fields=fields)
    record_event(session, "change_invitation", acting_user)
    return row


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, acting_user: User) -> Session:
    """Withdraw an invitation; possible until the session begins."""
    session = _session_of(Invitation, invitation_id, acting_user)
    row = get_or_refuse(session.invitations.all(), invitation_id)
    if session.status == Session.Status.IN_PROGRESS:
        raise IllegalTransition(
            _("The session has begun. Invitations can no longer be withdrawn.")
        )
    remove_row(row, within=session, acting_user=acting_user)
    record_event(session, "withdraw_invitation", acting_user)
    return session


# --- Delegates ---------------------------------------------------------------


@transaction.atomic
def add_delegates(
    session_id: int,
    *,
    acting_user: User,
    people: Sequence[Person],
    occurred_at: datetime | None = None,
) -> list[Delegate]:
    """Add all of these people to the list, or none of them.

    An unknown agency is proposed; delegates of parties that are not invited are
    marked as uninvited. ValidationError for a person already on the list, or one of the
    same name and sender who is not said to be somebody else.
    """
    session = unlocked_session(session_id, acting_user, "participant.change")
    rows = _delegates(session, acting_user, people)
    refuse_merged(row.agency_id for row in rows if row.agency_id)
    others = list(session.delegates.all())
    _refuse_duplicates(others, rows)
    for row, person in zip(rows, people, strict=True):
        _ask_about_same_name(others, row, person)
        others.append(row)
    invited = _invited(session)
    for row in rows:
        party = (Agency, row.agency_id) if row.agency_id else (Village, row.village_id)
        row.is_walk_in = party not in invited
    made = Delegate.objects.bulk_create(rows)
    record_event(
        session,
        "add_delegates",
        acting_user,
        occurred_at=occurred_at,
        note=str(len(made)),
    )
    return made


@transaction.atomic
def change_delegate(
    delegate_id: int, *, acting_user: User, version: int, person: Person
) -> Delegate:
    """Change the data of a delegate."""
    session = _session_of(Delegate, delegate_id, acting_user)
    row = get_or_refuse(session.delegates.all(), delegate_id)
    check_version(row, version)
    [fresh] = _delegates(session, acting_user, [person])
    refuse_merged([fresh.agency_id] if fresh.agency_id else [])
    others = list(session.delegates.exclude(pk=row.pk))
    _refuse_duplicates(others, [fresh])
    if fresh.name_and_party != row.name_and_party:
        _ask_about_same_name(others, fresh, person)
    fields = ["agency_id", "village_id", "name", "position", "phone", "mandate", "part"]
    for field in fields:
        setattr(row, field, getattr(fresh, field))
    row.save(update_fields=[*fields, *versions.next_version(row, acting_user)])
    record_event(session, "change_delegate", acting_user)
    return row


@transaction.atomic
def remove_delegate(delegate_id: int, *, acting_user: User) -> Session:
    """Remove a delegate; ValidationError if present or named in the minutes."""
    session = _session_of(Delegate, delegate_id, acting_user)
    row = get_or_refuse(session.delegates.all(), delegate_id)
    if row.minutes.exists():
        text = _("This person speaks in the minutes. Change the minutes first.")
        raise ValidationError(text, "in_use")
    if Attendance.objects.filter(delegate=row).exists():
        text = _("This person is marked present. Remove the mark first.")
        raise ValidationError(text, "in_use")
    remove_row(row, within=session, acting_user=acting_user)
    record_event(session, "remove_delegate", acting_user)
    return session


# --- Inside ------------------------------------------------------------------


def _session_of(
    rows: type[Invitation] | type[Delegate], row_id: int, acting_user: User
) -> Session:
    """Return the session of the row, locked; read the row afterwards."""
    row: Any = get_or_refuse(rows.objects.all(), row_id)
    return unlocked_session(row.session_id, acting_user, "participant.change")


def _invited(session: Session) -> set[tuple[type[Agency | Village], int]]:
    rows = session.invitations.values_list("agency_id", "village_id")
    agencies = {(Agency, agency) for agency, _village in rows if agency}
    villages = {(Village, village) for _agency, village in rows if village}
    return {*agencies, *villages}


def _delegates(
    session: Session, acting_user: User, people: Sequence[Person]
) -> list[Delegate]:
    """Return the delegates, unsaved; propose the agencies that are not in the list."""
    named = [person.new_agency for person in people if person.new_agency]
    agencies = known_or_proposed_agencies(named, acting_user=acting_user, place=session)
    rows = []
    for person in people:
        agency = agencies.get(person.new_agency)
        agency_id = agency.pk if agency else person.agency_id
        if bool(agency_id) == bool(person.village_id):
            raise ValidationError(
                _("Choose the agency or village that sent %(name)s.")
                % {"name": person.name},
                "no_party",
            )
        rows.append(
            Delegate(
                session=session,
                agency_id=agency_id,
                village_id=person.village_id,
                name=" ".join(person.name.split()),
                position=" ".join(person.position.split()),
                phone=person.phone,
                mandate=person.mandate,
                part=person.part,
            )
        )
    return rows


def _refuse_duplicates(others: Iterable[Delegate], rows: Sequence[Delegate]) -> None:
    """ValidationError when a row is one of the others, or one of `rows` twice."""
    seen = {row.identity for row in others}
    for row in rows:
        if row.identity in seen:
            raise ValidationError(
                _("%(name)s is already on the list.") % {"name": row.name}, "twice"
            )
        seen.add(row.identity)


def _ask_about_same_name(
    others: Iterable[Delegate], row: Delegate, person: Person
) -> None:
    """ValidationError for one of the same name and sender in another position.

    It is not raised once the host has said that this is somebody else.
    """
    alike = [one for one in others if one.name_and_party == row.name_and_party]
    if alike and not person.is_somebody_else:
        text = _(
            "%(people)s, from the same sender, is already on the list. If this is the "
            "same person, change that row. If not, say so here."
        )
        people = "; ".join(one.name_and_position for one in alike[:MOST_ALIKE])
        raise ValidationError({"is_somebody_else": text % {"people": people}})
