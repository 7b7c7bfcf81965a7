"""A session from its first draft to its final minutes."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition, step
from fgd.actions import recording, telling
from fgd.actions.locks import not_stale, session_for, unlocked_session
from fgd.models import FgdEvent, Series, Session
from fgd.workflow import SESSION
from villages.models import Office


@transaction.atomic
def create_session(
    *,
    acting_user: User,
    office: Office,
    theme: str,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    purpose: str = "",
    series_name: str = "",
    occurred_at: datetime | None = None,
) -> Session:
    """A draft session that `office` hosts; also one that was held in the past."""
    access.require(acting_user, "session.create", office)
    when = recording.moment(occurred_at)
    _ends_after_start(starts_at, ends_at)
    session = Session.objects.create(
        office=office,
        series=_series(office, series_name),
        theme=theme,
        purpose=purpose,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        created_by=acting_user,
    )
    recording.on_session(session, "create", acting_user, occurred_at=when)
    return session


@transaction.atomic
def change_session(
    session_id: int,
    *,
    acting_user: User,
    version: int,
    theme: str,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    purpose: str = "",
    series_name: str = "",
) -> Session:
    """The session's own facts are these; the form was opened on `version`."""
    session = unlocked_session(session_id, acting_user, "session.change")
    not_stale(session, version)
    _ends_after_start(starts_at, ends_at)
    _no_action_due_before(session, starts_at)
    session.theme, session.purpose, session.venue = theme, purpose, venue
    session.starts_at, session.ends_at = starts_at, ends_at
    session.series = _series(session.office, series_name)
    fields = ["theme", "purpose", "venue", "starts_at", "ends_at", "series"]
    session.save(update_fields=[*fields, *recording.changed(session, acting_user)])
    recording.on_session(session, "change", acting_user)
    return session


@transaction.atomic
def announce(
    session_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Session:
    """The invited see the session from now on."""
    return _move(session_id, "announce", acting_user, occurred_at)


@transaction.atomic
def open_session(
    session_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Session:
    """People sit at the table: minutes and agreements may be written."""
    return _move(session_id, "open", acting_user, occurred_at)


@transaction.atomic
def cancel_session(
    session_id: int,
    *,
    acting_user: User,
    reason: str,
    occurred_at: datetime | None = None,
) -> Session:
    """The session will not take place; the reason stays with it."""
    note = recording.required("reason", reason, _("Say why the session is cancelled."))
    return _move(session_id, "cancel", acting_user, occurred_at, note=note)


@transaction.atomic
def finalise(
    session_id: int,
    *,
    acting_user: User,
    note: str = "",
    occurred_at: datetime | None = None,
) -> Session:
    """The minutes are locked and the session's actions are agreed, all at once."""
    session = session_for(session_id, acting_user, "session.finalise")
    if session.is_final:
        raise IllegalTransition(
            _("This session is already final. Nothing was changed.")
        )
    before = session.status
    session.status = step(SESSION, "finalise", before).target
    when = recording.moment(occurred_at)
    _closes_after_start(session, when)
    session.finalised_at, session.closing_note = when, note.strip()
    session.save(update_fields=["status", "finalised_at", "closing_note"])
    _agree(session, acting_user, when)
    event = recording.on_session(
        session,
        "finalise",
        acting_user,
        occurred_at=when,
        from_status=before,
        note=session.closing_note,
    )
    telling.of_final_session(session, event)
    return session


def _move(
    session_id: int,
    verb: str,
    acting_user: User,
    occurred_at: datetime | None,
    note: str = "",
) -> Session:
    session = session_for(session_id, acting_user, SESSION[verb].capability)
    before = session.status
    session.status = step(SESSION, verb, before).target
    when = recording.moment(occurred_at)
    session.closing_note = note
    session.save(update_fields=["status", "closing_note"])
    recording.on_session(
        session, verb, acting_user, occurred_at=when, from_status=before, note=note
    )
    return session


def _agree(session: Session, acting_user: User, when: datetime) -> None:
    session.actions.update(agreed_at=when)
    FgdEvent.objects.bulk_create(
        FgdEvent(action_id=pk, actor=acting_user, verb="agree", occurred_at=when)
        for pk in session.actions.values_list("pk", flat=True)
    )


def _series(office: Office, name: str) -> Series | None:
    """The office's series of that name, made when it is new."""
    name = " ".join(name.split())
    if not name:
        return None
    known = Series.objects.filter(office=office, name__iexact=name).first()
    return known or Series.objects.create(office=office, name=name)


def _ends_after_start(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        text = _("The session ends before it begins. Check day and time.")
        raise ValidationError({"ends_at": text})


def _closes_after_start(session: Session, when: datetime) -> None:
    if when < session.starts_at:
        text = _("The minutes become final after the session has begun.")
        raise ValidationError({"occurred_at": text})


def _no_action_due_before(session: Session, starts_at: datetime) -> None:
    day = timezone.localdate(starts_at)
    if session.actions.filter(due_on__lt=day).exists():
        text = _("An action of this session would be due before it. Check the day.")
        raise ValidationError({"starts_at": text})
