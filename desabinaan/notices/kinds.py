"""Every kind of notice: its words, and the matter by which people choose their mail.

Words are free of content: they name a place, a month, a day or a number, never a
person and nothing that somebody wrote. Higher floors say when a notice is due.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Channel(TextChoices):
    """How a notice also reaches the mailbox."""

    AT_ONCE = "at_once", _("By e-mail at once")
    DIGEST = "digest", _("Once a day, in one e-mail")
    PORTAL = "portal", _("Only here in the portal")


class Matter(TextChoices):
    """What people choose their mail by."""

    CHECKING = "checking", _("Monthly reports to check")
    REPORTING = "reporting", _("The monthly report of my village")
    SESSIONS = "sessions", _("Final minutes of an FGD")
    DEADLINES = "deadlines", _("Due dates of my actions")
    PROGRESS = "progress", _("Actions reported, returned or verified")
    VILLAGES = "villages", _("Proposals of villages and their decrees")
    ACCOUNTS = "accounts", _("Account requests and deeds of two persons")
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
    VILLAGE_PROPOSED = "village_proposed"
    VILLAGE_DESIGNATED = "village_designated"
    PROPOSAL_DECLINED = "proposal_declined"
    ACCOUNT_REQUESTED = "account_requested"
    ACCOUNT_APPROVED = "account_approved"
    ACCOUNT_DECLINED = "account_declined"
    DEED_ASKED = "deed_asked"
    DEED_CONFIRMED = "deed_confirmed"
    DEED_DECLINED = "deed_declined"
    ASSIGNMENT_BEGUN = "assignment_begun"
    ASSIGNMENT_ENDED = "assignment_ended"
    FOCAL_POINT_BEGUN = "focal_point_begun"
    FOCAL_POINT_ENDED = "focal_point_ended"


#: Who checks forty villages reads a list once a day; all else comes at once.
USUAL = dict.fromkeys(Matter, Channel.AT_ONCE) | {
    Matter.CHECKING: Channel.DIGEST,
    Matter.PROGRESS: Channel.DIGEST,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A kind's matter, its sentence and its tone (tag `tone_icon`).

    The sentence may name `about`, the `month` and the `day` of the subject.
    """

    matter: Matter
    sentence: StrOrPromise
    tone: str = "moving"


