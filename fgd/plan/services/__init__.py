"""Writes of this app."""

from fgd.plan.services.agreements import (
    ActionData,
    add_action,
    add_recommendation,
    change_action,
    change_recommendation,
    remove_action,
    remove_recommendation,
)
from fgd.plan.services.finalising import finalise
from fgd.plan.services.follow_up import (
    add_evidence_count,
    cancel_action,
    report_done,
    return_action,
    set_progress,
    start_action,
    verify,
)
from fgd.plan.services.progress import (
    EvidenceFile,
    Progress,
    add_evidence,
    report_progress,
    withdraw_evidence,
)
from fgd.plan.services.villages import (
    correct_waiver_request,
    decline_waiver,
    grant_waiver,
    mark_village_done,
    request_waiver,
    withdraw_waiver_request,
)

__all__ = [
    "ActionData",
    "EvidenceFile",
    "Progress",
    "add_action",
    "add_evidence",
    "add_evidence_count",
    "add_recommendation",
    "cancel_action",
    "change_action",
    "change_recommendation",
    "correct_waiver_request",
    "decline_waiver",
    "finalise",
    "grant_waiver",
    "mark_village_done",
    "remove_action",
    "remove_recommendation",
    "report_done",
    "report_progress",
    "request_waiver",
    "return_action",
    "set_progress",
    "start_action",
    "verify",
    "withdraw_evidence",
    "withdraw_waiver_request",
]
