"""The abstract event row: who did what, when, and when it was written down."""

from datetime import datetime
from typing import Any, Protocol

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateTimeField


class Event(models.Model):
    """One operation on one object; added by a service, never changed afterwards.

    `occurred_at` may be entered for what was done on paper; `recorded_at` is always the
    clock. Both are shown when they differ.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("done by"),
    )
    verb = models.CharField(_("operation"), max_length=40)
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30, blank=True)
    note = models.TextField(_("note"), blank=True)
    occurred_at = BoundedDateTimeField(_("happened at"), default=timezone.now)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("-occurred_at", "-id")
        triggers = (
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.recorded_at:%Y-%m-%d %H:%M}"


class HasEvents(Protocol):
    """An object with a state and, as `events`, the manager of its event rows."""

    @property
    def status(self) -> str: ...

    @property
    def events(self) -> Any: ...


def record_event(
    subject: HasEvents,
    verb: str,
    acting_user: Any,
    *,
    from_status: str | None = None,
    note: str = "",
    occurred_at: datetime | None = None,
) -> Any:
    """Add an event row to the history of the object and return it.

    The object is already in its new state. `from_status` is given when the state
    changed, "" when the object is new; no `acting_user`: the console or the worker.
    `occurred_at` is now unless entered.
    """
    return subject.events.create(
        actor=acting_user,
        verb=verb,
        from_status=subject.status if from_status is None else from_status,
        to_status=subject.status,
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )
