"""Addresses of this portal: those that leave it, and those that came with a request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def absolute_url(path: str) -> str:
    """Return the whole address of a page, for e-mails, paper and QR codes.

    It is made from PORTAL_URL: the host of a request is what its sender wrote.
    """
    return f"{settings.PORTAL_URL}{path}"


def own_path(request: HttpRequest, candidate: str | None) -> str:
    """Return `candidate` if it is a path (and query) of this portal, else ""."""
    path = candidate or ""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        return ""
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in path):
        return ""
    if not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return ""
    return path


def page_before(request: HttpRequest) -> str:
    """Return the path of the page that led here if it is one of ours, else ""."""
    referer = request.headers.get("Referer", "")
    if not _is_ours(request, referer):
        return ""
    parts = urlsplit(referer)
    return own_path(request, f"{parts.path}?{parts.query}".rstrip("?"))


def comes_from_us(request: HttpRequest) -> bool:
    """Return whether the browser says that one of our pages sent this request."""
    origin = request.headers.get("Origin")
    if origin is not None:
        return _is_ours(request, origin)
    return _is_ours(request, request.headers.get("Referer", ""))


def _is_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == request.scheme and parts.netloc == request.get_host()
