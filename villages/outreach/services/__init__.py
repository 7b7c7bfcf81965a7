"""Writes of this app."""

from villages.outreach.services.activities import (
    ActivityOutcome,
    ActivityPlan,
    cancel_activity,
    edit_activity,
    plan_activity,
    record_outcome,
    record_visit,
)
from villages.outreach.services.awareness import (
    answer,
    close_phase,
    enter_paper,
    open_phase,
)
from villages.outreach.services.photos import (
    Photo,
    PhotoCounts,
    add_photos,
    caption_photo,
    remove_photo,
)
from villages.outreach.services.questions import add_bank, load_banks, revise_bank

__all__ = [
    "ActivityOutcome",
    "ActivityPlan",
    "Photo",
    "PhotoCounts",
    "add_bank",
    "add_photos",
    "answer",
    "cancel_activity",
    "caption_photo",
    "close_phase",
    "edit_activity",
    "enter_paper",
    "load_banks",
    "open_phase",
    "plan_activity",
    "record_outcome",
    "record_visit",
    "remove_photo",
    "revise_bank",
]
