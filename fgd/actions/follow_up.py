"""What happens to an agreed action; called by the follow-up room and by nobody else.

Each deed locks the action's row, so that evidence, villages and state agree.
"""

from datetime import datetime
from typing import Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.models import User
from desabinaan.lib.transitions import IllegalTransition, step
from fgd import parties
from fgd.actions import recording, telling
from fgd.actions.locks import agreed_action
from fgd.models import Action, ActionVillage
from fgd.workflow import ACTION
from villages.models import Office
from villages.standing import standing_of


@transaction.atomic
def start_action(
    action_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Action:
    """The action is in progress."""
    action = agreed_action(action_id)
    _allow(parties.may_report(acting_user, action))
    when = recording.moment(occurred_at)
    return _move(action, "start", acting_user, when)


@transaction.atomic
def set_progress(
    action_id: int,
    *,
    percent: int,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """The action stands at `percent`; one that had not started has started now."""
    action = agreed_action(action_id)
    _allow(parties.may_report(acting_user, action))
    when = recording.moment(occurred_at)
    before = action.status
    if before != Action.Status.IN_PROGRESS:
        action.status = step(ACTION, "start", before).target
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("Progress is between 0 and 100 percent.")})
    action.percent = percent
    action.save(update_fields=["status", "percent"])
    recording.on_action(
        action,
        "progress",
        acting_user,
        occurred_at=when,
        from_status=before if before != action.status else "",
        note=f"{percent} %",
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
    """The action counts one piece of evidence more, or one less.

    The last piece of an action that is reported done cannot be taken away.
    """
    action = agreed_action(action_id)
    verb = "evidence.add" if by == 1 else "evidence.withdraw"
    access.require(acting_user, verb, action)
    _refuse_closed(action)
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
    action.save(update_fields=["evidence_count"])
    recording.on_action(
        action,
        "evidence_added" if by == 1 else "evidence_withdrawn",
        acting_user,
        occurred_at=recording.moment(occurred_at),
    )
    return action


@transaction.atomic
def report_done(
    action_id: int, *, acting_user: User, occurred_at: datetime | None = None
) -> Action:
    """The lead agency, or staff on its behalf, says that the action is done.

    ValidationError while evidence is missing or a village is still open.
    """
    action = agreed_action(action_id)
    _allow(parties.may_report_done(acting_user, action))
    when = recording.moment(occurred_at)
    step(ACTION, "report_done", action.status)
    if not action.evidence_count:
        raise ValidationError(
            _("Add evidence before you report it done."), "no_evidence"
        )
    if action.villages_open:
        raise ValidationError(
            _(
                "Some villages are still open. Mark each as done, "
                "or waive it with a reason."
            ),
            "villages_open",
        )
    action.reported_by, action.reported_at = acting_user, when
    fields = ["reported_by", "reported_at"]
    return _move(action, "report_done", acting_user, when, fields=fields)


@transaction.atomic
def return_action(
    action_id: int,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """The report is sent back with its reason; the action goes on."""
    action = agreed_action(action_id)
    access.require(acting_user, "action.verify", action)
    when = recording.moment(occurred_at)
    note = recording.required(
        "reason", reason, _("Say what is still missing, so that it can be mended.")
    )
    action.reported_by, action.reported_at = None, None
    fields = ["reported_by", "reported_at"]
    return _move(action, "return", acting_user, when, note=note, fields=fields)


@transaction.atomic
def verify(
    action_id: int,
    *,
    acting_user: User,
    note: str = "",
    occurred_at: datetime | None = None,
) -> Action:
    """Somebody who did not report it has seen that the action is done."""
    action = agreed_action(action_id)
    access.require(acting_user, "action.verify", action)
    when = recording.moment(occurred_at)
    _refuse_own_work(acting_user, action)
    action.verified_by, action.verified_at = acting_user, when
    action.percent = 100
    fields = ["verified_by", "verified_at", "percent"]
    return _move(action, "verify", acting_user, when, note=note.strip(), fields=fields)


@transaction.atomic
def cancel_action(
    action_id: int,
    *,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """The action will not be done; its reason stays in the history."""
    action = agreed_action(action_id)
    access.require(acting_user, "action.cancel", action)
    when = recording.moment(occurred_at)
    note = recording.required("reason", reason, _("Say why the action is cancelled."))
    return _move(action, "cancel", acting_user, when, note=note)


@transaction.atomic
def settle_village(
    action_village_id: int,
    *,
    status: Literal["done", "waived"],
    reason: str = "",
    acting_user: User,
    occurred_at: datetime | None = None,
) -> Action:
    """In this village the action is done, or waived with a reason."""
    place = ActionVillage.objects.select_related("village").get(pk=action_village_id)
    action = agreed_action(place.action_id)
    _allow(parties.may_settle(acting_user, action, place.village))
    when = recording.moment(occurred_at)
    step(ACTION, "report_done", action.status)
    reason = reason.strip()
    if status == "waived":
        sentence = _("Say why it is not done in this village.")
        recording.required("reason", reason, sentence)
    place.status = ActionVillage.Status(status)
    place.reason = reason
    place.save(update_fields=["status", "reason"])
    _count_open_villages(action)
    note = f"{place.village}: {reason}" if reason else str(place.village)
    verb = f"village_{place.status}"
    recording.on_action(action, verb, acting_user, occurred_at=when, note=note)
    return action


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
    action.status = step(ACTION, verb, before).target
    action.save(update_fields=["status", *(fields or [])])
    event = recording.on_action(
        action, verb, acting_user, occurred_at=when, from_status=before, note=note
    )
    telling.of_action(action, event)
    return action


def _count_open_villages(action: Action) -> None:
    waiting = ActionVillage.Status.PENDING
    action.villages_open = action.action_villages.filter(status=waiting).count()
    action.save(update_fields=["villages_open"])


def _refuse_closed(action: Action) -> None:
    if action.status in {Action.Status.VERIFIED_DONE, Action.Status.CANCELLED}:
        raise IllegalTransition(
            _("This action is closed. Its evidence stays as it is.")
        )


def _refuse_own_work(acting_user: User, action: Action) -> None:
    if acting_user.pk == action.reported_by_id:
        raise ValidationError(
            _("Who reported it done cannot verify it. Ask a colleague."), "own_report"
        )
    if _is_of_own_kanim(acting_user, action.lead_agency.office):
        raise ValidationError(
            _(
                "This is your own office's action. Another office "
                "or the regional office verifies it."
            ),
            "own_office",
        )


def _is_of_own_kanim(user: User, office: Office | None) -> bool:
    """Above the regional office there is none: it verifies its own work, by another."""
    standing = standing_of(user)
    return (
        office is not None
        and office.kind == Office.Kind.IMMIGRATION
        and (office.pk in standing.posts or office.pk in standing.at_home_office)
    )


def _allow(may: bool) -> None:
    if not may:
        raise PermissionDenied("action.report")
