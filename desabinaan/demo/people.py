"""Assignments, village contacts and an account request of the demonstration."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from desabinaan.accounts.access import SENSITIVE_ROLES, Role
from desabinaan.demo.contents import contents, moment
from desabinaan.demo.officers import letter_of, relieve_first_officer, send_officer
from desabinaan.demo.portal import Portal
from villages.people.models import ApprovalRequest
from villages.people.services.account_requests import request_account
from villages.people.services.approvals import grant_approval, request_approval
from villages.register.models import OFFICE_ROLES, Village
from villages.register.services.assignments import assign
from villages.register.services.contacts import add_contact

REQUESTED = timedelta(days=3)
WITHOUT_ACCOUNT = "36.02.21.2005"


def staff_offices(portal: Portal) -> None:
    """Assign the staff of Kanwil and Kanim; sensitive roles by second approval."""
    office_people = [one for one in contents("people") if one["role"] in OFFICE_ROLES]
    for person in office_people:
        if person["role"] not in SENSITIVE_ROLES:
            assign(
                Role(person["role"]),
                portal.user(person["username"]),
                letter_of(person),
                office=portal.offices[person["place"]],
                acting_user=portal.user("admin"),
                occurred_at=moment(letter_of(person).starts_on),
            )
    portal.forget_roles()
    for person in office_people:
        if person["role"] in SENSITIVE_ROLES:
            _grant_with_approval(portal, person)
    portal.forget_roles()


def _grant_with_approval(portal: Portal, person: dict[str, Any]) -> None:
    letter = letter_of(person)
    begun = moment(letter.starts_on)
    approval = request_approval(
        ApprovalRequest.Kind.GRANT,
        portal.user(person["username"]),
        portal.offices[person["place"]],
        {
            "role": person["role"],
            "rank": person.get("rank", ""),
            "letter_number": letter.number,
            "starts_on": letter.starts_on,
        },
        reason="Petugas pertama (contoh)",
        acting_user=portal.user("admin"),
        occurred_at=begun,
    )
    grant_approval(approval, acting_user=portal.user("kanwil"), occurred_at=begun)


def request_an_approval(portal: Portal) -> None:
    """Request a new address, so that the Kanwil has something to approve."""
    request_approval(
        ApprovalRequest.Kind.CONTACT,
        portal.user("triase.serang"),
        portal.offices["serang"],
        {"email": "triase.serang@contoh.id", "phone": "+6281200000006"},
        reason="Nomor telepon dinas berganti (contoh)",
        acting_user=portal.user("admin"),
        occurred_at=timezone.now() - REQUESTED,
    )


def staff_villages(portal: Portal) -> None:
    """Assign PIMPASA and officials to villages, and add contacts."""
    relieve_first_officer(portal)
    for person in contents("people"):
        if person["role"] == Role.PIMPASA:
            head = _office_head(portal, portal.villages[person["place"][0]])
            send_officer(portal, person, head)
        elif person["role"] == Role.VILLAGE_OFFICIAL:
            _appoint_official(portal, person)
    portal.forget_roles()
    for person in contents("people"):
        if person["role"] == Role.VILLAGE_OFFICIAL:
            _leave_contacts(portal, person)


def ask_for_account(portal: Portal) -> None:
    """Request an account, so that the Kanwil has something to approve."""
    request_account(
        Role.VILLAGE_OFFICIAL,
        portal.villages[WITHOUT_ACCOUNT],
        {
            "username": "desa.muara",
            "name": "Perangkat Desa Contoh 11",
            "letter_number": "ST-0031 (contoh)",
            "starts_on": timezone.localdate(),
        },
        acting_user=portal.user("kanim.serang"),
        occurred_at=timezone.now() - REQUESTED,
    )


def _appoint_official(portal: Portal, person: dict[str, Any]) -> None:
    letter = letter_of(person)
    for code in person["place"]:
        assign(
            Role.VILLAGE_OFFICIAL,
            portal.user(person["username"]),
            letter,
            village=portal.villages[code],
            acting_user=portal.user("kanwil"),
            occurred_at=moment(letter.starts_on),
        )


def _leave_contacts(portal: Portal, person: dict[str, Any]) -> None:
    village = portal.villages[person["place"][0]]
    number = int(village.code[-4:])
    for position, name in (
        ("Kepala desa", "Kepala Desa"),
        ("Sekretaris", "Sekretaris"),
    ):
        add_contact(
            village,
            {
                "name": f"{name} Contoh {village.name}",
                "position": position,
                "phone": f"+628120000{number % 10000:04d}",
            },
            acting_user=portal.user(person["username"]),
            occurred_at=moment(letter_of(person).starts_on + timedelta(days=1)),
        )


def _office_head(portal: Portal, village: Village) -> Any:
    keys = {office.pk: key for key, office in portal.offices.items()}
    return portal.user(f"kanim.{keys[village.office_id]}")
