"""Creation, change and transitions of a session."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow import checks, versions
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from desabinaan.lib.workflow.versions import check_version
from fgd.sessions.models import Series, Session
from fgd.sessions.selectors.sessions import is_unwritten
from fgd.sessions.services.locking import session_for, time_of_stage, unlocked_session
from fgd.sessions.workflow import SESSION, SESSION_EVENT_LABELS
from villages.places.models import Office


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
    """Create a draft session hosted by `office`; its time may be in the past."""
    access.require(acting_user, "session.create", office)
    _refuse_end_before_start(starts_at, ends_at)
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
    when = time_of_stage(session, occurred_at)
    record_event(session, "create", acting_user, from_status="", occurred_at=when)
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
    """Change subject, time, place and series; `version` is that of the form."""
    session = unlocked_session(session_id, acting_user, "session.change")
    check_version(session, version)
    _refuse_end_before_start(starts_at, ends_at)
    _refuse_actions_due_before(session, starts_at)
    session.theme, session.purpose, session.venue = theme, purpose, venue
    session.starts_at, session.ends_at = starts_at, ends_at
    session.series = _series(session.office, series_name)
    fields = ["theme", "purpose", "venue", "starts_at", "ends_at", "series"]
    session.save(update_fields=[*fields, *versions.next_version(session, acting_user)])
    record_event(session, "change", acting_user)
    return session


@transaction.atomic
def announce(
    session_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Session:
    """Announce the session, so that the invited see it."""
    return _move(session_id, "announce", acting_user, occurred_at)


@transaction.atomic
def open_session(
    session_id: int,
    *,
    acting_user: User,
    early: bool = False,
    occurred_at: datetime | None = None,
) -> Session:
    """Open the session, so that minutes and agreements may be written.

    ValidationError before its day, unless `early` says that this is meant.
    """
    session = _move(session_id, "open", acting_user, occurred_at)
    opened_on = timezone.localdate(occurred_at, session.office.time_zone)
    if session.first_day > opened_on and not early:
        text = _("The session begins on %(day)s. Confirm that you open it before.")
        day = date_format(session.first_day, "DATE_FORMAT")
        raise ValidationError(text, "early", {"day": day})
    return session


@transaction.atomic
def undo_opening(session_id: int, *, acting_user: User) -> Session:
    """Return an open session to the announced ones, while nothing is written."""
    session = _move(session_id, "undo_opening", acting_user, None)
    if not is_unwritten(session_id):
        raise IllegalTransition(
            _(
                "Attendance, minutes or recommendations of this session are already "
                "written. It stays open."
            )
        )
    return session


@transaction.atomic
def cancel_session(
    session_id: int,
    *,
    acting_user: User,
    reason: str,
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> Session:
    """Cancel the session with a reason.

    `seen` is the latest event when the page was opened; ValidationError when one is
    newer.
    """
    note = checks.required("reason", reason, _("Say why the session is cancelled."))
    return _move(session_id, "cancel", acting_user, occurred_at, note=note, seen=seen)


def _move(
    session_id: int,
    verb: str,
    acting_user: User,
    occurred_at: datetime | None,
    *,
    note: str = "",
    seen: int | None = None,
) -> Session:
    session = session_for(session_id, acting_user, SESSION[verb].capability)
    before = session.status
    session.status = check_transition(SESSION, verb, before, session).target
    refuse_unseen(session, seen, SESSION_EVENT_LABELS)
    when = time_of_stage(session, occurred_at)
    session.closing_note = note
    session.save(update_fields=["status", "closing_note"])
    record_event(
        session, verb, acting_user, occurred_at=when, from_status=before, note=note
    )
    return session


def _series(office: Office, name: str) -> Series | None:
    """Return the series of that name of the office; create it if it is new."""
    name = " ".join(name.split())
    if not name:
        return None
    known = Series.objects.filter(office=office, name__iexact=name).first()
    return known or Series.objects.create(office=office, name=name)


def _refuse_end_before_start(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        text = _("The session must end after it begins. Check date and time.")
        raise ValidationError({"ends_at": text})


def _refuse_actions_due_before(session: Session, starts_at: datetime) -> None:
    day = timezone.localdate(starts_at, session.office.time_zone)
    if session.actions.filter(due_on__lt=day).exists():
        text = _("An action of this session would be due before it. Check the date.")
        raise ValidationError({"starts_at": text})
