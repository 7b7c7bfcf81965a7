from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from fgd.plan.models import Action
from fgd.plan.workflow import ACTION_BADGE_STYLES, ACTION_STATE_LABELS, shown_state


@dataclass(frozen=True, slots=True)
class StateBadge:
    """The state of an action as a badge."""

    label: StrOrPromise
    badge_style: str


def state_badge(action: Action) -> StateBadge:
    """Return the badge of the action, "returned" until something new is reported."""
    state = shown_state(action.status, action.return_reason)
    return StateBadge(ACTION_STATE_LABELS[state], ACTION_BADGE_STYLES[state])


def short_state_badge(action: Action, overdue: StrOrPromise) -> StateBadge:
    """Return one badge for short rows: returned, overdue, or else the state."""
    if action.is_overdue() and not action.return_reason:
        return StateBadge(overdue, "late")
    return state_badge(action)
