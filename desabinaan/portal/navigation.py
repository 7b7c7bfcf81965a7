"""The side navigation per role: at most seven entries, on a phone at most four."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, Role
from fgd.agencies.permissions import agency_names_represented_by
from villages.places.permissions import roles_for


@dataclass(frozen=True, slots=True)
class NavigationLink:
    label: StrOrPromise
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A section of the portal, and the roles that see it in the navigation."""

    label: StrOrPromise
    url_name: str
    icon: str
    roles: frozenset[Role]


STAFF = frozenset({Role.REGIONAL_STAFF, Role.OFFICE_STAFF, Role.PIMPASA})
PARTIES = frozenset({Role.VILLAGE_OFFICIAL, Role.FOCAL_POINT})
AUDITOR = frozenset({Role.AUDITOR})

#: In the order of the side navigation; a phone shows the first four.
NAVIGATION = (
    NavigationItem(_("Villages"), "register:village_list", "map-pin", STAFF | AUDITOR),
    NavigationItem(
        _("Monthly reports"),
        "monthly:report_list",
        "clipboard-list",
        STAFF | {Role.VILLAGE_OFFICIAL},
    ),
    NavigationItem(
        _("Action plan"),
        "plan:action_list",
        "list-checks",
        STAFF | PARTIES | AUDITOR,
    ),
    NavigationItem(
        _("FGD sessions"), "sessions:session_list", "users", STAFF | PARTIES | AUDITOR
    ),
    NavigationItem(
        _("Agencies"),
        "agencies:agency_list",
        "landmark",
        STAFF | AUDITOR | {Role.FOCAL_POINT},
    ),
    NavigationItem(
        _("Accounts"),
        "people:account_request_list",
        "user-plus",
        frozenset({Role.REGIONAL_STAFF, Role.OFFICE_STAFF}),
    ),
)
PHONE = 4


def entries(user: Actor) -> list[NavigationLink]:
    """Return the user's navigation entries; they grant no permission."""
    roles = set(roles_for(user).roles)
    if agency_names_represented_by(user):
        roles.add(Role.FOCAL_POINT)
    entries_found = [NavigationLink(_("Home"), reverse("portal:home"), "house")]
    if user.is_superuser and not roles:
        return [
            *entries_found,
            NavigationLink(_("Administration"), reverse("admin:index"), "settings"),
        ]
    return entries_found + [
        NavigationLink(item.label, reverse(item.url_name), item.icon)
        for item in NAVIGATION
        if item.roles & roles
    ]


def phone_entries(nav: list[NavigationLink]) -> list[NavigationLink]:
    return nav[:PHONE]
