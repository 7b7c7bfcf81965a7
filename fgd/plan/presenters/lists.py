"""The action plan as a page and as a file, and its rows with their labels."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.lists import Sort
from fgd.plan.forms.filters import OwnPlanFilter, PlanFilter
from fgd.plan.models import reference_of
from fgd.plan.presenters.files import action_file
from fgd.plan.selectors.plan import (
    SORTS,
    WAITING,
    actions_in_plan,
    list_values,
    sees_whole_plan,
)
from fgd.plan.workflow import (
    ACTION_BADGE_STYLES,
    ACTION_STATE_LABELS,
    RETURNED,
    shown_state,
)


def with_labels(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of `list_values` with reference, state, badge style, lateness."""
    today = timezone.localdate()
    labels = {value: str(label) for value, label in ACTION_STATE_LABELS.items()}
    return [_with_labels(row, labels, today) for row in rows]


def _with_labels(
    row: Mapping[str, Any], labels: Mapping[str, str], today: date
) -> dict[str, Any]:
    names = row["village_names"]
    state = shown_state(row["status"], row["return_reason"])
    return {
        **row,
        "reference": reference_of(row["id"]),
        "lead": row["lead_agency__short_name"],
        "state": labels[state],
        "badge_style": ACTION_BADGE_STYLES[state],
        "returned": row["return_reason"] if state == RETURNED else "",
        "is_overdue": row["status"] in WAITING and row["due_on"] < today,
        "place": names[0] if names else "",
        "more_places": max(len(names) - 1, 0),
    }


def _form(request: Request) -> PlanFilter:
    """Return the filter form that suits what the user sees."""
    if sees_whole_plan(request.user):
        return PlanFilter(request.GET, user=request.user)
    return OwnPlanFilter(request.GET, user=request.user)


def _rows(user: User, form: PlanFilter) -> QuerySet[Any, dict[str, Any]]:
    return list_values(form.narrow(actions_in_plan(user)))


def _sorts() -> dict[str, Sort]:
    labels = {"tenggat": _("Due date"), "nomor": _("Reference")}
    return {key: Sort(order, labels[key]) for key, order in SORTS.items()}


ACTIONS = ListPage(
    form=_form, rows=_rows, sorts=_sorts, file=lambda _form: action_file()
)
