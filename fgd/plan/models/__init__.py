from fgd.plan.models.actions import Action, Recommendation, reference_of
from fgd.plan.models.events import ActionEvent
from fgd.plan.models.parties import ActionSupport, ActionVillage, WaiverDecision
from fgd.plan.models.progress import Evidence, ProgressUpdate

__all__ = [
    "Action",
    "ActionEvent",
    "ActionSupport",
    "ActionVillage",
    "Evidence",
    "ProgressUpdate",
    "Recommendation",
    "WaiverDecision",
    "reference_of",
]
