"""Rows locked for one deed, for somebody who may do it, in a state that allows it.

The order is always session before action, so that two deeds never wait for
each other.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.editing import same_version
from desabinaan.lib.transitions import IllegalTransition
from fgd.models import Action, Agency, Session
from fgd.models.versions import Versioned
from fgd.workflow import refuse_locked, refuse_not_running

Row = TypeVar("Row", bound=Model)


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
    refuse_locked(session)
    return session


def running_session(session_id: int, acting_user: User, capability: str) -> Session:
    """The session, locked for this deed, while people sit at the table."""
    session = unlocked_session(session_id, acting_user, capability)
    refuse_not_running(session)
    return session


def agreed_action(action_id: int) -> Action:
    """The action, locked, once it is agreed; the caller asks who may."""
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related("office", "lead_agency__office")
        .get(pk=action_id)
    )
    if not action.is_agreed:
        raise IllegalTransition(
            _("This action is not agreed yet. Finalise the minutes of its FGD first.")
        )
    return action


def locked_agencies(agency_ids: Iterable[int]) -> dict[int, Agency]:
    """The agencies, locked, by number; after the session and the action of a deed.

    The lock lets other rows go on pointing to them. No successor is joined: who waited
    for the lock would see the one of before.
    """
    rows = (
        Agency.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=set(agency_ids))
        .order_by("pk")
    )
    return {row.pk: row for row in rows}


def refuse_merged(agency_ids: Iterable[int]) -> None:
    """ValidationError for an agency that goes on under another name; they are locked,
    so that none is merged until this deed is done.
    """
    for agency in locked_agencies(agency_ids).values():
        if agency.successor is not None:
            raise ValidationError(
                _("%(agency)s was merged into %(other)s. Choose %(other)s.")
                % {"agency": agency, "other": agency.successor},
                "merged",
            )


def not_stale(row: Versioned, seen: int) -> None:
    """Raise StaleEdit unless the form was opened on the row as it stands now."""
    if row.version != seen:
        who = str(row.changed_by or _("Somebody"))
        same_version(row.version, seen, who, row.changed_at)


def still_there(rows: QuerySet[Row], row_id: int) -> Row:
    """The row, read again under the lock; told kindly when it is gone by now."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise IllegalTransition(
            _("Somebody removed this in the meantime. Nothing else was changed.")
        )
    return row
