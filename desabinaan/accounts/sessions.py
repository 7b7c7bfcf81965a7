"""How long somebody stays signed in: idle, and at most."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

SEEN, SINCE = "seen_at", "signed_in_at"
#: (idle, at most); shorter for administrators, who reach every account
LIMITS = (timedelta(minutes=30), timedelta(hours=12))
ADMINISTRATOR_LIMITS = (timedelta(minutes=10), timedelta(hours=4))
#: a session is written at most once in this time
EXACT = timedelta(minutes=1)


def begin(request: HttpRequest) -> None:
    """Count from now: somebody has just signed in."""
    now = timezone.now().timestamp()
    request.session[SEEN] = request.session[SINCE] = now
    # Text that was kept for a guest made the session a short one.
    request.session.set_expiry(None)


def has_ended(request: HttpRequest) -> bool:
    """Return whether the session is over; note that it was used."""
    now, session = timezone.now().timestamp(), request.session
    if SINCE not in session:
        begin(request)
        return False
    idle, longest = ADMINISTRATOR_LIMITS if request.user.is_staff else LIMITS
    unused, signed_in = now - session[SEEN], now - session[SINCE]
    if unused > idle.total_seconds() or signed_in > longest.total_seconds():
        return True
    if unused > EXACT.total_seconds():
        session[SEEN] = now
    return False
