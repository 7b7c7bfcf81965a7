"""Merging of an agency into another.

Final sessions and closed actions keep the old agency; everything still open moves to
the remaining one.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.accounts.services.removals import remove_row
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.locking import lock_rows
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import next_version, write_to_all
from desabinaan.notices.kinds import Kind
from fgd.agencies import notifications as agencies_notifications
from fgd.agencies.models import Agency
from fgd.agencies.services.locking import locked_agencies
from fgd.merging.selectors import (
    drafts_of,
    focal_points_serving,
    open_actions_of,
    open_sessions_of,
)
from fgd.minutes.services.merging import join_delegates
from fgd.participants.models import Delegate
from fgd.plan.models import Action, ActionSupport
from fgd.sessions.models import Session


@transaction.atomic
def merge_agencies(agency_id: int, into_id: int, *, acting_user: User) -> Agency:
    """Merge the agency into another and return the other one.

    Moves focal points, open actions, and the invitations and delegates of sessions
    that are not locked; final sessions and closed actions are not changed.
    IllegalTransition when somebody merged or used the agency at the same time.
    """
    if not acting_user.has_perm("agencies.change_agency"):
        raise PermissionDenied("agencies.change_agency")
    if agency_id == into_id:
        raise ValidationError({"into": _("An agency cannot be merged into itself.")})
    used = Agency(pk=agency_id)
    # Locked in the order of every service: sessions, actions, agencies.
    sessions = lock_rows(open_sessions_of(used))
    actions = lock_rows(open_actions_of(used))
    agencies = locked_agencies([agency_id, into_id])
    old, new = agencies[agency_id], agencies[into_id]
    _refuse_other_use(used, sessions, actions)
    _refuse_pair(old, new, acting_user)
    _move_office_and_area(old, new)
    _move_focal_points(old, new, acting_user)
    for session in sessions:
        _move_session(session, old, new, acting_user)
    for action in actions:
        _move_action(action, old, new, acting_user)
        record_event(action, "merge_agency", acting_user, note=_merge_note(old, new))
    Agency.objects.filter(successor=old).update(successor=new)
    old.successor = new
    old.save(update_fields=["successor"])
    return new


def _refuse_other_use(
    old: Agency, sessions: Iterable[Session], actions: Iterable[Action]
) -> None:
    """IllegalTransition when the agency was used before its row was locked.

    Services that invite an agency or make it responsible lock its row too.
    """
    new_sessions = open_sessions_of(old).exclude(pk__in=[row.pk for row in sessions])
    new_actions = open_actions_of(old).exclude(pk__in=[row.pk for row in actions])
    if new_sessions.exists() or new_actions.exists():
        raise IllegalTransition(
            _(
                "Somebody used this agency at the same time. "
                "Check what will move, then merge again."
            )
        )


def _refuse_pair(old: Agency, new: Agency, acting_user: User) -> None:
    for one in (old, new):
        if one.successor is not None:
            raise IllegalTransition(one.why_closed())
    if reason := new.why_closed():
        raise ValidationError({"into": reason})
    if old.office_id and new.office_id:
        raise ValidationError({"into": _("Two immigration offices cannot be merged.")})
    if new.is_unlinked_office and not old.office_id:
        text = _("Link %(other)s to its immigration office first, so that it can lead.")
        raise ValidationError({"into": text % {"other": new}})
    if focal_points_serving(old).filter(user=acting_user).exists():
        raise ValidationError(
            _("You are a focal point of this agency. Another administrator merges it.")
        )


def _move_office_and_area(old: Agency, new: Agency) -> None:
    new.regions.add(*old.regions.all())
    if old.office_id:
        office, old.office = old.office, None
        old.save(update_fields=["office"])
        new.office = office
        new.save(update_fields=["office"])


def _move_focal_points(old: Agency, new: Agency, acting_user: User) -> None:
    """End the terms at the old agency and begin them at the new one."""
    today = timezone.localdate()
    known = set(focal_points_serving(new).values_list("user", flat=True))
    for row in focal_points_serving(old):
        if row.user_id in known:
            continue
        ends_on = row.ends_on
        if row.starts_on < today:
            row.ends_on = today - timedelta(days=1)
            row.save(update_fields=["ends_on"])
            row.pk, row._state.adding, row.starts_on = None, True, today
        row.agency, row.ends_on = new, ends_on
        row.save()
        agencies_notifications.notify_of_term(row, Kind.FOCAL_POINT_BEGUN, acting_user)


def _move_session(
    session: Session, old: Agency, new: Agency, acting_user: User
) -> None:
    _move_invitation(session, old, new, acting_user)
    sent = Delegate.objects.filter(session=session, agency__in=(old, new))
    is_invited = session.invitations.filter(agency=new).exists()
    _join_same_people(session, old, new, acting_user)
    write_to_all(sent.filter(agency=old), acting_user, agency=new)
    if is_invited:
        sent.update(is_walk_in=False)
    for draft in drafts_of(old).filter(session=session):
        _move_action(draft, old, new, acting_user)
    record_event(session, "merge_agency", acting_user, note=_merge_note(old, new))


def _join_same_people(
    session: Session, old: Agency, new: Agency, acting_user: User
) -> None:
    """Make one row of each person whom both agencies sent."""
    there = {row.identity: row for row in session.delegates.filter(agency=new)}
    for row in session.delegates.filter(agency=old):
        name, position, _agency, village = row.identity
        if remaining := there.get((name, position, new.pk, village)):
            join_delegates(row, remaining, acting_user=acting_user)


def _move_invitation(
    session: Session, old: Agency, new: Agency, acting_user: User
) -> None:
    """Keep one invitation with the seats of both."""
    mine = session.invitations.filter(agency=old).first()
    if mine is None:
        return
    theirs = session.invitations.filter(agency=new)
    if write_to_all(theirs, acting_user, seats=F("seats") + mine.seats):
        remove_row(mine, within=session, acting_user=acting_user)
    else:
        mine.agency = new
        mine.save(update_fields=["agency", *next_version(mine, acting_user)])


def _move_action(action: Action, old: Agency, new: Agency, acting_user: User) -> None:
    """Replace the old agency; an agency that leads does not support as well."""
    if action.lead_agency_id == old.pk:
        action.lead_agency = new
    action.save(update_fields=["lead_agency", *next_version(action, acting_user)])
    helping = ActionSupport.objects.filter(action=action)
    mine = helping.filter(agency=old)
    if action.lead_agency_id == new.pk or helping.filter(agency=new).exists():
        mine.delete()
    mine.update(agency=new)
    if action.lead_agency_id == new.pk:
        helping.filter(agency=new).delete()


def _merge_note(old: Agency, new: Agency) -> str:
    return f"{old} → {new}"
