"""Activities in a village: the last and the next one, and what people learned."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.lib.timeline import Entry
from villages.models import OutreachActivity, Village
from villages.selectors.learning import VillageLine, line_through
from villages.selectors.visits import VISITED, activities_in

#: So many are read: enough for the line and for what stands in the timeline.
READ = 100
Status = OutreachActivity.Status


@dataclass(frozen=True, slots=True)
class Activities:
    """`held` has the newest first, plans the oldest.

    `planned` are for today or later; `unrecorded` are plans whose day has passed:
    nobody told yet whether they were held.
    """

    held: Sequence[OutreachActivity]
    planned: Sequence[OutreachActivity]
    unrecorded: Sequence[OutreachActivity]
    line: VillageLine

    @property
    def last(self) -> OutreachActivity | None:
        return self.held[0] if self.held else None

    @property
    def next(self) -> OutreachActivity | None:
        return self.planned[0] if self.planned else None

    @property
    def is_recent(self) -> bool:
        latest = self.last and timezone.localdate(self.last.starts_at)
        return bool(latest and latest >= timezone.localdate() - VISITED)

    @property
    def entries(self) -> list[Entry]:
        return [_entry(activity) for activity in self.held]


def visits_in(village: Village) -> Activities:
    """What was held and is planned here; two queries."""
    rows = list(activities_in(village)[:READ])
    held = [row for row in rows if row.status == Status.DONE]
    plans = [row for row in reversed(rows) if row.status == Status.PLANNED]
    today = timezone.localdate()
    ahead = [row for row in plans if timezone.localdate(row.starts_at) >= today]
    passed = plans[: len(plans) - len(ahead)]
    return Activities(held, ahead, passed, line_through(held))


def _entry(activity: OutreachActivity) -> Entry:
    return Entry(
        when=activity.starts_at,
        who=activity.venue,
        what=_("%(kind)s held, %(count)d people")
        % {"kind": activity.kind, "count": activity.head_count},
        url=reverse("villages:outreach_detail", kwargs={"pk": activity.pk}),
        icon="footprints",
    )
