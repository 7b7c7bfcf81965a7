"""Rate limits: how often one address may ask, and the page for who asks too often.

Requests are counted per address and window in `RateLimitHit`, for all server processes
together. Failed sign-ins are counted by django-axes, which calls `failed_sign_ins_page`
and `client_address` (settings AXES_LOCKOUT_CALLABLE and AXES_CLIENT_IP_CALLABLE).
"""

import hashlib
import hmac
import math
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any

from axes.helpers import get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from desabinaan.accounts.models import RateLimitHit
from desabinaan.lib.web import error_pages

#: the longest window that may be counted, in minutes; older counts are deleted
LONGEST_WINDOW = 15
COUNT = """
    INSERT INTO accounts_ratelimithit (key, window_start, count) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET count = accounts_ratelimithit.count + 1
    RETURNING count
"""


# --- Requests ----------------------------------------------------------------


def count_request(
    request: HttpRequest, what: str, *, most: int, minutes: int = 1
) -> bool:
    """Count a request for `what`; return whether it is within the limit.

    At most `most` requests from one address are allowed in a window of `minutes`.
    """
    start = window_start(minutes)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [_key(request, what, start), start])
        (count,) = cursor.fetchone()
    if count == 1:
        outdated = start - timedelta(minutes=LONGEST_WINDOW)
        RateLimitHit.objects.filter(window_start__lt=outdated).delete()
    return bool(count <= most)


def requests_counted(request: HttpRequest, what: str, *, minutes: int = 1) -> int:
    """Return how often this address asked for `what` in the current window."""
    key = _key(request, what, window_start(minutes))
    count = RateLimitHit.objects.filter(pk=key).values_list("count", flat=True).first()
    return count or 0


def window_start(minutes: int) -> datetime:
    """Return when the current window of `minutes` began."""
    seconds = minutes * 60
    return datetime.fromtimestamp(timezone.now().timestamp() // seconds * seconds, UTC)


def _key(request: HttpRequest, what: str, start: datetime) -> str:
    """Return a keyed hash of the address that is different in every window.

    The address itself is stored nowhere, and two windows of it cannot be connected.
    """
    message = f"{what}|{start.isoformat()}|{client_address(request)}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


# --- Failed sign-ins, called by django-axes ----------------------------------


def failed_sign_ins_page(
    request: HttpRequest,
    original: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer 429 with the minutes until the next try and the other way to sign in."""
    return error_pages.too_many(request, minutes=minutes_left(request, credentials))


def minutes_left(request: HttpRequest, credentials: dict[str, Any] | None) -> int:
    """Return the whole minutes until this name may be tried again from this address."""
    cool_off = get_cool_off(request)
    last = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials),
        ip_address=client_address(request),
    ).aggregate(last=Max("attempt_time"))["last"]
    left: timedelta = (last or timezone.now()) + cool_off - timezone.now()
    return max(1, math.ceil(left / timedelta(minutes=1)))


# --- Addresses ---------------------------------------------------------------


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the browser, as our own proxies saw it.

    Each proxy appends the address it saw. What is further left came from the browser
    and may be false.
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
