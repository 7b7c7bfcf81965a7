"""Titles and breadcrumbs of the pages of one month."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.models import User
from reports.monthly.models import ReportSlot
from reports.monthly.presenters.slots import report_url, state_of

Crumbs = list[tuple[StrOrPromise, str | None]]


def month_of(slot: ReportSlot) -> str:
    return date_format(slot.month, "YEAR_MONTH_FORMAT")


def title_of(slot: ReportSlot) -> str:
    return _("Report of %(village)s, %(month)s") % {
        "village": slot.village.name,
        "month": month_of(slot),
    }


def crumbs_to_village(slot: ReportSlot) -> Crumbs:
    """Return the breadcrumbs that lead to a page of the slot's village."""
    village_url = reverse("monthly:village_reports", args=[slot.village.code])
    return [
        (_("Monthly reports"), reverse("monthly:report_list")),
        (str(slot.village), village_url),
    ]


def crumbs_to_month(slot: ReportSlot) -> Crumbs:
    """Return the breadcrumbs that lead to a page below the month's own page."""
    month_url = report_url(slot.village.code, slot.month)
    return [*crumbs_to_village(slot), (month_of(slot), month_url)]


def draft_key(user: User, slot: ReportSlot) -> str:
    """Return the name of the typed figures kept in this user's browser."""
    return f"bulanan-{user.pk}-{slot.pk}"


def task_of(slot: ReportSlot) -> dict[str, object]:
    """Return a month that is due, for components/tasks.html."""
    due = _("Due on %(day)s") % {"day": date_format(slot.due_on, "DATE_FORMAT")}
    returned = slot.status == ReportSlot.Status.RETURNED
    words = _("Correct the %(month)s report") if returned else _("Report %(month)s")
    return {
        "label": words % {"month": month_of(slot)},
        "url": reverse("monthly:report_fill", args=[slot.village.code, slot.month]),
        "icon": "clipboard-pen",
        "text": f"{slot.village} · {due}",
        "badge_style": state_of(slot.status, slot.due_on)["badge_style"],
    }


def links_after_receipt(code: str, month: date) -> list[tuple[str, str]]:
    """Return the pages that a receipt leads to, as (label, address)."""
    return [
        (_("See this report"), report_url(code, month)),
        (
            _("Other months of this village"),
            reverse("monthly:village_reports", args=[code]),
        ),
        (_("All monthly reports"), reverse("monthly:report_list")),
    ]
