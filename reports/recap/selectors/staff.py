"""What waits for the Kanwil, a Kanim or a PIMPASA."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from reports.followup.selectors.waiting import Waiting as WaitingActions
from reports.monthly.selectors import Waiting as WaitingReports
from reports.monthly.selectors import waiting_for as waiting_reports
from reports.recap.selectors.meetings import Meetings
from reports.recap.selectors.tasks import Task, filtered
from villages.selectors import village_counts
from villages.selectors.guarded import waiting_accounts
from villages.selectors.outreach import unrecorded_for
from villages.standing import standing_of

#: A count stops here: "99+" tells enough.
MOST = 100


def staff_tasks(user: Actor, actions: WaitingActions, meetings: Meetings) -> list[Task]:
    """What waits, without what is at zero; the most pressing first."""
    tasks = [
        *_report_tasks(waiting_reports(user)),
        *_action_tasks(actions),
        *_village_tasks(user),
        _outreach_task(user),
        *_account_tasks(user),
        _minutes_task(meetings),
    ]
    return [task for task in tasks if task.count]


def _report_tasks(reports: WaitingReports) -> list[Task]:
    return [
        Task(
            _("Reports to verify"),
            filtered("monthly:report_list", status="submitted"),
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


def _action_tasks(actions: WaitingActions) -> list[Task]:
    return [
        Task(
            _("Actions to verify"),
            filtered("followup:action_list", state="reported_done"),
            "badge-check",
            _("The lead agency has reported them done."),
            shown(actions.to_verify),
            "waiting",
        ),
        Task(
            _("Overdue actions"),
            filtered("followup:action_list", overdue="on"),
            "alarm-clock",
            _("Past the due date and not yet reported done."),
            shown(actions.overdue),
            "late",
        ),
    ]


def _village_tasks(user: Actor) -> list[Task]:
    counts = village_counts(user)
    decides = standing_of(user).offices("village.designate")
    return [
        Task(
            _("Villages to designate"),
            filtered("villages:village_list", status="proposed"),
            "stamp",
            _("Proposed by an office; the decree is still to come."),
            counts["proposed"] if decides else 0,
            "waiting",
        ),
        Task(
            _("Villages without an officer"),
            filtered("villages:village_list", pimpasa="tanpa", status="designated"),
            "user-x",
            _("No PIMPASA serves there today."),
            counts["without_pimpasa"],
            "waiting",
        ),
    ]


def _outreach_task(user: Actor) -> Task:
    """Plans up to yesterday; the list may hold more that others should record."""
    yesterday = timezone.localdate() - timedelta(days=1)
    return Task(
        _("Activities to record"),
        filtered(
            "villages:outreach_list", status="planned", sampai=yesterday.isoformat()
        ),
        "calendar-clock",
        _("Their day has passed: record what came of them, or cancel them."),
        shown(unrecorded_for(user)[:MOST].count()),
        "late",
    )


def _account_tasks(user: Actor) -> list[Task]:
    if not standing_of(user).offices("account.approve"):
        return []
    waiting = waiting_accounts(user, MOST)
    return [
        Task(
            _("Accounts to approve"),
            filtered("villages:account_request_list", status="requested"),
            "user-plus",
            _("Asked for by an immigration office."),
            shown(waiting["request"]),
            "waiting",
        ),
        Task(
            _("Second person wanted"),
            filtered("villages:guarded_list", status="asked"),
            "shield-check",
            _("An administrator asks; you confirm or decline."),
            shown(waiting["guarded"]),
            "waiting",
        ),
    ]


def _minutes_task(meetings: Meetings) -> Task:
    over = meetings.unfinished
    url = filtered("fgd:session_list")
    if len(over) == 1:
        url = reverse("fgd:session_detail", kwargs={"pk": over[0].pk})
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
