"""Checks of what a service is given: the moment of an event, required text."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _


def moment(occurred_at: datetime | None) -> datetime:
    """Return the time of an event: the clock, unless a past time was entered."""
    now = timezone.now()
    if occurred_at is not None and occurred_at > now:
        text = _("This day has not come yet. Enter when it happened.")
        raise ValidationError({"occurred_at": text})
    return occurred_at or now


def required(name: str, text: str, sentence: str) -> str:
    """Return `text` trimmed; ValidationError on field `name` if nothing is left."""
    stripped = text.strip()
    if not stripped:
        raise ValidationError({name: sentence})
    return stripped
