"""What waits for somebody, and what happened in a village."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.timeline import Entry
from fgd.models import Action, ActionVillage
from fgd.querysets import OPEN_ACTION, ActionQuerySet
from reports.followup.models import ProgressUpdate
from reports.followup.selectors.plan import actions_in_plan
from villages.models import Office, Village
from villages.standing import standing_of

#: Counting stops here: "99+" tells enough, and a count must not grow with the table.
MOST = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of at most 100: open and overdue actions, and those to verify."""

    open: int
    overdue: int
    to_verify: int


def waiting_for(user: Actor) -> Waiting:
    """What waits for this user in the action plan; one query."""
    plan = actions_in_plan(user)
    parts = [
        _few(plan.filter(status__in=OPEN_ACTION), "open"),
        _few(plan.overdue(), "overdue"),
        _few(to_verify(user), "to_verify"),
    ]
    counts = Counter(row[0] for row in parts[0].union(*parts[1:], all=True))
    return Waiting(counts["open"], counts["overdue"], counts["to_verify"])


def to_verify(user: Actor) -> ActionQuerySet:
    """Actions reported done by others, of other offices, that this user may verify."""
    standing = standing_of(user)
    offices = standing.offices("action.verify") + standing.home_offices("action.verify")
    villages = standing.villages("action.verify")
    if not (offices or villages):
        return Action.objects.none()
    own = standing.posts | standing.at_home_office.keys()
    return (
        actions_in_plan(user)
        .filter(status=Action.Status.REPORTED_DONE)
        .exclude(reported_by_id=user.pk)
        .filter(
            Q(lead_agency__office=None)
            | Q(lead_agency__office__kind=Office.Kind.REGIONAL)
            | ~Q(lead_agency__office_id__in=own)
        )
    )


def _few(actions: ActionQuerySet, kind: str) -> QuerySet[Action, tuple[Any]]:
    named = actions.order_by().annotate(kind=Value(kind, CharField()))
    return named.values_list("kind")[:MOST]


def timeline_of(village: Village, limit: int = 30) -> list[Entry]:
    """What was told on the actions of this village, the newest first."""
    places = ActionVillage.objects.filter(village=village)
    rows = ProgressUpdate.objects.filter(
        Q(village=village) | Q(agency__isnull=False),
        action__in=places.values("action_id"),
    ).select_related("action", "agency", "village", "reported_by")
    return [_entry(update) for update in rows.defer("village__search")[:limit]]


def _entry(update: ProgressUpdate) -> Entry:
    local = timezone.localtime(update.recorded_at)
    told_same_day = local.date() == update.occurred_on
    noon = local.replace(
        year=update.occurred_on.year,
        month=update.occurred_on.month,
        day=update.occurred_on.day,
        hour=12,
        minute=0,
        second=0,
        microsecond=0,
    )
    return Entry(
        when=update.recorded_at if told_same_day else noon,
        who=str(update.agency or update.village),
        what=_("%(action)s stands at %(percent)d percent")
        % {"action": update.action.title, "percent": update.percent},
        note=update.text,
        url=reverse("followup:action_detail", kwargs={"pk": update.action_id}),
        icon="trending-up",
        recorded=None if told_same_day else update.recorded_at,
    )
