"""The row of an activity under its lock, and its record of deeds."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.editing import same_version
from desabinaan.lib.transitions import IllegalTransition
from villages.models import OutreachActivity, OutreachEvent
from villages.selectors.outreach import last_outreach_edit


def locked(activity: OutreachActivity) -> OutreachActivity:
    return (
        OutreachActivity.objects.select_for_update(of=("self",))
        .prefetch_related("places")
        .get(pk=activity.pk)
    )


def record(
    activity: OutreachActivity,
    verb: str,
    acting_user: User,
    *,
    from_status: str | None = None,
    note: str = "",
    occurred_at: datetime | None = None,
) -> OutreachEvent:
    """One deed more on the record; `from_status` is told when it changed the state."""
    return OutreachEvent.objects.create(
        activity=activity,
        actor=acting_user,
        verb=verb,
        from_status=activity.status if from_status is None else from_status,
        to_status=activity.status,
        note=note,
        occurred_at=occurred_at or timezone.now(),
    )


def refuse_stale(activity: OutreachActivity, version: int) -> None:
    if activity.version != version:
        same_version(activity.version, version, *last_outreach_edit(activity))


def refuse_cancelled(activity: OutreachActivity) -> None:
    if activity.status == OutreachActivity.Status.CANCELLED:
        raise IllegalTransition(
            _("This activity is cancelled. Plan a new one instead.")
        )
