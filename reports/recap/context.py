"""What stands around every page: navigation, the place one acts for, the footer."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.notices.selectors import MOST, unread_count
from fgd.standing import agency_names_of
from reports.recap.navigation import Entry, entries, phone_entries
from reports.recap.selectors.search import may_search
from villages.standing import standing_of


def frame(request: HttpRequest) -> dict[str, object]:
    """The variable `frame` of templates/base.html; the standing is all it reads."""
    user: Actor | None = getattr(request, "user", None)
    around: dict[str, object] = {
        "demonstration": settings.DEMO,
        "home_url": reverse("recap:home"),
        "help_url": reverse("recap:help"),
        "privacy_url": reverse("recap:privacy"),
        "languages": _languages(),
    }
    if user is not None and user.is_authenticated:
        around |= _of_person(user, request.path)
    return {"frame": around}


def _of_person(user: Actor, path: str) -> dict[str, object]:
    standing = standing_of(user)
    nav = entries(user)
    return {
        "nav": _marked(nav, path),
        "phone_nav": _marked(phone_entries(nav), path),
        "acting_for": _acting_for([*standing.places, *agency_names_of(user)]),
        "user_name": str(user),
        "search_url": _search_url(user),
        "sign_out_url": reverse("accounts:sign_out"),
        "account_url": reverse("accounts:account"),
        "notices_url": reverse("notices:notice_list"),
        "unread": _unread(user),
    }


def _unread(user: Actor) -> str:
    """How many notices are new, in figures; empty when none is."""
    count = unread_count(user)
    if count >= MOST:
        return f"{MOST - 1}+"
    return str(count) if count else ""


def _marked(nav: list[Entry], path: str) -> list[dict[str, object]]:
    """The entries as the template draws them; the longest matching address is here."""
    here = max(
        (entry.url for entry in nav if _covers(entry.url, path)), key=len, default=""
    )
    return [
        {
            "label": entry.label,
            "url": entry.url,
            "icon": entry.icon,
            "current": entry.url == here,
            "count": None,
        }
        for entry in nav
    ]


def _covers(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _acting_for(places: list[str]) -> str:
    if len(places) > 2:
        return _("%(place)s and %(count)d more") % {
            "place": places[0],
            "count": len(places) - 1,
        }
    return " · ".join(places)


def _search_url(user: Actor) -> str:
    return reverse("recap:search") if may_search(user) else ""


def _languages() -> list[dict[str, object]]:
    current = get_language()
    return [
        {"code": code, "label": label, "current": code == current}
        for code, label in (("id", "Bahasa Indonesia"), ("en", "English"))
    ]
