"""Writes of this app."""

from fgd.agencies.services.agencies import (
    change_contact,
    confirm_agencies,
    known_or_proposed_agencies,
    propose_agency,
)

__all__ = [
    "change_contact",
    "confirm_agencies",
    "known_or_proposed_agencies",
    "propose_agency",
]
