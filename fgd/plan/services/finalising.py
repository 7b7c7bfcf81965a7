from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow import checks
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.seen import refuse_unseen
from desabinaan.lib.workflow.transitions import IllegalTransition, check_transition
from fgd.plan import notifications
from fgd.plan.models import ActionEvent
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import latest_stage
from fgd.sessions.services.locking import session_for
from fgd.sessions.workflow import (
    SESSION,
    SESSION_EVENT_LABELS,
    refuse_before_it_begins,
)


@transaction.atomic
def finalise(
    session_id: int,
    *,
    acting_user: User,
    note: str = "",
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> Session:
    """Lock the minutes and agree all actions of the session.

    `seen` is the latest event when the page was opened; ValidationError when one is
    newer.
    """
    session = session_for(session_id, acting_user, "session.finalise")
    if session.is_final:
        raise IllegalTransition(
            _("This session is already final. Nothing was changed.")
        )
    before = session.status
    session.status = check_transition(SESSION, "finalise", before, session).target
    refuse_unseen(session, seen, SESSION_EVENT_LABELS)
    refuse_before_it_begins(session)
    when = checks.moment(occurred_at)
    if when < session.starts_at:
        text = _("The minutes cannot be finalised before the session begins.")
        raise ValidationError({"occurred_at": text})
    latest = latest_stage(session)
    if latest is not None and when < latest:
        text = _("The session was opened on %(day)s. Enter that day or a later one.")
        day = timezone.localdate(latest, session.office.time_zone)
        shown = {"day": date_format(day, "DATE_FORMAT")}
        raise ValidationError({"occurred_at": ValidationError(text, "early", shown)})
    session.finalised_at, session.closing_note = when, note.strip()
    session.save(update_fields=["status", "finalised_at", "closing_note"])
    _agree(session, acting_user, when)
    event = record_event(
        session,
        "finalise",
        acting_user,
        occurred_at=when,
        from_status=before,
        note=session.closing_note,
    )
    notifications.notify_of_final_session(session, event)
    return session


def _agree(session: Session, acting_user: User, when: datetime) -> None:
    session.actions.update(agreed_at=when)
    ActionEvent.objects.bulk_create(
        ActionEvent(action_id=pk, actor=acting_user, verb="agree", occurred_at=when)
        for pk in session.actions.values_list("pk", flat=True)
    )
