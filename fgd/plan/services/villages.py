"""What becomes of an action in each of its villages: done there, or waived.

Every service locks the row of the action, so that its count of open villages matches.
`version` is that of the village as it was shown, None where nothing was shown:
StaleEdit when somebody changed it since.
"""

from datetime import datetime
from typing import cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.text.folding import folded
from desabinaan.lib.workflow import checks
from desabinaan.lib.workflow.events import record_event
from desabinaan.lib.workflow.versions import check_version, next_version
from fgd.plan import notifications
from fgd.plan.models import Action, ActionVillage, WaiverDecision
from fgd.plan.selectors import rights
from fgd.plan.services.locking import agreed_action
from fgd.plan.workflow import (
    ACTION_VILLAGE,
    OPEN_VILLAGE,
    check_village,
    refuse_unless_moving,
)


@transaction.atomic
def mark_village_done(
    action_village_id: int,
    *,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Mark the action as done in one village; a waiver of it is void."""
    place = _locked(action_village_id)
    if not rights.may_settle(acting_user, place.action, place.village):
        raise PermissionDenied("action.report")
    _refuse_other(place, "village_done", version)
    place.reason, place.decision_note = "", ""
    place.requested_by, place.decided_by = None, None
    return _move(place, "village_done", acting_user, occurred_at)


@transaction.atomic
def request_waiver(
    action_village_id: int,
    *,
    reason: str,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Ask for a waiver of one village, for the lead agency or on its behalf."""
    place = _for_lead(action_village_id, "waiver_requested", acting_user, version)
    return _ask(place, "waiver_requested", reason, acting_user, occurred_at)


@transaction.atomic
def correct_waiver_request(
    action_village_id: int,
    *,
    reason: str,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Give the waiting request another reason; who does, does not decide about it."""
    place = _for_lead(action_village_id, "waiver_corrected", acting_user, version)
    if folded(reason) == folded(place.reason):
        sentence = _("The request already says this. Change it, or leave it as it is.")
        raise ValidationError({"reason": sentence})
    return _ask(place, "waiver_corrected", reason, acting_user, occurred_at)


@transaction.atomic
def withdraw_waiver_request(
    action_village_id: int,
    *,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Withdraw the waiting request; the village is open again."""
    place = _for_lead(action_village_id, "waiver_withdrawn", acting_user, version)
    asked = place.reason
    place.reason, place.requested_by = "", None
    return _move(place, "waiver_withdrawn", acting_user, occurred_at, asked)


@transaction.atomic
def grant_waiver(
    action_village_id: int,
    *,
    note: str = "",
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Grant the requested waiver; refused for those who gain from it."""
    place = _locked(action_village_id)
    rights.require_waiver_decider(acting_user, place)
    _refuse_other(place, "village_waived", version)
    place.decided_by, place.decision_note = acting_user, note.strip()
    return _decide(place, "village_waived", acting_user, occurred_at)


@transaction.atomic
def decline_waiver(
    action_village_id: int,
    *,
    note: str,
    acting_user: User,
    version: int | None = None,
    occurred_at: datetime | None = None,
) -> ActionVillage:
    """Decline the requested waiver with a reason; the village is open again."""
    place = _locked(action_village_id)
    rights.require_waiver_decider(acting_user, place)
    _refuse_other(place, "waiver_declined", version)
    sentence = _("Say why the waiver is declined. The lead agency reads it.")
    place.decision_note = checks.required("note", note, sentence)
    place.decided_by = acting_user
    return _decide(place, "waiver_declined", acting_user, occurred_at)


def _locked(action_village_id: int) -> ActionVillage:
    """Return the village of an action, read after its action is locked."""
    rows = ActionVillage.objects.select_related("village", "changed_by")
    action = agreed_action(
        rows.values_list("action_id", flat=True).get(pk=action_village_id)
    )
    place = rows.get(pk=action_village_id)
    place.action = action
    return place


def _refuse_other(place: ActionVillage, verb: str, version: int | None) -> None:
    """Refuse a wrong state of action or village, and a village not as it was shown."""
    refuse_unless_moving(place.action, ACTION_VILLAGE[verb].label)
    check_village(place, verb)
    if version is not None:
        check_version(place, version)


def _for_lead(
    action_village_id: int, verb: str, acting_user: User, version: int | None
) -> ActionVillage:
    """Return the locked village, for a step that only the lead agency takes."""
    place = _locked(action_village_id)
    if not rights.may_act_for_lead(acting_user, place.action):
        raise PermissionDenied("action.report")
    _refuse_other(place, verb, version)
    return place


def _ask(
    place: ActionVillage,
    verb: str,
    reason: str,
    acting_user: User,
    occurred_at: datetime | None,
) -> ActionVillage:
    sentence = _("Say why it is not done in this village.")
    wanted = checks.required("reason", reason, sentence)
    _refuse_declined(place, wanted)
    place.reason, place.decision_note = wanted, ""
    place.requested_by, place.decided_by = acting_user, None
    return _move(place, verb, acting_user, occurred_at, place.reason)


def _refuse_declined(place: ActionVillage, reason: str) -> None:
    """Refuse a reason that was declined before: the next decision needs a new one."""
    declined = set(place.decisions.filter(is_granted=False).values_list("reason"))
    if place.decided_by and place.status == ActionVillage.Status.PENDING:
        declined.add((place.reason,))
    if folded(reason) in {folded(text) for (text,) in declined}:
        sentence = _("This reason was declined before. Write what is new.")
        raise ValidationError({"reason": sentence})


def _decide(
    place: ActionVillage, verb: str, acting_user: User, occurred_at: datetime | None
) -> ActionVillage:
    """Keep the decision beside the reason it answers, and move the village."""
    WaiverDecision.objects.create(
        place=place,
        reason=place.reason,
        requested_by_id=cast(int, place.requested_by_id),
        is_granted=verb == "village_waived",
        note=place.decision_note,
        decided_by=acting_user,
        decided_at=checks.moment(occurred_at),
    )
    return _move(place, verb, acting_user, occurred_at, place.decision_note)


def _move(
    place: ActionVillage,
    verb: str,
    acting_user: User,
    occurred_at: datetime | None,
    note: str = "",
) -> ActionVillage:
    when = checks.moment(occurred_at)
    place.status = check_village(place, verb).target
    place.save(
        update_fields=[
            "status",
            "reason",
            "requested_by",
            "decided_by",
            "decision_note",
            *next_version(place, acting_user),
        ]
    )
    _count_open(place.action)
    text = f"{place.village}: {note}" if note else str(place.village)
    event = record_event(place.action, verb, acting_user, occurred_at=when, note=text)
    notifications.notify_of_waiver(place, event)
    return place


def _count_open(action: Action) -> None:
    action.villages_open = action.action_villages.filter(
        status__in=OPEN_VILLAGE
    ).count()
    action.save(update_fields=["villages_open"])
