"""What every page of a village shares: its header, tabs, breadcrumbs and URLs."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from villages.register import selectors
from villages.register.models import Village
from villages.register.presenters.tabs import village_tabs
from villages.register.workflow import VILLAGE_BADGE_STYLES


def visible_village_or_404(request: Request, code: str) -> Village:
    """Return the village with this code, or raise Http404 when it is not visible."""
    return get_object_or_404(selectors.villages_for(request.user), region_id=code)


def village_page(request: Request, village: Village, tab: str) -> dict[str, object]:
    """Return the context that every tab of a village has; `tab` is a key of TABS."""
    tabs = village_tabs(village, tab, request.user)
    tab_label = next((one["label"] for one in tabs if one["current"]), "")
    return {
        "village": village,
        "badge_style": VILLAGE_BADGE_STYLES[Village.Status(village.status)],
        "tabs": tabs,
        "crumbs": [*village_crumbs(village), (tab_label, None)],
        "facts": [
            (_("Kind"), capfirst(village.region.get_kind_display())),
            (_("Code"), village.code),
            (_("District"), village.district_name),
            (_("Regency or city"), village.regency_name),
            (_("Office"), village.office.short_name),
        ],
    }


def register_crumb() -> tuple[object, str | None]:
    return _("Villages"), reverse("register:village_list")


def village_crumbs(village: Village) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs that lead to the village."""
    return [
        register_crumb(),
        (village, reverse("portal:village_overview", kwargs={"code": village.code})),
    ]


def village_and_code(village: Village) -> str:
    return f"{village} · {village.code}"


def village_url(name: str, village: Village) -> str:
    return reverse(name, kwargs={"code": village.code})
