"""Every kind of notice: its sentence, and the category by which people choose e-mails.

Sentences name a place, a month, a day or a number, never a person and nothing that
somebody wrote. Higher apps decide when a notice is due.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Channel(TextChoices):
    """How a notice is delivered besides the list in the portal."""

    AT_ONCE = "at_once", _("By e-mail at once")
    DIGEST = "digest", _("Once a day, in one e-mail")
    PORTAL = "portal", _("Only here in the portal")


class Category(TextChoices):
    """Group of notices for which people choose a channel."""

    CHECKING = "checking", _("Monthly reports to check")
    REPORTING = "reporting", _("The monthly report of my village")
    SESSIONS = "sessions", _("Final minutes of an FGD")
    DEADLINES = "deadlines", _("Due dates of my actions")
    PROGRESS = "progress", _("Actions reported, returned or verified")
    VILLAGES = "villages", _("Proposals of villages and their decrees")
    ACCOUNTS = "accounts", _("Account requests and second approvals")
    ASSIGNMENTS = "assignments", _("My own assignments")


class Kind(StrEnum):
    REPORT_SUBMITTED = "report_submitted"
    CORRECTION_REQUESTED = "correction_requested"
    MONTH_OPENED = "month_opened"
    REPORT_ENTERED = "report_entered"
    REPORT_RETURNED = "report_returned"
    REPORT_VERIFIED = "report_verified"
    REPORT_EXCUSED = "report_excused"
    REPORT_DUE_SOON = "report_due_soon"
    REPORT_LATE = "report_late"
    SESSION_FINAL = "session_final"
    ACTIONS_AGREED = "actions_agreed"
    ACTION_DUE_SOON = "action_due_soon"
    ACTION_OVERDUE = "action_overdue"
    ACTION_REPORTED = "action_reported"
    ACTION_RETURNED = "action_returned"
    ACTION_VERIFIED = "action_verified"
    ACTION_CANCELLED = "action_cancelled"
    WAIVER_REQUESTED = "waiver_requested"
    WAIVER_GRANTED = "waiver_granted"
    WAIVER_DECLINED = "waiver_declined"
    VILLAGE_PROPOSED = "village_proposed"
    VILLAGE_DESIGNATED = "village_designated"
    PROPOSAL_DECLINED = "proposal_declined"
    ACCOUNT_REQUESTED = "account_requested"
    ACCOUNT_APPROVED = "account_approved"
    ACCOUNT_DECLINED = "account_declined"
    APPROVAL_REQUESTED = "approval_requested"
    APPROVAL_GRANTED = "approval_granted"
    APPROVAL_DECLINED = "approval_declined"
    ASSIGNMENT_BEGUN = "assignment_begun"
    ASSIGNMENT_ENDED = "assignment_ended"
    FOCAL_POINT_BEGUN = "focal_point_begun"
    FOCAL_POINT_ENDED = "focal_point_ended"


#: People who check forty villages get one list a day; all else is sent at once.
USUAL = dict.fromkeys(Category, Channel.AT_ONCE) | {
    Category.CHECKING: Channel.DIGEST,
    Category.PROGRESS: Channel.DIGEST,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind's category, its sentence and its badge style (tag `badge_icon`).

    The sentence may contain `about`, `month` and `day` of the subject.
    """

    category: Category
    sentence: StrOrPromise
    badge_style: str = "moving"


