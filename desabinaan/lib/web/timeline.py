"""Entries of a timeline, newest first and grouped by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django_stubs_ext import StrOrPromise

from desabinaan.lib.workflow.events import Event

SAME_MOMENT = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line: when, who, what; `recorded` only when it differs."""

    when: datetime
    who: str
    what: StrOrPromise
    note: str = ""
    url: str = ""
    icon: str = "circle-dot"
    recorded: datetime | None = None


@dataclass(frozen=True, slots=True)
class TimelineMonth:
    label: str
    entries: Sequence[TimelineEntry]


def entry_of(event: Event, what: StrOrPromise, **more: str) -> TimelineEntry:
    """Return the line of an event row; fetch events with `select_related("actor")`."""
    apart = abs(event.recorded_at - event.occurred_at) > SAME_MOMENT
    return TimelineEntry(
        when=event.occurred_at,
        who=str(event.actor) if event.actor else "",
        what=what,
        note=event.note,
        recorded=event.recorded_at if apart else None,
        **more,
    )


def by_month(entries: Iterable[TimelineEntry]) -> list[TimelineMonth]:
    """Return the entries grouped by month in the active time zone."""
    newest_first = sorted(entries, key=lambda entry: entry.when, reverse=True)
    return [
        TimelineMonth(date_format(month, "F Y"), list(lines))
        for month, lines in groupby(newest_first, key=_month)
    ]


def _month(entry: TimelineEntry) -> date:
    return timezone.localtime(entry.when).date().replace(day=1)
