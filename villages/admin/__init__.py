"""Reference data and assignments for administrators; no village's workflow."""

from villages.admin import assignments, guarded, places, reference

__all__ = ["assignments", "guarded", "places", "reference"]
