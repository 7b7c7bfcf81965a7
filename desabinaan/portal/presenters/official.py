"""The four tasks on a village official's home page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.accounts.access import Actor
from desabinaan.portal.presenters.staff import shown
from desabinaan.portal.presenters.tasks import Task, filtered
from desabinaan.portal.selectors.meetings import Meetings
from fgd.sessions.models import Session
from reports.followup.selectors import ActionTaskCounts
from reports.monthly.models import ReportSlot
from reports.monthly.selectors.slots import due_in_own_village
from villages.places.permissions import roles_for
from villages.register.models import Village


def official_tasks(
    user: Actor, actions: ActionTaskCounts, meetings: Meetings
) -> list[Task]:
    return [
        _report(due_in_own_village(user)),
        _actions(actions),
        _sessions(meetings.upcoming),
        _village(_own_villages(user)),
    ]


def _report(due: Sequence[ReportSlot]) -> Task:
    if not due:
        return Task(
            _("Monthly report"),
            filtered("monthly:report_list"),
            "clipboard-check",
            _("Everything is sent. Thank you."),
            badge_style="done",
        )
    slot = due[0]
    return Task(
        _("%(month)s report") % {"month": date_format(slot.month, "YEAR_MONTH_FORMAT")},
        reverse("monthly:report_fill", args=[slot.village.code, slot.month]),
        "clipboard-list",
        _due_words(slot),
        len(due) if len(due) > 1 else None,
        "late" if slot.is_late() else "waiting",
    )


def _due_words(slot: ReportSlot) -> str:
    day = date_format(slot.due_on, "DATE_FORMAT")
    if slot.status == ReportSlot.Status.RETURNED:
        return _("Came back with a reason. Please correct it.")
    if slot.is_late():
        return _("Late: it was due on %(day)s.") % {"day": day}
    if slot.status == ReportSlot.Status.DRAFT:
        return _("A draft is kept. Send it by %(day)s.") % {"day": day}
    return _("Send it by %(day)s.") % {"day": day}


def _actions(actions: ActionTaskCounts) -> Task:
    overdue = ngettext(
        "%(count)s is overdue.", "%(count)s are overdue.", actions.overdue
    ) % {"count": shown(actions.overdue)}
    calm = _("What was agreed for your village.")
    return Task(
        _("Village tasks"),
        filtered("plan:action_list"),
        "list-checks",
        overdue if actions.overdue else calm,
        shown(actions.open) or None,
        "late" if actions.overdue else "",
    )


def _sessions(upcoming: Sequence[Session]) -> Task:
    text = _("Invitations and final minutes.")
    if upcoming:
        day = date_format(upcoming[0].first_day, "DATE_FORMAT")
        text = _("The next one is on %(day)s.") % {"day": day}
    return Task(
        _("FGD invitations"),
        filtered("sessions:session_list"),
        "users",
        text,
        len(upcoming) or None,
        "waiting" if upcoming else "",
    )


def _own_villages(user: Actor) -> list[Village]:
    """Return at most two, enough to see whether there is only one."""
    own = roles_for(user).villages("report.submit")
    return list(Village.objects.filter(pk__in=own).defer("search").order_by("pk")[:2])


def _village(villages: Sequence[Village]) -> Task:
    if len(villages) == 1:
        url = reverse("portal:village_overview", args=[villages[0].code])
    else:
        url = filtered("register:village_list")
    return Task(
        _("Your village"),
        url,
        "map-pin-house",
        _("Your officer, contacts, decree and history."),
    )
