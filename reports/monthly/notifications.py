"""Notices of a month: to the village, and to those who check its reports."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.urls import reverse

from desabinaan.notices.kinds import Kind
from desabinaan.notices.services.marking import dismiss
from desabinaan.notices.services.notifying import Subject, notify, notify_each
from reports.monthly.models import MonthlyEvent, ReportSlot
from villages.register.selectors.holders import holders, holders_by_village

VILLAGE, CHECKERS = "report.submit", "report.verify"
#: verb -> kind of notice, and the capability of those who get it
NOTICES_BY_VERB: Mapping[str, tuple[tuple[Kind, str], ...]] = {
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
#: verb -> kinds of notices that it makes obsolete
SETTLED: Mapping[str, tuple[Kind, ...]] = {
    "submit": (*_ASKED, Kind.REPORT_RETURNED),
    "enter_on_behalf": (*_ASKED, Kind.REPORT_RETURNED),
    "excuse": _ASKED,
    "verify": (Kind.REPORT_SUBMITTED,),
    "return": (Kind.REPORT_SUBMITTED,),
}


def notify_of_transition(slot: ReportSlot, event: MonthlyEvent) -> None:
    """Notify the village and its officers of an event that concerns them."""
    if event.verb in SETTLED:
        dismiss(_report_url(slot), SETTLED[event.verb])
    for kind, capability in NOTICES_BY_VERB.get(event.verb, ()):
        village = slot.village
        people = holders(capability, offices=[village.office_id], villages=[village.pk])
        subject = _subject(slot, event.pk)
        notify(people, kind, subject, by=event.actor, occurred_at=event.occurred_at)


def notify_villages(kind: Kind, slots: Iterable[ReportSlot]) -> int:
    """Notify the officials of each slot once; return how many notices are new."""
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
        path=_report_url(slot),
        once=once,
        about=str(slot.village),
        day=slot.month,
    )


def _report_url(slot: ReportSlot) -> str:
    return reverse("monthly:report_detail", args=[slot.village.code, slot.month])
