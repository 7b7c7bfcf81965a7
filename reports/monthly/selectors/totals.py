"""Totals of a month, for those who see totals only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from desabinaan.accounts.access import Actor
from reports.monthly.models import FIGURES, ReportSlot
from reports.monthly.querysets import IS_OWED, IS_SENT, SENT
from villages.places.permissions import roles_for


@dataclass(frozen=True, slots=True)
class Totals:
    """One month over all villages of a user's offices.

    `by_status` counts slots, `nil` those sent as nil. `owed` counts villages that owed
    a report, `sent` those of them that sent it, as the map does; `completeness` is the
    share in percent, None when nobody owed one. `figures` sums verified reports, of
    `villages` villages.
    """

    by_status: Mapping[str, int]
    slots: int
    nil: int
    owed: int
    sent: int
    completeness: int | None
    villages: int
    figures: Mapping[str, int]


def totals(user: Actor, month: date) -> Totals:
    """Return the totals of `month` in the offices `user` may see."""
    slots = _slots_for_totals(user).filter(month=month.replace(day=1))
    verified = Q(status=ReportSlot.Status.VERIFIED)
    found = slots.aggregate(
        owed=Count("pk", filter=IS_OWED),
        sent=Count("pk", filter=IS_OWED & IS_SENT),
        nil=Count("pk", filter=Q(status__in=SENT, report__is_nil=True)),
        **{code: Count("pk", filter=Q(status=code)) for code in ReportSlot.Status},
        **{
            f"sum_{name}": Coalesce(Sum(f"report__{name}", filter=verified), 0)
            for name in FIGURES
        },
    )
    by_status = {code.value: found[code] for code in ReportSlot.Status}
    owed, sent = found["owed"], found["sent"]
    return Totals(
        by_status=by_status,
        slots=sum(by_status.values()),
        nil=found["nil"],
        owed=owed,
        sent=sent,
        completeness=round(100 * sent / owed) if owed else None,
        villages=by_status["verified"],
        figures={name: found[f"sum_{name}"] for name in FIGURES},
    )


def _slots_for_totals(user: Actor) -> QuerySet[ReportSlot]:
    user_roles = roles_for(user)
    offices = {*user_roles.offices("totals.view"), *user_roles.offices("report.view")}
    return ReportSlot.objects.filter(village__office__in=offices)
