"""Locked sessions, after checks of the user's capability and of the state.

Always lock the session before its actions, so that two transactions never wait for
each other.
"""

from datetime import datetime

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow import checks
from desabinaan.lib.workflow.locking import lock_row
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import latest_stage
from fgd.sessions.workflow import refuse_locked, refuse_not_running


def session_for(session_id: int, acting_user: User, capability: str) -> Session:
    """Return the session, locked, in any state."""
    session = lock_row(Session.objects.select_related("office"), session_id)
    access.require(acting_user, capability, session)
    return session


def unlocked_session(session_id: int, acting_user: User, capability: str) -> Session:
    """Return the session, locked in the database, if it can still be changed."""
    session = session_for(session_id, acting_user, capability)
    refuse_locked(session)
    return session


def running_session(session_id: int, acting_user: User, capability: str) -> Session:
    """Return the session, locked in the database, if it is in progress."""
    session = unlocked_session(session_id, acting_user, capability)
    refuse_not_running(session)
    return session


def time_of_stage(session: Session, occurred_at: datetime | None) -> datetime:
    """Return when the session reached a stage, or its parties were invited.

    A session that is over when it is entered has one day for all of them: its own.
    """
    if occurred_at is None and session.is_over:
        begins: datetime = session.starts_at
        return max(begins, latest_stage(session) or begins)
    return checks.moment(occurred_at)
