"""Lock an activity and record its events."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import same_version
from villages.outreach.models import OutreachActivity, OutreachEvent
from villages.outreach.selectors.activities import last_outreach_edit


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
    """Add an event; pass `from_status` when the operation changed the status."""
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
