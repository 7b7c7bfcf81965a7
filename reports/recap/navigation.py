"""The side navigation per role: at most seven entries, on a phone at most four."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, Role
from fgd.standing import agency_names_of
from villages.standing import standing_of


@dataclass(frozen=True, slots=True)
class Entry:
    label: StrOrPromise
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house: its door, and who finds it in the navigation."""

    label: StrOrPromise
    url_name: str
    icon: str
    roles: frozenset[Role]


STAFF = frozenset({Role.REGIONAL_STAFF, Role.OFFICE_STAFF, Role.PIMPASA})
PARTIES = frozenset({Role.VILLAGE_OFFICIAL, Role.FOCAL_POINT})
AUDITOR = frozenset({Role.AUDITOR})

#: In the order of the side navigation; the first four also stand on a phone.
ROOMS = (
    Room(_("Villages"), "villages:village_list", "map-pin", STAFF | AUDITOR),
    Room(
        _("Monthly reports"),
        "monthly:report_list",
        "clipboard-list",
        STAFF | {Role.VILLAGE_OFFICIAL},
    ),
    Room(
        _("Action plan"),
        "followup:action_list",
        "list-checks",
        STAFF | PARTIES | AUDITOR,
    ),
    Room(_("FGD sessions"), "fgd:session_list", "users", STAFF | PARTIES | AUDITOR),
    Room(
        _("Agencies"),
        "fgd:agency_list",
        "landmark",
        STAFF | AUDITOR | {Role.FOCAL_POINT},
    ),
    Room(
        _("Accounts"),
        "villages:account_request_list",
        "user-plus",
        frozenset({Role.REGIONAL_STAFF, Role.OFFICE_STAFF}),
    ),
)
PHONE = 4


def entries(user: Actor) -> list[Entry]:
    """The doors this user finds; a hint where to go, never a permission."""
    roles = set(standing_of(user).roles)
    if agency_names_of(user):
        roles.add(Role.FOCAL_POINT)
    doors = [Entry(_("Home"), reverse("recap:home"), "house")]
    if user.is_superuser and not roles:
        return [*doors, Entry(_("Administration"), reverse("admin:index"), "settings")]
    return doors + [
        Entry(room.label, reverse(room.url_name), room.icon)
        for room in ROOMS
        if room.roles & roles
    ]


def phone_entries(nav: list[Entry]) -> list[Entry]:
    return nav[:PHONE]
