"""A year of monthly reports: most verified, some late, returned, nil or on behalf."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.demo.contents import contents, moment
from desabinaan.demo.portal import Portal
from reports.monthly import services as monthly_services
from reports.monthly.models import ReportSlot
from reports.monthly.months import month_after, month_before, months_back

MONTHS = 12
#: months before last month -> villages whose report is not simply verified
SCENARIOS: Mapping[int, Mapping[str, str]] = {
    0: {
        "36.04.13.2007": "open",
        "36.04.08.2009": "submitted",
        "36.03.07.2001": "open",
        "36.04.13.2011": "draft",
        "36.04.12.2008": "submitted",
        "36.01.12.2010": "returned",
        "36.02.21.2005": "open",
        "36.72.03.1004": "submitted",
        "36.71.09.1003": "open",
    },
    1: {"36.72.03.1004": "open", "36.02.21.2005": "submitted"},
    2: {"36.02.21.2005": "excused", "36.01.12.2010": "returned_then_verified"},
    3: {"36.03.06.2018": "correction"},
}
SILENT = ("open", "draft", "excused")
CHANNELS = ("whatsapp", "telephone", "paper")
#: figure -> the most a quiet month brings
USUAL = {
    "office_questions": 6,
    "job_offers_heard": 5,
    "new_recruiters_seen": 2,
    "departures_known": 6,
    "returns_known": 4,
    "families_without_news": 2,
    "foreigners_reported": 1,
    "coordination_meetings": 2,
}


@dataclass(frozen=True, slots=True)
class DemoMonth:
    """One village's month, `back` months before the last, and who works on it."""

    slot: ReportSlot
    back: int
    staff: User
    officer: User | None
    official: User | None

    def chance(self, what: str, choices: int) -> int:
        """Return 0 to `choices` - 1, the same for the same village, month and name."""
        seed = f"{self.slot.village.code} {self.back} {what}"
        return crc32(seed.encode()) % choices

    def day(self, days: int, clock: str) -> datetime:
        """Return that many days into the month after, but never after now."""
        first = month_after(self.slot.month)
        return moment(first + timedelta(days=days), clock)


def send_reports(portal: Portal) -> None:
    """Make the slots of the last year, and bring each to its state."""
    last = month_before(timezone.localdate())
    offices = {office.pk: key for key, office in portal.offices.items()}
    officials, officers = _people(Role.VILLAGE_OFFICIAL), _people(Role.PIMPASA)
    for back, first in reversed(list(enumerate(months_back(last, MONTHS)))):
        monthly_services.make_slots(first)
        for slot in ReportSlot.objects.filter(month=first).select_related("village"):
            code = slot.village.code
            month = DemoMonth(
                slot,
                back,
                staff=portal.user(f"kanim.{offices[slot.village.office_id]}"),
                officer=portal.user(officers[code]) if code in officers else None,
                official=portal.user(officials[code]) if code in officials else None,
            )
            _play_scenario(month, SCENARIOS.get(back, {}).get(code, "verified"))


def _people(role: Role) -> dict[str, str]:
    """Return user names by village code."""
    return {
        code: person["username"]
        for person in contents("people")
        if person["role"] == role
        for code in person["place"]
    }


def _play_scenario(month: DemoMonth, scenario: str) -> None:
    if scenario in SILENT:
        _stay_silent(month, scenario)
        return
    sender = _send(month, seen=0, day=1 + month.chance("day", 8))
    checker = month.staff if sender == month.officer else month.officer or month.staff
    if scenario.startswith("returned"):
        monthly_services.return_report(
            month.slot,
            reason="Jumlah keberangkatan tidak cocok dengan catatan PIMPASA.",
            acting_user=checker,
            occurred_at=month.day(11, "10:15"),
        )
    if scenario == "returned_then_verified":
        _send(month, seen=2, day=13)
    if scenario not in ("returned", "submitted"):
        _verify(month, checker, seen=3 if scenario == "returned_then_verified" else 1)
    if scenario == "correction" and month.official:
        monthly_services.request_correction(
            month.slot,
            reason="Satu kegiatan penyuluhan belum terhitung.",
            acting_user=month.official,
            occurred_at=month.day(20, "14:00"),
        )


def _stay_silent(month: DemoMonth, scenario: str) -> None:
    if scenario == "draft" and month.official:
        monthly_services.save_draft(
            month.slot,
            typed={name: str(value) for name, value in _figures(month).items()},
            seen=0,
            acting_user=month.official,
            occurred_at=month.day(2, "16:40"),
        )
    if scenario == "excused":
        monthly_services.excuse(
            month.slot,
            reason="Jalan desa terputus karena banjir rob sepanjang bulan.",
            acting_user=month.staff,
            occurred_at=month.day(6, "09:30"),
        )


def _send(month: DemoMonth, *, seen: int, day: int) -> User:
    """Send the report as the official, or as an officer on the village's behalf."""
    uuid = uuid5(NAMESPACE_URL, f"{month.slot.village.code}/{month.back}/{seen}")
    when = month.day(day, f"{9 + month.chance('hour', 8):02d}:20")
    is_nil = not seen and month.chance("nil", 6) == 0
    figures = {} if is_nil else _figures(month)
    reported_by_phone = month.officer and month.chance("behalf", 9) == 0
    if month.official is None or reported_by_phone:
        sender = month.officer or month.staff
        monthly_services.enter_on_behalf(
            month.slot,
            figures=figures,
            is_nil=is_nil,
            channel=CHANNELS[month.chance("channel", len(CHANNELS))],
            client_uuid=uuid,
            seen=seen,
            acting_user=sender,
            occurred_at=when,
        )
        return sender
    if is_nil:
        monthly_services.submit_nil(
            month.slot,
            client_uuid=uuid,
            seen=seen,
            acting_user=month.official,
            occurred_at=when,
        )
    else:
        monthly_services.submit(
            month.slot,
            figures=figures,
            client_uuid=uuid,
            seen=seen,
            acting_user=month.official,
            occurred_at=when,
        )
    return month.official


def _verify(month: DemoMonth, checker: User, *, seen: int) -> None:
    days = 15 if seen > 1 else 10 + month.chance("check", 4)
    monthly_services.verify(
        month.slot,
        seen=seen,
        acting_user=checker,
        occurred_at=month.day(days, "11:05"),
    )


def _figures(month: DemoMonth) -> dict[str, int]:
    figures = {name: month.chance(name, most + 1) for name, most in USUAL.items()}
    activities = month.chance("outreach_held", 4)
    return {
        **figures,
        "outreach_held": activities,
        "people_reached": activities * (18 + month.chance("people_reached", 25)),
        "departures_undocumented": figures["departures_known"] // 4,
        "returns_with_problems": figures["returns_known"] // 4,
    }