WORDINGS: dict[Kind, Wording] = {
    Kind.REPORT_SUBMITTED: Wording(
        Matter.CHECKING,
        _("The report of %(month)s from %(about)s has arrived. Please check it."),
        "waiting",
    ),
    Kind.CORRECTION_REQUESTED: Wording(
        Matter.CHECKING,
        _("The verified report of %(month)s from %(about)s will be corrected."),
    ),
    Kind.MONTH_OPENED: Wording(
        Matter.REPORTING,
        _("You can now send the report of %(month)s for %(about)s."),
        "waiting",
    ),
    Kind.REPORT_ENTERED: Wording(
        Matter.REPORTING,
        _("An officer entered the report of %(month)s for %(about)s. Please look."),
    ),
    Kind.REPORT_RETURNED: Wording(
        Matter.REPORTING,
        _("The report of %(month)s for %(about)s came back. Please correct it."),
        "late",
    ),
    Kind.REPORT_VERIFIED: Wording(
        Matter.REPORTING,
        _("The report of %(month)s for %(about)s is verified."),
        "done",
    ),
    Kind.REPORT_EXCUSED: Wording(
        Matter.REPORTING,
        _("No report is needed for %(about)s in %(month)s."),
        "quiet",
    ),
    Kind.REPORT_DUE_SOON: Wording(
        Matter.REPORTING,
        _("The report of %(month)s for %(about)s is due in a few days."),
        "waiting",
    ),
    Kind.REPORT_LATE: Wording(
        Matter.REPORTING,
        _("The report of %(month)s for %(about)s is late. Please send it."),
        "late",
    ),
    Kind.SESSION_FINAL: Wording(
        Matter.SESSIONS,
        _("The minutes of the FGD of %(day)s at %(about)s are final."),
        "done",
    ),
    Kind.ACTIONS_AGREED: Wording(
        Matter.SESSIONS,
        _("The FGD of %(day)s at %(about)s agreed on actions for you."),
        "waiting",
    ),
    Kind.ACTION_DUE_SOON: Wording(
        Matter.DEADLINES, _("Action %(about)s is due on %(day)s."), "waiting"
    ),
    Kind.ACTION_OVERDUE: Wording(
        Matter.DEADLINES,
        _("Action %(about)s was due on %(day)s. Please tell how far it is."),
        "late",
    ),
    Kind.ACTION_REPORTED: Wording(
        Matter.PROGRESS,
        _("Action %(about)s is reported done. Please verify it."),
        "waiting",
    ),
    Kind.ACTION_RETURNED: Wording(
        Matter.PROGRESS,
        _("Action %(about)s came back. Please read what is missing."),
        "late",
    ),
    Kind.ACTION_VERIFIED: Wording(
        Matter.PROGRESS, _("Action %(about)s is verified as done."), "done"
    ),
    Kind.ACTION_CANCELLED: Wording(
        Matter.PROGRESS,
        _("Action %(about)s is cancelled. The reason stands with it."),
        "quiet",
    ),
    Kind.VILLAGE_PROPOSED: Wording(
        Matter.VILLAGES, _("%(about)s is proposed. Please decide."), "waiting"
    ),
    Kind.VILLAGE_DESIGNATED: Wording(
        Matter.VILLAGES, _("%(about)s is designated by decree."), "done"
    ),
    Kind.PROPOSAL_DECLINED: Wording(
        Matter.VILLAGES,
        _("The proposal of %(about)s is declined. Please read why."),
        "late",
    ),
    Kind.ACCOUNT_REQUESTED: Wording(
        Matter.ACCOUNTS,
        _("%(about)s asks for an account. Please decide."),
        "waiting",
    ),
    Kind.ACCOUNT_APPROVED: Wording(
        Matter.ACCOUNTS,
        _("The account that %(about)s asked for is approved."),
        "done",
    ),
    Kind.ACCOUNT_DECLINED: Wording(
        Matter.ACCOUNTS,
        _("The account that %(about)s asked for is declined. Please read why."),
        "late",
    ),
    Kind.DEED_ASKED: Wording(
        Matter.ACCOUNTS,
        _("A deed of two persons at %(about)s waits for you. Please decide."),
        "waiting",
    ),
    Kind.DEED_CONFIRMED: Wording(
        Matter.ACCOUNTS,
        _("The deed of two persons that you asked for at %(about)s is confirmed."),
        "done",
    ),
    Kind.DEED_DECLINED: Wording(
        Matter.ACCOUNTS,
        _(
            "The deed of two persons that you asked for at %(about)s is declined. "
            "Please read why."
        ),
        "late",
    ),
    Kind.ASSIGNMENT_BEGUN: Wording(
        Matter.ASSIGNMENTS, _("You serve at %(about)s from %(day)s on."), "done"
    ),
    Kind.ASSIGNMENT_ENDED: Wording(
        Matter.ASSIGNMENTS, _("Your assignment at %(about)s ends on %(day)s."), "quiet"
    ),
    Kind.FOCAL_POINT_BEGUN: Wording(
        Matter.ASSIGNMENTS, _("You speak for %(about)s from %(day)s on."), "done"
    ),
    Kind.FOCAL_POINT_ENDED: Wording(
        Matter.ASSIGNMENTS, _("You speak for %(about)s until %(day)s."), "quiet"
    ),
}


def kinds_of(matter: str) -> list[Kind]:
    return [kind for kind, wording in WORDINGS.items() if wording.matter == matter]
