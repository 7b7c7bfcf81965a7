"""Days in the active time zone."""

from datetime import date, datetime, time

from django.utils import timezone


def start_of(day: date) -> datetime:
    """The day's first moment, here."""
    return timezone.make_aware(datetime.combine(day, time.min))
