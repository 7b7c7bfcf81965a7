"""Activities in a village: the last and the next one, and what people learned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from villages.outreach.models import OutreachActivity
from villages.outreach.selectors.learning import LearningPoint, learning_points
from villages.outreach.selectors.visits import VISITED, activities_in
from villages.register.models import Village

#: How many are read: enough for the line chart and for the timeline.
READ = 100
Status = OutreachActivity.Status


@dataclass(frozen=True, slots=True)
class Activities:
    """`past` has the newest first, the plans have the oldest first.

    `planned` are for today or later; `unrecorded` are plans whose day has passed and
    of which nobody recorded yet whether they took place.
    """

    past: Sequence[OutreachActivity]
    planned: Sequence[OutreachActivity]
    unrecorded: Sequence[OutreachActivity]
    learning: Sequence[LearningPoint]

    @property
    def last(self) -> OutreachActivity | None:
        return self.past[0] if self.past else None

    @property
    def next(self) -> OutreachActivity | None:
        return self.planned[0] if self.planned else None

    @property
    def is_recent(self) -> bool:
        latest = self.last and timezone.localdate(self.last.starts_at)
        return bool(latest and latest >= timezone.localdate() - VISITED)


def visits_in(village: Village) -> Activities:
    """Return the past and planned activities of the village; two queries."""
    rows = list(activities_in(village)[:READ])
    past = [row for row in rows if row.status == Status.DONE]
    plans = [row for row in reversed(rows) if row.status == Status.PLANNED]
    today = timezone.localdate()
    ahead = [row for row in plans if timezone.localdate(row.starts_at) >= today]
    passed = plans[: len(plans) - len(ahead)]
    return Activities(past, ahead, passed, learning_points(past))
