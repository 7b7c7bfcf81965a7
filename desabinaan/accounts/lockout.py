"""Too many wrong tries: who is meant, and how long the door stays shut."""

import math
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desabinaan.lib import pages

PAUSE_MINUTES = 15
MOST_PER_PAUSE = 30


def too_many_tries(
    request: HttpRequest,
    original: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """429, with the minutes until the next try and the other way in."""
    return pages.too_many(request, minutes=minutes_left(request, credentials))


def minutes_left(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """Whole minutes until this name may be tried again from this address."""
    cool_off = get_cool_off(request)
    last = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials),
        ip_address=client_address(request),
    ).aggregate(last=Max("attempt_time"))["last"]
    left: timedelta = (last or timezone.now()) + cool_off - timezone.now()
    return max(1, math.ceil(left / timedelta(minutes=1)))


def too_often(request: HttpRequest, what: str) -> bool:
    """Whether this address has asked for `what` more often than people do.

    Counted by each server process for itself: a brake, not a lock. The lock is with
    the account (links per hour, tries per code).
    """
    key = f"asked:{what}:{client_address(request)}"
    cache.add(key, 0, PAUSE_MINUTES * 60)
    try:
        return int(cache.incr(key)) > MOST_PER_PAUSE
    except ValueError:  # it ran out between the two lines
        return False


def pause(request: HttpRequest) -> HttpResponse:
    return pages.too_many(request, minutes=PAUSE_MINUTES)


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser, past the proxies we run ourselves.

    Each proxy appends the address it saw. What stands further left came from the
    browser and may be a lie.
    """
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    proxies: int = settings.PROXY_COUNT
    if 0 < proxies <= len(seen) and (known := _address(seen[-proxies])):
        return known
    return _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return None
