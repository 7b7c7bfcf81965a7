"""The tasks of the Kanwil, a Kanim or a PIMPASA."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.portal.presenters.tasks import Task, filtered
from desabinaan.portal.selectors.meetings import Meetings
from reports.followup.selectors import ActionTaskCounts
from reports.monthly.selectors.slots import ReportTaskCounts
from reports.monthly.selectors.slots import waiting_for as waiting_reports
from villages.outreach.selectors.activities import unrecorded_for
from villages.people.selectors.approvals import waiting_accounts
from villages.places.permissions import roles_for
from villages.register.selectors.villages import village_counts

#: Counting stops here and shows "99+".
MOST = 100


def staff_tasks(
    user: Actor, actions: ActionTaskCounts, meetings: Meetings
) -> list[Task]:
    """Return the tasks without those at zero, the most urgent first."""
    tasks = [
        *_report_tasks(waiting_reports(user)),
        *_action_tasks(actions),
        *_village_tasks(user),
        _outreach_task(user),
        *_account_tasks(user),
        _minutes_task(meetings),
    ]
    return [task for task in tasks if task.count]


def _report_tasks(reports: ReportTaskCounts) -> list[Task]:
    return [
        Task(
            _("Reports to verify"),
            filtered("monthly:report_list", status="periksa"),
            "clipboard-check",
            _("Monthly reports that villages have sent."),
            reports.to_verify,
            "waiting",
        ),
        Task(
            _("Late reports"),
            filtered("monthly:report_list", status="terlambat"),
            "clipboard-x",
            _("The due date has passed and nothing was sent."),
            reports.late,
            "late",
        ),
    ]


def _action_tasks(actions: ActionTaskCounts) -> list[Task]:
    return [
        Task(
            _("Actions to verify"),
            filtered("plan:action_list", task="verify"),
            "badge-check",
            _("The lead agency has reported them done."),
            shown(actions.to_verify),
            "waiting",
        ),
        Task(
            _("Waivers to decide"),
            filtered("plan:action_list", task="waiver"),
            "shield-question-mark",
            _("An agency asks that a village need not take part in its action."),
            shown(actions.with_waiver),
            "waiting",
        ),
        Task(
            _("Overdue actions"),
            filtered("plan:action_list", overdue="on"),
            "alarm-clock",
            _("Past the due date and not yet reported done."),
            shown(actions.overdue),
            "late",
        ),
    ]


def _village_tasks(user: Actor) -> list[Task]:
    counts = village_counts(user)
    decides = roles_for(user).offices("village.designate")
    return [
        Task(
            _("Villages to designate"),
            filtered("register:village_list", status="proposed"),
            "stamp",
            _("Proposed by an office; not designated by decree yet."),
            counts["proposed"] if decides else 0,
            "waiting",
        ),
        Task(
            _("Villages without an officer"),
            filtered("register:village_list", pimpasa="tanpa", status="designated"),
            "user-x",
            _("No PIMPASA serves there today."),
            counts["without_pimpasa"],
            "waiting",
        ),
    ]


def _outreach_task(user: Actor) -> Task:
    """Count plans up to yesterday; the list may show more, for others to record."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return Task(
        _("Activities to record"),
        filtered(
            "outreach:outreach_list", status="planned", sampai=yesterday.isoformat()
        ),
        "calendar-clock",
        _("Their day has passed: record the result, or cancel them."),
        shown(unrecorded_for(user)[:MOST].count()),
        "late",
    )


def _account_tasks(user: Actor) -> list[Task]:
    if not roles_for(user).offices("account.approve"):
        return []
    waiting = waiting_accounts(user, MOST)
    return [
        Task(
            _("Accounts to approve"),
            filtered("people:account_request_list", status="requested"),
            "user-plus",
            _("Asked for by an immigration office."),
            shown(waiting["request"]),
            "waiting",
        ),
        Task(
            _("Second approval needed"),
            filtered("people:approval_list", status="requested"),
            "shield-check",
            _("Requests of an administrator for you to approve or decline."),
            shown(waiting["approval"]),
            "waiting",
        ),
    ]


def _minutes_task(meetings: Meetings) -> Task:
    over = meetings.unfinished
    url = filtered("sessions:session_list", keadaan="berakhir")
    if len(over) == 1:
        url = reverse("sessions:session_detail", kwargs={"pk": over[0].pk})
    return Task(
        _("FGD minutes to finalise"),
        url,
        "notebook-pen",
        _("The session is over, its minutes are not final."),
        len(over),
        "waiting",
    )


def shown(count: int) -> int | str:
    return f"{MOST - 1}+" if count >= MOST else count
