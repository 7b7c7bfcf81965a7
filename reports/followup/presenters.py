"""Progress of actions as entries of a village's timeline."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.lib.web.timeline import TimelineEntry
from fgd.plan.models import ProgressUpdate
from reports.followup.selectors import progress_in
from villages.register.models import Village


def timeline_of(village: Village, limit: int = 30) -> list[TimelineEntry]:
    """Return the progress of this village's actions, newest first."""
    return [_entry(update) for update in progress_in(village, limit)]


def _entry(update: ProgressUpdate) -> TimelineEntry:
    local = timezone.localtime(update.recorded_at)
    reported_same_day = local.date() == update.occurred_on
    noon = local.replace(
        year=update.occurred_on.year,
        month=update.occurred_on.month,
        day=update.occurred_on.day,
        hour=12,
        minute=0,
        second=0,
        microsecond=0,
    )
    return TimelineEntry(
        when=update.recorded_at if reported_same_day else noon,
        who=str(update.agency or update.village),
        what=_what(update) % {"action": update.action.title, "percent": update.percent},
        note=update.text,
        url=reverse("plan:action_detail", kwargs={"pk": update.action_id}),
        icon="trending-up",
        recorded=None if reported_same_day else update.recorded_at,
    )


def _what(update: ProgressUpdate) -> str:
    if update.is_about_action(update.action):
        return _("%(action)s is at %(percent)d%%")
    return _("%(action)s: own part at %(percent)d%%")
