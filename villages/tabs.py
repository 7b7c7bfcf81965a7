"""The tabs of a village; each belongs to the app that owns its data."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
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
    Tab("reports", _("Monthly reports"), "monthly:village_reports", "report.view"),
)


def village_tabs(
    village: Village, current: str, user: "Actor | None" = None
) -> list[dict[str, object]]:
    """For components/tabs.html; `current` is a key of TABS.

    With `user`, the tabs this person may not open are left out.
    """
    shown: list[dict[str, object]] = [
        {
            "label": tab.label,
            "url": _address(tab, village),
            "current": tab.key == current,
        }
        for tab in TABS
        if user is None or may(user, tab.capability, village)
    ]
    return [tab for tab in shown if tab["url"]]


def _address(tab: Tab, village: Village) -> str:
    try:
        return reverse(tab.url_name, kwargs={"code": village.code})
    except NoReverseMatch:
        return ""
