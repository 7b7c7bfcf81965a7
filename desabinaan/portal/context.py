"""The parts of every page: navigation, the user's places, the footer."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.notices.selectors import MOST, unread_count
from desabinaan.portal.navigation import NavigationLink, entries, phone_entries
from desabinaan.portal.presenters.search import may_search
from fgd.agencies.permissions import agency_names_represented_by
from villages.places.permissions import roles_for


def page_context(request: HttpRequest) -> dict[str, object]:
    """Return `page_context`, which templates/base.html shows on every page."""
    user: Actor | None = getattr(request, "user", None)
    context: dict[str, object] = {
        "demonstration": settings.DEMO,
        "home_url": reverse("portal:home"),
        "help_url": reverse("portal:help"),
        "privacy_url": reverse("portal:privacy"),
        "languages": _languages(),
    }
    if user is not None and user.is_authenticated:
        context |= _signed_in_context(user, request.path)
    return {"page_context": context}


def _signed_in_context(user: Actor, path: str) -> dict[str, object]:
    user_roles = roles_for(user)
    nav = entries(user)
    return {
        "nav": _marked(nav, path),
        "phone_nav": _marked(phone_entries(nav), path),
        "acting_for": _acting_for(
            [*user_roles.places, *agency_names_represented_by(user)]
        ),
        "user_name": str(user),
        "search_url": reverse("portal:search") if may_search(user) else "",
        "sign_out_url": reverse("accounts:sign_out"),
        "account_url": reverse("accounts:account"),
        "notices_url": reverse("notices:notice_list"),
        "unread": _unread(user),
    }


def _unread(user: Actor) -> str:
    """Return the number of new notices as text, empty without any."""
    count = unread_count(user)
    if count >= MOST:
        return f"{MOST - 1}+"
    return str(count) if count else ""


def _marked(nav: list[NavigationLink], path: str) -> list[dict[str, object]]:
    """Return the entries for the template; the longest matching one is current."""
    current_url = max(
        (entry.url for entry in nav if _covers(entry.url, path)), key=len, default=""
    )
    return [
        {
            "label": entry.label,
            "url": entry.url,
            "icon": entry.icon,
            "current": entry.url == current_url,
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


def _languages() -> list[dict[str, object]]:
    current = get_language()
    return [
        {"code": code, "label": label, "current": code == current}
        for code, label in (("id", "Bahasa Indonesia"), ("en", "English"))
    ]
