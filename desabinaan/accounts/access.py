"""Who may do what: the only place that says what a role may do.

A *place* (village, office, agency, session, action, report slot) answers
`roles_of(user)`: the roles that this user holds there today. `visible_to` narrows
rows, `require` checks operations.
"""

from collections.abc import Set
from typing import TYPE_CHECKING, Protocol, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.transitions import Table, Transition

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


#: Roles that handle confidential reports: granting one, changing its holder's contact
#: data or issuing a code to its holder needs a second approval.
SENSITIVE_ROLES = frozenset({Role.TRIAGE_OFFICER, Role.AUDITOR})


class HasRoles(Protocol):
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
    "action.decide_waiver",
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
            "vulnerability.edit_model",
            "agency.speak_for_office",
            "assignment.change",
            "account.approve",
            "account.approve_sensitive",
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
            "evidence.view_own",
            "report.view",
            "report.submit",
            "report.request_correction",
        }
    ),
    Role.FOCAL_POINT: frozenset(
        OWN_FOLLOW_UP | {"evidence.view", "agency.change_contact"}
    ),
    Role.AUDITOR: frozenset(
        READ_VILLAGES
        | (READ_SESSIONS - {"participant.view"})
        | {"evidence.list", "outreach.view", "totals.view"}
    ),
    Role.LEADER: frozenset({"totals.view"}),
    Role.TRIAGE_OFFICER: frozenset({"agency.look_up"}),
}


def roles_with(capability: str) -> frozenset[Role]:
    """Return the roles that have `capability`, for scoping rows."""
    return frozenset(
        role
        for role, capabilities in CAPABILITIES.items()
        if capability in capabilities
    )


def may(user: Actor, capability: str, place: HasRoles) -> bool:
    """Return whether a role that `user` holds at `place` has `capability`."""
    if not user.is_authenticated:
        return False
    return any(capability in CAPABILITIES[role] for role in place.roles_of(user))


def require(user: Actor, capability: str, place: HasRoles) -> None:
    """Raise PermissionDenied (403) unless `user` may do this at `place`."""
    if not may(user, capability, place):
        raise PermissionDenied(capability)


def available_transitions(
    user: Actor, table: Table, status: str, place: HasRoles
) -> dict[str, Transition]:
    """Return the transitions possible in `status` that `user` may make."""
    return {
        verb: row
        for verb, row in table.items()
        if status in row.sources and may(user, row.capability, place)
    }
