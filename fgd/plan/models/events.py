from django.db import models

from desabinaan.lib.workflow.events import Event
from fgd.plan.models.actions import Action


class ActionEvent(Event):
    """One event in the history of an agreed action."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        abstract = False
        indexes = (
            models.Index(
                fields=["action", "-occurred_at", "-id"], name="action_event_action"
            ),
        )
