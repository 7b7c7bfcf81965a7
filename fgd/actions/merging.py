"""Two rows that mean one agency, or one person, become one.

What is final keeps the name under which it was written; what is still open goes on
under the name that stays.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition
from desabinaan.notices.kinds import Kind
from fgd.actions import recording, telling
from fgd.actions.locks import locked_agencies, still_there, unlocked_session
from fgd.models import (
    Action,
    ActionSupport,
    Agency,
    Attendance,
    Delegate,
    Invitation,
    Session,
)
from fgd.selectors.merging import (
    drafts_of,
    open_actions_of,
    open_sessions_of,
    serving_for,
)

Row = TypeVar("Row", bound=Model)

# --- Agencies ----------------------------------------------------------------


@transaction.atomic
def merge_agencies(agency_id: int, into_id: int, *, acting_user: User) -> Agency:
    """The agency is `into` from now on; answers that one.

    Focal points, the invitations and delegates of sessions that are not final, and
    open actions follow; final sessions and closed actions stay byte for byte.
    IllegalTransition when somebody merged or used it at the same moment.
    """
    if not acting_user.has_perm("fgd.change_agency"):
        raise PermissionDenied("fgd.change_agency")
    used = Agency(pk=agency_id)
    sessions = _locked(open_sessions_of(used))
    actions = _locked(open_actions_of(used))
    old, new = _pair(agency_id, into_id)
    _refuse_other_use(used, sessions, actions)
    _refuse_pair(old, new, acting_user)
    _carry_office_and_area(old, new)
    _carry_focal_points(old, new, acting_user)
    for session in sessions:
        _carry_session(session, old, new, acting_user)
    for action in actions:
        _carry_action(action, old, new)
        recording.on_action(action, "merge_agency", acting_user, note=_told(old, new))
    Agency.objects.filter(successor=old).update(successor=new)
    old.successor = new
    old.save(update_fields=["successor"])
    return new


def _locked(rows: QuerySet[Row]) -> list[Row]:
    """By number; sessions come before actions, and these before agencies."""
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _pair(agency_id: int, into_id: int) -> tuple[Agency, Agency]:
    if agency_id == into_id:
        raise ValidationError({"into": _("An agency cannot be merged into itself.")})
    rows = locked_agencies([agency_id, into_id])
    return rows[agency_id], rows[into_id]


def _refuse_other_use(
    old: Agency, sessions: Iterable[Session], actions: Iterable[Action]
) -> None:
    """Whoever invites or charges an agency holds its row, as this deed does now."""
    new_sessions = open_sessions_of(old).exclude(pk__in=[row.pk for row in sessions])
    new_actions = open_actions_of(old).exclude(pk__in=[row.pk for row in actions])
    if new_sessions.exists() or new_actions.exists():
        raise IllegalTransition(
            _(
                "Somebody used this agency at the same moment. "
                "Look at what will move, then merge again."
            )
        )


def _refuse_pair(old: Agency, new: Agency, acting_user: User) -> None:
    for one in (old, new):
        if one.successor is not None:
            raise IllegalTransition(one.why_closed())
    if told := new.why_closed():
        raise ValidationError({"into": told})
    if old.office_id and new.office_id:
        raise ValidationError(
            {"into": _("These are two immigration offices. They stay apart.")}
        )
    if serving_for(old).filter(user=acting_user).exists():
        raise ValidationError(
            _("You speak for this agency yourself. Another administrator merges it.")
        )


def _carry_office_and_area(old: Agency, new: Agency) -> None:
    new.regions.add(*old.regions.all())
    if old.office_id:
        office, old.office = old.office, None
        old.save(update_fields=["office"])
        new.office = office
        new.save(update_fields=["office"])


def _carry_focal_points(old: Agency, new: Agency, acting_user: User) -> None:
    """Who speaks for the old one ends there and begins at the new one."""
    today = timezone.localdate()
    known = set(serving_for(new).values_list("user", flat=True))
    for row in serving_for(old):
        if row.user_id in known:
            continue
        ends_on = row.ends_on
        if row.starts_on < today:
            row.ends_on = today - timedelta(days=1)
            row.save(update_fields=["ends_on"])
            row.pk, row._state.adding, row.starts_on = None, True, today
        row.agency, row.ends_on = new, ends_on
        row.save()
        telling.of_term(row, Kind.FOCAL_POINT_BEGUN, acting_user)


def _carry_session(
    session: Session, old: Agency, new: Agency, acting_user: User
) -> None:
    _carry_invitation(session, old, new)
    sent = Delegate.objects.filter(session=session, agency__in=(old, new))
    is_invited = session.invitations.filter(agency=new).exists()
    sent.filter(agency=old).update(agency=new)
    if is_invited:
        sent.update(is_walk_in=False)
    for draft in drafts_of(old).filter(session=session):
        _carry_action(draft, old, new)
    recording.on_session(session, "merge_agency", acting_user, note=_told(old, new))


def _carry_invitation(session: Session, old: Agency, new: Agency) -> None:
    """One invitation stays, with the seats of both."""
    mine = session.invitations.filter(agency=old).first()
    if mine is None:
        return
    theirs = session.invitations.filter(agency=new)
    if theirs.update(seats=F("seats") + mine.seats):
        mine.delete()
    else:
        Invitation.objects.filter(pk=mine.pk).update(agency=new)


def _carry_action(action: Action, old: Agency, new: Agency) -> None:
    """The new agency leads or supports; whoever leads does not support as well."""
    if action.lead_agency_id == old.pk:
        action.lead_agency = new
        action.save(update_fields=["lead_agency"])
    helping = ActionSupport.objects.filter(action=action)
    mine = helping.filter(agency=old)
    if action.lead_agency_id == new.pk or helping.filter(agency=new).exists():
        mine.delete()
    mine.update(agency=new)
    if action.lead_agency_id == new.pk:
        helping.filter(agency=new).delete()


def _told(old: Agency, new: Agency) -> str:
    return f"{old} → {new}"


# --- Delegates ---------------------------------------------------------------


@transaction.atomic
def merge_delegates(delegate_id: int, into_id: int, *, acting_user: User) -> Delegate:
    """Both rows were one person: the row `into` holds what either of them had.

    It speaks what both said and was there when one of them was, from the earlier
    arrival. What it lacks (telephone, position, account, a part) it takes over.
    """
    first = still_there(Delegate.objects.all(), delegate_id)
    session = unlocked_session(first.session_id, acting_user, "participant.change")
    if delegate_id == into_id:
        raise ValidationError({"into": _("Choose the other row of this person.")})
    twin = still_there(session.delegates.all(), delegate_id)
    kept = still_there(session.delegates.all(), into_id)
    twin.minutes.update(speaker=kept)
    _join_attendance(twin, kept)
    for name in ("position", "phone", "user_id"):
        setattr(kept, name, getattr(kept, name) or getattr(twin, name))
    if kept.part == Delegate.Part.PARTICIPANT:
        kept.part = twin.part
    kept.is_walk_in = kept.is_walk_in and twin.is_walk_in
    twin.delete()
    fields = ["position", "phone", "user", "part", "is_walk_in"]
    kept.save(update_fields=[*fields, *recording.changed(kept, acting_user)])
    recording.on_session(session, "merge_delegates", acting_user)
    return kept


def _join_attendance(twin: Delegate, kept: Delegate) -> None:
    """The earlier arrival stays, under the row that stays."""
    marks = Attendance.objects.filter(delegate__in=(twin, kept))
    first = marks.order_by("arrived_at", "pk").first()
    if first is None:
        return
    marks.exclude(pk=first.pk).delete()
    Attendance.objects.filter(pk=first.pk).update(delegate=kept)
