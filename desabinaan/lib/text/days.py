"""Days in the active time zone."""

from datetime import date, datetime, time

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Return the first moment of the day in the active time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))
