"""Who is invited, who is sent, who came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition
from fgd.actions import recording
from fgd.actions.agencies import known_agency, propose_agency
from fgd.actions.locks import (
    not_stale,
    refuse_merged,
    still_there,
    unlocked_session,
)
from fgd.models import Agency, Attendance, Delegate, Invitation, Session
from villages.models import Village


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate to be: of an agency, of a village, or of an agency not yet known."""

    name: str
    position: str = ""
    phone: str = ""
    agency_id: int | None = None
    village_id: int | None = None
    new_agency: str = ""
    mandate: str = Delegate.Mandate.REPRESENT
    part: str = Delegate.Part.PARTICIPANT


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
    """These parties are invited by this letter; answers how many were new.

    Those invited before keep their seats and letter.
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
        recording.on_session(
            session,
            "invite",
            acting_user,
            occurred_at=occurred_at,
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
    """The invitation offers so many seats by this letter."""
    session = _session_of(Invitation, invitation_id, acting_user)
    row = still_there(session.invitations.all(), invitation_id)
    not_stale(row, version)
    row.seats, row.letter_number = seats, letter_number
    fields = ["seats", "letter_number", *recording.changed(row, acting_user)]
    row.save(update_fields=fields)
    recording.on_session(session, "change_invitation", acting_user)
    return row


@transaction.atomic
def withdraw_invitation(invitation_id: int, *, acting_user: User) -> Session:
    """The party is no longer invited; possible until the session begins."""
    session = _session_of(Invitation, invitation_id, acting_user)
    row = still_there(session.invitations.all(), invitation_id)
    if session.status == Session.Status.IN_PROGRESS:
        raise IllegalTransition(
            _("The session has begun. Invitations stay as they were sent.")
        )
    row.delete()
    recording.on_session(session, "withdraw_invitation", acting_user)
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
    """All of these people are on the list, or none.

    An unknown agency is proposed; who was not invited came uninvited.
    ValidationError for somebody who stands on the list already.
    """
    session = unlocked_session(session_id, acting_user, "participant.change")
    rows = [_delegate(session, acting_user, person) for person in people]
    refuse_merged(row.agency_id for row in rows if row.agency_id)
    _nobody_twice(session, rows)
    invited = _invited(session)
    for row in rows:
        here = (Agency, row.agency_id) if row.agency_id else (Village, row.village_id)
        row.is_walk_in = here not in invited
    made = Delegate.objects.bulk_create(rows)
    recording.on_session(
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
    """The delegate's row reads so."""
    session = _session_of(Delegate, delegate_id, acting_user)
    row = still_there(session.delegates.all(), delegate_id)
    not_stale(row, version)
    fresh = _delegate(session, acting_user, person)
    refuse_merged([fresh.agency_id] if fresh.agency_id else [])
    fields = ["agency_id", "village_id", "name", "position", "phone", "mandate", "part"]
    for field in fields:
        setattr(row, field, getattr(fresh, field))
    row.save(update_fields=[*fields, *recording.changed(row, acting_user)])
    recording.on_session(session, "change_delegate", acting_user)
    return row


@transaction.atomic
def remove_delegate(delegate_id: int, *, acting_user: User) -> Session:
    """The person is off the list; ValidationError for one who came or spoke."""
    session = _session_of(Delegate, delegate_id, acting_user)
    row = still_there(session.delegates.all(), delegate_id)
    if row.minutes.exists():
        text = _("This person speaks in the minutes. Change the minutes first.")
        raise ValidationError(text, "in_use")
    if Attendance.objects.filter(delegate=row).exists():
        text = _("This person is marked present. Take the mark away first.")
        raise ValidationError(text, "in_use")
    row.delete()
    recording.on_session(session, "remove_delegate", acting_user)
    return session


# --- Attendance --------------------------------------------------------------


@transaction.atomic
def record_attendance(
    session_id: int,
    *,
    acting_user: User,
    present: Iterable[int] = (),
    absent: Iterable[int] = (),
    source: str = Attendance.Source.MANUAL,
    arrived_at: datetime | None = None,
) -> Session:
    """These delegates, by id, were there and those were not.

    Sent twice it changes nothing: who is marked keeps the first time and source.
    """
    session = unlocked_session(session_id, acting_user, "participant.change")
    came = recording.moment(arrived_at) if arrived_at else _arrival(session)
    ids = set(
        session.delegates.filter(pk__in=list(present), attendance=None).values_list(
            "pk", flat=True
        )
    )
    Attendance.objects.bulk_create(
        Attendance(
            delegate_id=pk, source=source, arrived_at=came, recorded_by=acting_user
        )
        for pk in sorted(ids)
    )
    gone, _rows = Attendance.objects.filter(
        delegate__session=session, delegate_id__in=list(absent)
    ).delete()
    if ids or gone:
        recording.on_session(
            session, "record_attendance", acting_user, occurred_at=arrived_at
        )
    return session


def _arrival(session: Session) -> datetime:
    """Now while the session runs; its beginning when it is entered afterwards."""
    now = timezone.now()
    return session.starts_at if now > session.ends_at else now


def _session_of(
    rows: type[Invitation] | type[Delegate], row_id: int, acting_user: User
) -> Session:
    """The row's session, locked; the row itself is read after that."""
    session_id = rows.objects.values_list("session_id", flat=True).get(pk=row_id)
    return unlocked_session(session_id, acting_user, "participant.change")


def _invited(session: Session) -> set[tuple[type[Agency | Village], int]]:
    rows = session.invitations.values_list("agency_id", "village_id")
    agencies = {(Agency, agency) for agency, _village in rows if agency}
    villages = {(Village, village) for _agency, village in rows if village}
    return {*agencies, *villages}


def _delegate(session: Session, acting_user: User, person: Person) -> Delegate:
    agency_id = person.agency_id
    if person.new_agency:
        agency_id = _agency_called(session, acting_user, person.new_agency).pk
    if bool(agency_id) == bool(person.village_id):
        raise ValidationError(
            _("Say for %(name)s which agency or which village sent him or her.")
            % {"name": person.name},
            "no_party",
        )
    return Delegate(
        session=session,
        agency_id=agency_id,
        village_id=person.village_id,
        name=person.name,
        position=person.position,
        phone=person.phone,
        mandate=person.mandate,
        part=person.part,
    )


def _agency_called(session: Session, acting_user: User, name: str) -> Agency:
    """The agency of that name; proposed now when the list does not know it."""
    return known_agency(name) or propose_agency(
        acting_user=acting_user,
        place=session,
        name=name,
        short_name=name[:40],
        kind=Agency.Kind.OTHER,
        level=Agency.Level.REGENCY,
    )


def _nobody_twice(session: Session, rows: Sequence[Delegate]) -> None:
    seen = {_identity(row) for row in session.delegates.all()}
    for row in rows:
        if _identity(row) in seen:
            raise ValidationError(
                _("%(name)s is on the list already.") % {"name": row.name}, "twice"
            )
        seen.add(_identity(row))


def _identity(row: Delegate) -> tuple[str, str, int | None, int | None]:
    """Two people of one name and one party differ in their position at least."""
    return (
        row.name.casefold(),
        row.position.casefold(),
        row.agency_id,
        row.village_id,
    )
