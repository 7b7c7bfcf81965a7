"""Decisions on what a page showed: refused while something newer was not read."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import IntegerField, Manager, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.events import Event, HasEvents

UNSEEN = "unseen"
MOST_NEWS = 5
LONGEST_NOTE = 120
#: where the label of an event takes its note
NOTE = "%(note)s"


def latest_event(events: QuerySet[Any] | Manager[Any], subject: str) -> Coalesce:
    """Annotate the id of the latest event; `subject` is their key to the row."""
    mine = events.filter(**{subject: OuterRef("pk")}).order_by().values(subject)
    latest = mine.annotate(latest=Max("pk")).values("latest")
    return Coalesce(Subquery(latest), 0, output_field=IntegerField())


def latest_event_of(row: Any) -> int:
    """Return the id of the latest event when the row was read, annotated as that."""
    latest: int = row.latest_event
    return latest


def latest_event_id(subject: HasEvents) -> int:
    """Return the id of the latest event, read before what the page shows; 0 if none."""
    found: dict[str, int | None] = subject.events.aggregate(latest=Max("pk"))
    return found["latest"] or 0


def refuse_unseen(
    subject: HasEvents, seen: int | None, labels: Mapping[str, StrOrPromise]
) -> None:
    """ValidationError that names the events after `seen`; None: nothing was shown."""
    if seen is None:
        return
    news = subject.events.filter(pk__gt=seen).order_by("-pk")
    rows = list(news.select_related("actor")[:MOST_NEWS])
    if not rows:
        return
    sentences = [
        _("Something is new since you opened this page. Look at it, then decide."),
        *(_line(event, labels) for event in reversed(rows)),
    ]
    raise ValidationError([ValidationError(one, UNSEEN) for one in sentences])


def _line(event: Event, labels: Mapping[str, StrOrPromise]) -> str:
    """Return what happened, who did it and when, and the note if the label lacks it."""
    label = str(labels.get(event.verb, event.verb))
    note = Truncator(event.note).chars(LONGEST_NOTE)
    if NOTE in label:
        label, note = label.replace(NOTE, note), ""
    line = f"{capfirst(label)}: {event.actor or '–'}, {local_time(event.recorded_at)}"
    return f"{line} · {note}" if note else line
