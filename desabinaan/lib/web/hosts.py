"""Requirements for the names and the address of a portal, checked before it starts."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

NAME = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def refuse_unfit_hosts(hosts: Sequence[str]) -> None:
    """Stop with a sentence unless each name is written out, without a wildcard."""
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is empty; name the host under which the portal is reached."
        )
    for host in hosts:
        if not NAME.fullmatch(host):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS holds {host!r}; write out each name, without *, "
                "a leading dot, a port or https://."
            )


def refuse_unfit_address(url: str, hosts: Sequence[str], *, insecure: bool) -> None:
    """Stop unless the address of links is one under which the portal answers."""
    parts = urlsplit(url)
    schemes = ("https", "http") if insecure else ("https",)
    is_bare = url == f"{parts.scheme}://{parts.netloc}" and "@" not in parts.netloc
    if parts.scheme not in schemes or not is_bare:
        raise ImproperlyConfigured(
            f"PORTAL_URL must be like {schemes[0]}://portal.example.go.id, without a "
            f"path; it is {url!r}."
        )
    if (parts.hostname or "") not in {host.strip("[]").lower() for host in hosts}:
        raise ImproperlyConfigured(
            f"PORTAL_URL names {parts.hostname!r}, which is not in ALLOWED_HOSTS; its "
            "links would lead to a page that refuses."
        )
