"""Recording of events in the history of a session."""

from datetime import datetime

from django.utils import timezone

from desabinaan.accounts.models import User
from fgd.sessions.models import Session, SessionEvent


def on_session(
    session: Session,
    verb: str,
    acting_user: User,
    *,
    occurred_at: datetime | None = None,
    from_status: str = "",
    note: str = "",
) -> SessionEvent:
    """Record an event of the session; without `from_status` its state is unchanged."""
    return SessionEvent.objects.create(
        session=session,
        actor=acting_user,
        verb=verb,
        from_status=from_status,
        to_status=session.status if from_status else "",
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )
