"""Rows of the action plan as lists show them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.lib.web.lists import Sort
from fgd.plan.models import Action
from fgd.plan.selectors.plan import SORTS, WAITING, reference_of
from fgd.plan.workflow import ACTION_BADGE_STYLES


def with_labels(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of `list_values` with reference, state, badge style, lateness."""
    today = timezone.localdate()
    labels = {value: str(label) for value, label in Action.Status.choices}
    return [_with_labels(row, labels, today) for row in rows]


def plan_sorts() -> dict[str, Sort]:
    """Return the columns that the plan can be sorted by, with their headings."""
    labels = {"tenggat": _("Due date"), "nomor": _("Reference")}
    return {key: Sort(order, labels[key]) for key, order in SORTS.items()}


def _with_labels(
    row: Mapping[str, Any], labels: Mapping[str, str], today: date
) -> dict[str, Any]:
    names = row["village_names"]
    return {
        **row,
        "reference": reference_of(row["id"]),
        "lead": row["lead_agency__short_name"],
        "state": labels[row["status"]],
        "badge_style": ACTION_BADGE_STYLES[row["status"]],
        "is_overdue": row["status"] in WAITING and row["due_on"] < today,
        "place": names[0] if names else "",
        "more_places": max(len(names) - 1, 0),
    }
