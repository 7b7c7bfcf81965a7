"""The handover as its page shows it."""

from dataclasses import replace

from desabinaan.portal.selectors.handover import Handover
from reports.monthly.presenters.slots import lines


def with_report_lines(handover: Handover) -> Handover:
    """Return the handover with its open reports as text."""
    villages = [replace(one, reports=lines(one.reports)) for one in handover.villages]
    return replace(handover, villages=villages)
