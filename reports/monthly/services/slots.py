"""The slots of a month: which village owes a report, and until when."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.notices.kinds import Kind
from reports.monthly import notifications
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_after, month_before
from villages.places.models import Office
from villages.register.models import Designation, Village

DUE_DAY = 5
IN_FORCE = (Designation.Verb.DESIGNATE, Designation.Verb.REACTIVATE)


@transaction.atomic
def make_slots(month: date | None = None) -> int:
    """Make the slot of every village that owes `month`; return how many are new.

    Without `month`: the month that ended last in each office's zone. Villages
    designated now owe reports from the month after their decree. Their officials
    are notified, except of an earlier `month`. Safe to repeat, also at the same
    time, as the offices are locked.
    """
    offices = _offices_by_month(month and month.replace(day=1), timezone.now())
    if month and not offices:
        raise ValidationError(
            _("%(month)s is not over yet. Choose an earlier month.")
            % {"month": date_format(month, "YEAR_MONTH_FORMAT")}
        )
    made = [slot for past, places in offices.items() for slot in _make(past, places)]
    if month is None:
        notifications.notify_villages(Kind.MONTH_OPENED, _with_ids(made))
    return len(made)


def _offices_by_month(month: date | None, now: datetime) -> dict[date, list[int]]:
    offices: dict[date, list[int]] = defaultdict(list)
    for office in Office.objects.select_for_update(no_key=True).order_by("pk"):
        ended = month_before(timezone.localdate(now, ZoneInfo(office.zone)))
        wanted = month or ended
        if wanted <= ended:
            offices[wanted].append(office.pk)
    return offices


def _make(month: date, offices: Collection[int]) -> list[ReportSlot]:
    slots = [
        ReportSlot(
            village_id=village,
            month=month,
            due_on=month_after(month).replace(day=DUE_DAY),
        )
        for village in _without_slot(month, offices)
    ]
    ReportSlot.objects.bulk_create(slots, batch_size=1000, ignore_conflicts=True)
    return slots


def _with_ids(made: list[ReportSlot]) -> QuerySet[ReportSlot]:
    """Return the same slots with their ids, which a bulk insert does not return."""
    return ReportSlot.objects.filter(
        month__in={slot.month for slot in made},
        village__in=[slot.village_id for slot in made],
    ).select_related("village")


def _without_slot(month: date, offices: Collection[int]) -> list[int]:
    decrees = Designation.objects.filter(village=OuterRef("pk"), decree_date__lt=month)
    slots = ReportSlot.objects.filter(village=OuterRef("pk"), month=month)
    owing = Village.objects.filter(
        ~Exists(slots),
        status=Village.Status.DESIGNATED,
        office__in=offices,
    ).alias(last_decree=Subquery(decrees.values("verb")[:1]))
    found = owing.filter(last_decree__in=IN_FORCE).order_by("pk")
    return list(found.values_list("pk", flat=True))
