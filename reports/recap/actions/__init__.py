"""Every write to the recap's own tables."""

from reports.recap.actions.coverage import refresh_coverage

__all__ = ["refresh_coverage"]
