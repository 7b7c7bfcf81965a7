"""Reads of this app."""

from fgd.plan.selectors.details import (
    action_detail_for,
    places_of,
    visible_action,
)
from fgd.plan.selectors.plan import (
    SORTS,
    actions_in_plan,
    actions_of_village,
    list_values,
    open_actions,
    sees_whole_plan,
)
from fgd.plan.selectors.rights import (
    may_act_for_lead,
    may_open_evidence,
    may_report,
    may_settle,
    require_verifier,
    require_waiver_decider,
    roles_at,
    waiver_deciders,
)

__all__ = [
    "SORTS",
    "action_detail_for",
    "actions_in_plan",
    "actions_of_village",
    "list_values",
    "may_act_for_lead",
    "may_open_evidence",
    "may_report",
    "may_settle",
    "open_actions",
    "places_of",
    "require_verifier",
    "require_waiver_decider",
    "roles_at",
    "sees_whole_plan",
    "visible_action",
    "waiver_deciders",
]
