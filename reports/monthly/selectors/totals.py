"""Totals of a month, for those who see totals only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from desabinaan.accounts.access import Actor
from reports.monthly.models import FIGURES, ReportSlot
from reports.monthly.querysets import SENT
from villages.places.permissions import roles_for


@dataclass(frozen=True, slots=True)
class Totals:
    """One month over all villages of a user's offices.

    `by_status` counts slots, `nil` those sent as nil. `completeness` is the
    share in percent of sent reports among the slots that are not excused, None
    without any. `figures` sums verified reports, of `villages` villages.
    """

    by_status: Mapping[str, int]
    slots: int
    nil: int
    completeness: int | None
    villages: int
    figures: Mapping[str, int]


def totals(user: Actor, month: date) -> Totals:
    """Return the totals of `month` in the offices `user` may see."""
    slots = _slots_for_totals(user).filter(month=month.replace(day=1))
    verified = Q(status=ReportSlot.Status.VERIFIED)
    found = slots.aggregate(
        nil=Count("pk", filter=Q(status__in=SENT, report__is_nil=True)),
        **{code: Count("pk", filter=Q(status=code)) for code in ReportSlot.Status},
        **{
            f"sum_{name}": Coalesce(Sum(f"report__{name}", filter=verified), 0)
            for name in FIGURES
        },
    )
    by_status = {code.value: found[code] for code in ReportSlot.Status}
    count = sum(by_status.values())
    return Totals(
        by_status=by_status,
        slots=count,
        nil=found["nil"],
        completeness=_completeness(by_status, count),
        villages=by_status["verified"],
        figures={name: found[f"sum_{name}"] for name in FIGURES},
    )


def _slots_for_totals(user: Actor) -> QuerySet[ReportSlot]:
    user_roles = roles_for(user)
    offices = {*user_roles.offices("totals.view"), *user_roles.offices("report.view")}
    return ReportSlot.objects.filter(office_id__in=offices)


def _completeness(by_status: Mapping[str, int], count: int) -> int | None:
    owed = count - by_status["excused"]
    sent = sum(by_status[status] for status in SENT)
    return round(100 * sent / owed) if owed else None
