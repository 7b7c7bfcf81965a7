"""Who may do what: the one table of the house.

A *place* (village, office, agency, session, action, report slot) answers
`roles_of(user)`: the roles this user holds there, now. Only this file says
what a role may do. Rows are narrowed by `visible_to`, verbs by `require`.
"""

from collections.abc import Set
from typing import TYPE_CHECKING, Protocol, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.transitions import Table, Transition

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from desabinaan.accounts.models import User

#: Any user, signed in or not.
Actor: TypeAlias = "User | AnonymousUser"


class Role(TextChoices):
    REGIONAL_STAFF = "regional_staff", _("Regional office staff")
    OFFICE_STAFF = "office_staff", _("Immigration office staff")
    PIMPASA = "pimpasa", _("Village immigration officer (PIMPASA)")
    VILLAGE_OFFICIAL = "village_official", _("Village official")
    TRIAGE_OFFICER = "triage_officer", _("Triage officer")
    LEADER = "leader", _("Leader")
    AUDITOR = "auditor", _("Auditor")
    FOCAL_POINT = "focal_point", _("Agency focal point")


#: Who holds one of these guards confidential reports: granting it, changing the
#: holder's contact data or opening the holder's account takes a second person.
GUARDED_ROLES = frozenset({Role.TRIAGE_OFFICER, Role.AUDITOR})


class Place(Protocol):
    def roles_of(self, user: Actor) -> Set[Role]: ...


READ_OUTREACH = {"outreach.view", "outreach.view_photos"}
READ_VILLAGES = {
    "village.view",
    "village.view_contacts",
    "village.map",
    "vulnerability.view",
    "office.view",
}
READ_SESSIONS = {
    "session.view",
    "session.view_final",
    "participant.view",
    "action.view",
    "agency.view",
    "agency.look_up",
}
RUN_SESSIONS = READ_SESSIONS | {
    "session.create",
    "session.change",
    "session.cancel",
    "session.finalise",
    "participant.change",
    "minutes.change",
    "action.create",
    "action.change",
    "agency.propose",
}
FOLLOW_ACTIONS = {
    "action.report_on_behalf",
    "action.verify",
    "evidence.view",
    "evidence.add",
    "evidence.withdraw",
}
CHECK_REPORTS = {"report.view", "report.verify", "report.return"}
OWN_FOLLOW_UP = {
    "agency.look_up",
    "session.view_final",
    "action.view",
    "action.report",
    "evidence.view",
    "evidence.add",
}

CAPABILITIES: dict[Role, frozenset[str]] = {
    # At its own office's sessions a Kanwil's staff coordinates: see Office.roles_of.
    Role.REGIONAL_STAFF: frozenset(
        READ_VILLAGES
        | READ_OUTREACH
        | (RUN_SESSIONS - {"participant.change"})
        | (FOLLOW_ACTIONS - {"evidence.add", "evidence.withdraw"})
        | {
            "village.change",
            "village.change_contacts",
            "village.designate",
            "village.import",
            "vulnerability.enter",
            "vulnerability.weigh",
            "agency.speak_for_office",
            "assignment.change",
            "account.approve",
            "account.second",
            "account.issue_code",
            "action.cancel",
            "report.view",
            "report.return",
        }
    ),
    Role.OFFICE_STAFF: frozenset(
        READ_VILLAGES
        | READ_OUTREACH
        | RUN_SESSIONS
        | FOLLOW_ACTIONS
        | CHECK_REPORTS
        | {
            "outreach.change",
            "village.propose",
            "village.import",
            "village.change",
            "village.change_contacts",
            "agency.speak_for_office",
            "assignment.change",
            "account.request",
            "account.issue_code",
            "action.cancel",
            "report.enter_on_behalf",
            "report.excuse",
        }
    ),
    Role.PIMPASA: frozenset(
        READ_VILLAGES
        | READ_OUTREACH
        | RUN_SESSIONS
        | FOLLOW_ACTIONS
        | CHECK_REPORTS
        | {
            "outreach.change",
            "village.propose",
            "village.change",
            "village.change_contacts",
            "account.issue_code",
            "report.enter_on_behalf",
        }
    ),
    Role.VILLAGE_OFFICIAL: frozenset(
        OWN_FOLLOW_UP
        | READ_OUTREACH
        | {
            "village.view",
            "village.view_contacts",
            "village.change_contacts",
            "report.view",
            "report.submit",
            "report.request_correction",
        }
    ),
    Role.FOCAL_POINT: frozenset(OWN_FOLLOW_UP | {"agency.change_contact"}),
    Role.AUDITOR: frozenset(
        READ_VILLAGES
        | (READ_SESSIONS - {"participant.view"})
        | {"evidence.list", "outreach.view", "totals.view"}
    ),
    Role.LEADER: frozenset({"totals.view"}),
    Role.TRIAGE_OFFICER: frozenset({"agency.look_up"}),
}


def roles_with(capability: str) -> frozenset[Role]:
    """The roles that carry `capability`, for scoping rows."""
    return frozenset(role for role, held in CAPABILITIES.items() if capability in held)


def may(user: Actor, capability: str, place: Place) -> bool:
    """Whether a role that `user` holds at `place` carries `capability`."""
    if not user.is_authenticated:
        return False
    return any(capability in CAPABILITIES[role] for role in place.roles_of(user))


def require(user: Actor, capability: str, place: Place) -> None:
    """Raise PermissionDenied (403) unless `user` may do this at `place`."""
    if not may(user, capability, place):
        raise PermissionDenied(capability)


def open_verbs(
    user: Actor, table: Table, status: str, place: Place
) -> dict[str, Transition]:
    """The rows of a workflow that are possible in `status` and that `user` may do."""
    return {
        verb: row
        for verb, row in table.items()
        if status in row.sources and may(user, row.capability, place)
    }
