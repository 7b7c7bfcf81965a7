"""What every page of a village shows around its content."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from desabinaan.lib.transitions import IllegalTransition
from villages import selectors
from villages.models import Village
from villages.tabs import village_tabs
from villages.workflow import VILLAGE_TONES

View = TypeVar("View", bound=Callable[..., HttpResponse])


def village_in_sight(request: Request, code: str) -> Village:
    return get_object_or_404(selectors.villages_for(request.user), region_id=code)


def village_page(request: Request, village: Village, tab: str) -> dict[str, object]:
    """Title, badge, facts, tabs and crumbs of one tab of a village."""
    tabs = village_tabs(village, tab, request.user)
    here = next((one["label"] for one in tabs if one["current"]), "")
    return {
        "village": village,
        "tone": VILLAGE_TONES[Village.Status(village.status)],
        "tabs": tabs,
        "crumbs": [*village_crumbs(village), (here, None)],
        "facts": [
            (_("Kind"), capfirst(village.region.get_kind_display())),
            (_("Code"), village.code),
            (_("District"), village.district_name),
            (_("Regency or city"), village.regency_name),
            (_("Office"), village.office.short_name),
        ],
    }


def village_crumbs(village: Village) -> list[tuple[object, str | None]]:
    return [
        (_("Villages"), reverse("villages:village_list")),
        (village, reverse("recap:village_overview", kwargs={"code": village.code})),
    ]


def village_url(name: str, village: Village) -> str:
    return reverse(f"villages:{name}", kwargs={"code": village.code})


def back_to_tab(name: str) -> Callable[[View], View]:
    """A view of a village whose IllegalTransition becomes a warning on that tab."""

    def decorate(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
            try:
                answer: HttpResponse = view(request, code=code, **kwargs)
            except IllegalTransition as too_late:
                messages.warning(request, str(too_late))
                return redirect(f"villages:{name}", code=code)
            return answer

        return cast(View, told)

    return decorate
