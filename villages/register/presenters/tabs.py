"""Tabs of a village; each page belongs to the app that owns its data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import may
from villages.register.models import Village

if TYPE_CHECKING:
    from desabinaan.accounts.access import Actor


@dataclass(frozen=True, slots=True)
class VillageTab:
    key: str
    label: StrOrPromise
    url_name: str
    capability: str = "village.view"


TABS = (
    VillageTab("overview", _("Overview"), "portal:village_overview"),
    VillageTab("profile", _("Profile"), "register:village_profile"),
    VillageTab("designations", _("Decrees"), "register:village_designations"),
    VillageTab("officers", _("Officers"), "register:village_assignments"),
    VillageTab(
        "vulnerability",
        _("Vulnerability"),
        "vulnerability:village_vulnerability",
        "vulnerability.view",
    ),
    VillageTab(
        "outreach", _("Activities"), "outreach:village_outreach", "outreach.view"
    ),
    VillageTab(
        "reports", _("Monthly reports"), "monthly:village_reports", "report.view"
    ),
)


def village_tabs(
    village: Village, current: str, user: "Actor | None" = None
) -> list[dict[str, object]]:
    """Return the tabs for components/tabs.html; `current` is a key of TABS.

    With `user`, only the tabs that this person may open.
    """
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, kwargs={"code": village.code}),
            "current": tab.key == current,
        }
        for tab in TABS
        if user is None or may(user, tab.capability, village)
    ]
