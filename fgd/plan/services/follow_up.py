"""Transitions of an agreed action, its percentage and evidence count.

Every service locks the row of the action, so that its counters match its state.
"""

from datetime import datetime
from typing import Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.workflow import checks
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.seen import refuse_unseen
from fgd.plan import notifications
from fgd.plan.models import Action
from fgd.plan.selectors import rights
from fgd.plan.services.locking import agreed_action
from fgd.plan.workflow import (
    ACTION_EVENT_LABELS,
    SEND_PROGRESS,
    check_action,
    refuse_closed,
    why_incomplete,
)


@transaction.atomic
def start_action(
    action_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Action:
    """Start the action."""
    action = agreed_action(action_id)
    _allow(rights.may_report(acting_user, action))
    when = checks.moment(occurred_at)
    return _move(action, "start", acting_user, when)


@transaction.atomic
def set_progress(
    action_id: int,
    *,
    percent: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """Set the percentage of the action, for the lead agency or on its behalf."""
    action = agreed_action(action_id)
    _allow(rights.may_act_for_lead(acting_user, action))
    when = checks.moment(occurred_at)
    return record_progress(action, percent, acting_user, when)


def record_progress(
    action: Action,
    percent: int,
    acting_user: User,
    when: datetime,
    *,
    part_of: str = "",
) -> Action:
    """Note progress of an action that is locked; start it if it has not started yet.

    `part_of` names the village or supporter whose own part the percentage is about; the
    percentage of the action is then not changed, and a return is not answered.
    """
    before = action.status
    if before != Action.Status.IN_PROGRESS:
        action.status = check_action(action, "start", label=SEND_PROGRESS).target
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("Progress is between 0 and 100 percent.")})
    if not part_of:
        action.percent = percent
        action.return_reason = ""
    action.save(update_fields=["status", "percent", "return_reason"])
    record_event(
        action,
        "progress",
        acting_user,
        occurred_at=when,
        from_status=before if before != action.status else "",
        note=f"{part_of}: {percent}%" if part_of else f"{percent}%",
    )
    return action


@transaction.atomic
def add_evidence_count(
    action_id: int,
    *,
    acting_user: User,
    by: Literal[1, -1] = 1,
    occurred_at: datetime | None = None,
) -> Action:
    """Count one evidence file more or one less.

    ValidationError for the only evidence of an action that is reported done.
    """
    return count_evidence(
        agreed_action(action_id), acting_user, by=by, occurred_at=occurred_at
    )


def count_evidence(
    action: Action,
    acting_user: User,
    *,
    by: Literal[1, -1] = 1,
    occurred_at: datetime | None = None,
) -> Action:
    """Count one evidence file more or one less of an action that is locked.

    A return is answered by evidence of the lead agency, not of those who check it.
    """
    verb = "evidence.add" if by == 1 else "evidence.withdraw"
    access.require(acting_user, verb, action)
    refuse_closed(action)
    count = action.evidence_count + by
    if count < 1 and action.status == Action.Status.REPORTED_DONE:
        raise ValidationError(
            _(
                "This is the only evidence of an action that is reported done. "
                "Return the action first, or add other evidence."
            ),
            "only_evidence",
        )
    action.evidence_count = count
    if by == 1 and rights.is_of_lead(acting_user, action):
        action.return_reason = ""
    action.save(update_fields=["evidence_count", "return_reason"])
    record_event(
        action,
        "evidence_added" if by == 1 else "evidence_withdrawn",
        acting_user,
        occurred_at=checks.moment(occurred_at),
    )
    return action


@transaction.atomic
def report_done(
    action_id: int,
    *,
    reason: str = "",
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """Report the action done, for the lead agency or on its behalf.

    Below 100 percent it needs a reason. ValidationError while something is missing:
    evidence, a village, or something new after a return.
    """
    action = agreed_action(action_id)
    _allow(rights.may_act_for_lead(acting_user, action))
    when = checks.moment(occurred_at)
    check_action(action, "report_done")
    if missing := why_incomplete(action):
        code, sentence = missing
        raise ValidationError(sentence, code)
    action.done_reason = ""
    if action.percent < 100:
        sentence = _("Say why it is done below 100 percent.")
        action.done_reason = checks.required("reason", reason, sentence)
    action.reported_by, action.reported_at = acting_user, when
    fields = ["reported_by", "reported_at", "done_reason"]
    note = action.done_reason
    return _move(action, "report_done", acting_user, when, note=note, fields=fields)


@transaction.atomic
def return_action(
    action_id: int,
    *,
    reason: str,
    acting_user: User,
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> Action:
    """Return a reported action with a reason; it is in progress again.

    It can be reported done again once progress or evidence of the lead is new. `seen`
    is the latest event that was shown; ValidationError when there is a newer one.
    """
    action = agreed_action(action_id)
    access.require(acting_user, "action.verify", action)
    check_action(action, "return")
    refuse_unseen(action, seen, ACTION_EVENT_LABELS)
    when = checks.moment(occurred_at)
    note = checks.required(
        "reason", reason, _("Say what is still missing, so that it can be corrected.")
    )
    action.reported_by, action.reported_at = None, None
    action.done_reason, action.return_reason = "", note
    fields = ["reported_by", "reported_at", "done_reason", "return_reason"]
    return _move(action, "return", acting_user, when, note=note, fields=fields)


@transaction.atomic
def verify(
    action_id: int,
    *,
    acting_user: User,
    note: str = "",
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> Action:
    """Verify the action as done; refused for those who gain from it.

    `seen` is the latest event that was shown; ValidationError when one is newer.
    """
    action = agreed_action(action_id)
    rights.require_verifier(acting_user, action)
    check_action(action, "verify")
    refuse_unseen(action, seen, ACTION_EVENT_LABELS)
    when = checks.moment(occurred_at)
    action.verified_by, action.verified_at = acting_user, when
    fields = ["verified_by", "verified_at"]
    return _move(action, "verify", acting_user, when, note=note.strip(), fields=fields)


@transaction.atomic
def cancel_action(
    action_id: int,
    *,
    reason: str,
    acting_user: User,
    seen: int | None = None,
    occurred_at: datetime | None = None,
) -> Action:
    """Cancel the action; the reason is kept in its history.

    `seen` is the latest event that was shown; ValidationError when one is newer.
    """
    action = agreed_action(action_id)
    access.require(acting_user, "action.cancel", action)
    check_action(action, "cancel")
    refuse_unseen(action, seen, ACTION_EVENT_LABELS)
    when = checks.moment(occurred_at)
    note = checks.required("reason", reason, _("Say why the action is cancelled."))
    return _move(action, "cancel", acting_user, when, note=note)


def _move(
    action: Action,
    verb: str,
    acting_user: User,
    when: datetime,
    *,
    note: str = "",
    fields: list[str] | None = None,
) -> Action:
    before = action.status
    action.status = check_action(action, verb).target
    action.save(update_fields=["status", *(fields or [])])
    event = record_event(
        action, verb, acting_user, occurred_at=when, from_status=before, note=note
    )
    notifications.notify_of_action(action, event)
    return action


def _allow(may: bool) -> None:
    if not may:
        raise PermissionDenied("action.report")
