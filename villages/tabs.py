"""The tabs of a village; each belongs to the app that owns its data."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, may
from villages.models import Village


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: StrOrPromise
    url_name: str
    capability: str = "village.view"


TABS = (
    Tab("overview", _("Overview"), "recap:village_overview"),
    Tab("profile", _("Profile"), "villages:village_profile"),
    Tab("designations", _("Decrees"), "villages:village_designations"),
    Tab("officers", _("Officers"), "villages:village_assignments"),
    Tab(
        "vulnerability",
        _("Vulnerability"),
        "villages:village_vulnerability",
        "vulnerability.view",
    ),
    Tab("outreach", _("Activities"), "villages:village_outreach", "outreach.view"),
    Tab("reports", _("Monthly reports"), "monthly:village_reports", "report.view"),
)


def village_tabs(
    village: Village, current: str, user: "Actor | None" = None
) -> list[dict[str, object]]:
    """For components/tabs.html; `current` is a key of TABS.

    With `user`, the tabs this person may not open are left out.
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
