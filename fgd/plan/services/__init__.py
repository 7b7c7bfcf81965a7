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
    settle_village,
    start_action,
    verify,
)
from fgd.plan.services.progress import (
    EvidenceFile,
    Progress,
    ProgressResult,
    add_evidence,
    report_progress,
    withdraw_evidence,
)

__all__ = [
    "ActionData",
    "EvidenceFile",
    "Progress",
    "ProgressResult",
    "add_action",
    "add_evidence",
    "add_evidence_count",
    "add_recommendation",
    "cancel_action",
    "change_action",
    "change_recommendation",
    "finalise",
    "remove_action",
    "remove_recommendation",
    "report_done",
    "report_progress",
    "return_action",
    "set_progress",
    "settle_village",
    "start_action",
    "verify",
    "withdraw_evidence",
]
