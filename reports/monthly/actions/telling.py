"""Whom a month concerns is told: the village, and those who check its reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from desabinaan.notices.actions import Subject, dismiss, notify, notify_each
from desabinaan.notices.kinds import Kind
from reports.monthly.models import MonthlyEvent, ReportSlot
from reports.monthly.selectors.slots import report_url
from villages.selectors.holders import holders, holders_by_village

VILLAGE, CHECKERS = "report.submit", "report.verify"
#: verb -> what is told, and to those who hold which capability
TOLD: Mapping[str, tuple[tuple[Kind, str], ...]] = {
    "submit": ((Kind.REPORT_SUBMITTED, CHECKERS),),
    "enter_on_behalf": (
        (Kind.REPORT_SUBMITTED, CHECKERS),
        (Kind.REPORT_ENTERED, VILLAGE),
    ),
    "verify": ((Kind.REPORT_VERIFIED, VILLAGE),),
    "return": ((Kind.REPORT_RETURNED, VILLAGE),),
    "request_correction": (
        (Kind.CORRECTION_REQUESTED, CHECKERS),
        (Kind.CORRECTION_REQUESTED, VILLAGE),
    ),
    "excuse": ((Kind.REPORT_EXCUSED, VILLAGE),),
}
_ASKED = (Kind.MONTH_OPENED, Kind.REPORT_DUE_SOON, Kind.REPORT_LATE)
#: verb -> what nobody needs to be asked for any more
SETTLED: Mapping[str, tuple[Kind, ...]] = {
    "submit": (*_ASKED, Kind.REPORT_RETURNED),
    "enter_on_behalf": (*_ASKED, Kind.REPORT_RETURNED),
    "excuse": _ASKED,
    "verify": (Kind.REPORT_SUBMITTED,),
    "return": (Kind.REPORT_SUBMITTED,),
}


def of_deed(slot: ReportSlot, event: MonthlyEvent) -> None:
    """The village and its officers, as far as the deed concerns them."""
    if event.verb in SETTLED:
        dismiss(report_url(slot.village.code, slot.month), SETTLED[event.verb])
    for kind, capability in TOLD.get(event.verb, ()):
        people = holders(
            capability, offices=[slot.office_id], villages=[slot.village_id]
        )
        subject = _subject(slot, event.pk)
        notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def villages(kind: Kind, slots: Iterable[ReportSlot]) -> int:
    """Each slot's officials are told of it once; answers how many notices are new."""
    found = list(slots)
    people = defaultdict(list)
    for village, user in holders_by_village(VILLAGE, {s.village_id for s in found}):
        people[village].append(user)
    return notify_each(
        kind,
        [
            (user, _subject(slot, slot.pk))
            for slot in found
            for user in people[slot.village_id]
        ],
    )


def _subject(slot: ReportSlot, once: int) -> Subject:
    return Subject(
        path=report_url(slot.village.code, slot.month),
        once=once,
        about=str(slot.village),
        day=slot.month,
    )
