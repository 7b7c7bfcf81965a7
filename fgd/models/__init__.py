"""What the first floor holds: agencies, sessions, minutes, agreed actions."""

from fgd.models.actions import Action, ActionSupport, ActionVillage, Recommendation
from fgd.models.agencies import Agency, FocalPoint
from fgd.models.events import FgdEvent
from fgd.models.participants import Attendance, Delegate, Invitation
from fgd.models.sessions import (
    AgendaItem,
    MinutesEntry,
    Series,
    Session,
    Topic,
    TopicVillage,
)

__all__ = [
    "Action",
    "ActionSupport",
    "ActionVillage",
    "Agency",
    "AgendaItem",
    "Attendance",
    "Delegate",
    "FgdEvent",
    "FocalPoint",
    "Invitation",
    "MinutesEntry",
    "Recommendation",
    "Series",
    "Session",
    "Topic",
    "TopicVillage",
]