WORDINGS: dict[Kind, Wording] = {
    Kind.REPORT_SUBMITTED: Wording(
        Category.CHECKING,
        _("The report of %(month)s from %(about)s has arrived. Please check it."),
        "waiting",
    ),
    Kind.CORRECTION_REQUESTED: Wording(
        Category.CHECKING,
        _("The verified report of %(month)s from %(about)s will be corrected."),
    ),
    Kind.MONTH_OPENED: Wording(
        Category.REPORTING,
        _("You can now send the report of %(month)s for %(about)s."),
        "waiting",
    ),
    Kind.REPORT_ENTERED: Wording(
        Category.REPORTING,
        _("An officer entered the report of %(month)s for %(about)s. Please check it."),
    ),
    Kind.REPORT_RETURNED: Wording(
        Category.REPORTING,
        _("The report of %(month)s for %(about)s was returned. Please correct it."),
        "late",
    ),
    Kind.REPORT_VERIFIED: Wording(
        Category.REPORTING,
        _("The report of %(month)s for %(about)s is verified."),
        "done",
    ),
    Kind.REPORT_EXCUSED: Wording(
        Category.REPORTING,
        _("No report is needed for %(about)s in %(month)s."),
        "quiet",
    ),
    Kind.REPORT_DUE_SOON: Wording(
        Category.REPORTING,
        _("The report of %(month)s for %(about)s is due in a few days."),
        "waiting",
    ),
    Kind.REPORT_LATE: Wording(
        Category.REPORTING,
        _("The report of %(month)s for %(about)s is late. Please send it."),
        "late",
    ),
    Kind.SESSION_FINAL: Wording(
        Category.SESSIONS,
        _("The minutes of the FGD of %(day)s at %(about)s are final."),
        "done",
    ),
    Kind.ACTIONS_AGREED: Wording(
        Category.SESSIONS,
        _("The FGD of %(day)s at %(about)s agreed on actions for you."),
        "waiting",
    ),
    Kind.ACTION_DUE_SOON: Wording(
        Category.DEADLINES, _("Action %(about)s is due on %(day)s."), "waiting"
    ),
    Kind.ACTION_OVERDUE: Wording(
        Category.DEADLINES,
        _("Action %(about)s was due on %(day)s. Please report its progress."),
        "late",
    ),
    Kind.ACTION_REPORTED: Wording(
        Category.PROGRESS,
        _("Action %(about)s is reported as done. Please verify it."),
        "waiting",
    ),
    Kind.ACTION_RETURNED: Wording(
        Category.PROGRESS,
        _("Action %(about)s was returned. Please read what is missing."),
        "late",
    ),
    Kind.ACTION_VERIFIED: Wording(
        Category.PROGRESS, _("Action %(about)s is verified as done."), "done"
    ),
    Kind.ACTION_CANCELLED: Wording(
        Category.PROGRESS,
        _("Action %(about)s is cancelled. The reason is on its page."),
        "quiet",
    ),
    Kind.WAIVER_REQUESTED: Wording(
        Category.PROGRESS,
        _("Action %(about)s asks for a waiver of a village. Please decide."),
        "waiting",
    ),
    Kind.WAIVER_GRANTED: Wording(
        Category.PROGRESS, _("A waiver of action %(about)s is granted."), "done"
    ),
    Kind.WAIVER_DECLINED: Wording(
        Category.PROGRESS,
        _("A waiver of action %(about)s is declined. Please read why."),
        "late",
    ),
    Kind.VILLAGE_PROPOSED: Wording(
        Category.VILLAGES, _("%(about)s is proposed. Please decide."), "waiting"
    ),
    Kind.VILLAGE_DESIGNATED: Wording(
        Category.VILLAGES, _("%(about)s is designated by decree."), "done"
    ),
    Kind.PROPOSAL_DECLINED: Wording(
        Category.VILLAGES,
        _("The proposal of %(about)s is declined. Please read why."),
        "late",
    ),
    Kind.ACCOUNT_REQUESTED: Wording(
        Category.ACCOUNTS,
        _("%(about)s requests an account. Please decide."),
        "waiting",
    ),
    Kind.ACCOUNT_APPROVED: Wording(
        Category.ACCOUNTS,
        _("The account that %(about)s requested is approved."),
        "done",
    ),
    Kind.ACCOUNT_DECLINED: Wording(
        Category.ACCOUNTS,
        _("The account that %(about)s requested is declined. Please read why."),
        "late",
    ),
    Kind.APPROVAL_REQUESTED: Wording(
        Category.ACCOUNTS,
        _("A request at %(about)s needs your approval. Please decide."),
        "waiting",
    ),
    Kind.APPROVAL_GRANTED: Wording(
        Category.ACCOUNTS,
        _("Your request at %(about)s is approved."),
        "done",
    ),
    Kind.APPROVAL_DECLINED: Wording(
        Category.ACCOUNTS,
        _("Your request at %(about)s is declined. Please read why."),
        "late",
    ),
    Kind.ASSIGNMENT_BEGUN: Wording(
        Category.ASSIGNMENTS, _("You serve at %(about)s from %(day)s on."), "done"
    ),
    Kind.ASSIGNMENT_ENDED: Wording(
        Category.ASSIGNMENTS,
        _("Your assignment at %(about)s ends on %(day)s."),
        "quiet",
    ),
    Kind.FOCAL_POINT_BEGUN: Wording(
        Category.ASSIGNMENTS,
        _("You are a focal point of %(about)s from %(day)s on."),
        "done",
    ),
    Kind.FOCAL_POINT_ENDED: Wording(
        Category.ASSIGNMENTS,
        _("You are a focal point of %(about)s until %(day)s."),
        "quiet",
    ),
}


def kinds_of_category(category: str) -> list[Kind]:
    return [kind for kind, wording in WORDINGS.items() if wording.category == category]
