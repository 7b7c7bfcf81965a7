"""Rows locked for one deed, for somebody who may do it, in a state that allows it.

The order is always session before action, so that two deeds never wait for
each other.
"""

from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.editing import same_version
from desabinaan.lib.transitions import IllegalTransition
from fgd.models import Action, Session
from fgd.models.versions import Versioned


def session_for(session_id: int, acting_user: User, capability: str) -> Session:
    """The session, locked, in whatever state it is."""
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("office")
        .get(pk=session_id)
    )
    access.require(acting_user, capability, session)
    return session


def unlocked_session(session_id: int, acting_user: User, capability: str) -> Session:
    """The session, locked for this deed, while its content may still change."""
    session = session_for(session_id, acting_user, capability)
    if session.is_final:
        raise IllegalTransition(
            _("This session is final. What was recorded stays as it is.")
        )
    if session.is_locked:
        raise IllegalTransition(_("This session was cancelled. Nothing was changed."))
    return session


def running_session(session_id: int, acting_user: User, capability: str) -> Session:
    """The session, locked for this deed, while people sit at the table."""
    session = unlocked_session(session_id, acting_user, capability)
    if session.status != Session.Status.IN_PROGRESS:
        raise IllegalTransition(
            _("The session has not begun yet. Open the session first.")
        )
    return session


def agreed_action(action_id: int) -> Action:
    """The action, locked, once it is agreed; the caller asks who may."""
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("office", "lead_agency")
        .get(pk=action_id)
    )
    if not action.is_agreed:
        raise IllegalTransition(
            _("This action is not agreed yet. Finalise the minutes of its FGD first.")
        )
    return action


def not_stale(row: Versioned, seen: int) -> None:
    """Raise StaleEdit unless the form was opened on the row as it stands now."""
    same_version(
        row.version, seen, str(row.changed_by or _("Somebody")), row.changed_at
    )
