"""Reference data and assignments for administrators; no village's workflow."""

from villages.admin import assignments, guarded, places, questions, reference

__all__ = ["assignments", "guarded", "places", "questions", "reference"]
