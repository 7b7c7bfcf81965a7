"""Months as their first days."""

from datetime import date, timedelta


def month_before(day: date) -> date:
    """Return the first day of the month before `day`'s."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(day: date) -> date:
    """Return the first day of the month after `day`'s."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def months_back(day: date, count: int) -> list[date]:
    """Return the `count` months up to `day`'s own, newest first."""
    months = [day.replace(day=1)]
    while len(months) < count:
        months.append(month_before(months[-1]))
    return months
