"""Lock an activity, and refuse what came too late."""

from django.utils.translation import gettext as _

from desabinaan.lib.workflow.locking import lock_row
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import same_version
from villages.outreach.models import OutreachActivity
from villages.outreach.selectors.activities import last_outreach_edit


def locked(activity: OutreachActivity) -> OutreachActivity:
    return lock_row(OutreachActivity.objects.prefetch_related("places"), activity.pk)


def refuse_stale(activity: OutreachActivity, version: int) -> None:
    if activity.version != version:
        same_version(activity.version, version, *last_outreach_edit(activity))


def refuse_cancelled(activity: OutreachActivity) -> None:
    if activity.status == OutreachActivity.Status.CANCELLED:
        raise IllegalTransition(
            _("This activity is cancelled. Plan a new one instead.")
        )
