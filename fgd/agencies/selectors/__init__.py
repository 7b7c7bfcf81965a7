"""Reads of this app."""

from fgd.agencies.selectors.agencies import agency_rows, reads_agencies, visible_agency

__all__ = [
    "agency_rows",
    "reads_agencies",
    "visible_agency",
]
