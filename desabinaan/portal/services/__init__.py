"""Every write of this app."""

from desabinaan.portal.services.coverage import refresh_coverage

__all__ = [
    "refresh_coverage",
]
