from django.db import models
from django.db.models import Q

from desabinaan.lib.events import Event
from fgd.models.actions import Action
from fgd.models.sessions import Session


class FgdEvent(Event):
    """A deed on a session or on one of its actions."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, null=True, related_name="events"
    )
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, null=True, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(
                condition=Q(session__isnull=False, action=None)
                | Q(session=None, action__isnull=False),
                name="fgd_event_on_one_thing",
            ),
        )
        indexes = (
            models.Index(
                fields=["session", "-occurred_at", "-id"], name="fgd_event_session"
            ),
            models.Index(
                fields=["action", "-occurred_at", "-id"], name="fgd_event_action"
            ),
        )
