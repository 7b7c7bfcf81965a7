"""The scene of the permission matrix: three sides that know nothing of each other.

`own` lies with Kanim Serang, `near` with Kanim Tangerang under the same Kanwil,
`far` under another Kanwil. Each side has one thing of every kind.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.models import Notice
from fgd.models import (
    Action,
    ActionVillage,
    Agency,
    AgendaItem,
    Delegate,
    Invitation,
    MinutesEntry,
    Recommendation,
    Session,
    Topic,
)
from reports.followup.models import Evidence
from reports.monthly.models import MonthlyReport, ReportSlot, ReportVersion
from tests.browsers import browser_with, session_of
from tests.matrix_outreach import Outreach, build_outreach
from tests.matrix_vulnerability import Judged, judged_in
from tests.world import World, assign, build_world, make_session, make_user
from tests.world import make_village as fostered
from villages.models import (
    AccountRequest,
    Assignment,
    Designation,
    GuardedDeed,
    Office,
    Region,
    Village,
    VillageContact,
    VillageImport,
    VillageImportProgress,
    VillageImportRow,
)

PDF = b"%PDF-1.4 contoh"
#: who plays which role of the matrix
CAST = {
    "admin": "admin",
    "nobody": "nobody",
    "kanwil": "kanwil",
    "kanim": "serang",
    "pimpasa": "pimpasa",
    "official": "official",
    "focal_point": "dinsos",
    "leader": "leader",
    "auditor": "auditor",
    "triage": "triage",
    "mixed": "mixed",
}
#: roles that look over a whole Kanwil: a neighbouring Kanim is theirs, too
WIDE = {"kanwil", "leader", "auditor"}
MONTHS = {
    "open": date(2026, 6, 1),
    "draft": date(2026, 7, 1),
    "submitted": date(2026, 8, 1),
    "verified": date(2026, 9, 1),
}


@dataclass
class Side:
    """One thing of every kind, all in one village's care."""

    village: Village
    proposed: Village
    open_region: Region
    agency: Agency
    contact: VillageContact
    designation: Designation
    assignment: Assignment
    request: AccountRequest
    guarded: GuardedDeed
    person: User
    draft: Session
    running: Session
    item: AgendaItem
    topic: Topic
    entry: MinutesEntry
    invitation: Invitation
    delegate: Delegate
    recommendation: Recommendation
    wish: Action
    agreed: Action
    reported: Action
    evidence: Evidence
    judged: Judged
    outreach: Outreach
    listed: VillageImport


@dataclass
class Scene:
    world: World
    sides: dict[str, Side]
    notices: dict[str, int]
    sessions: dict[str, str]

    def browser(self, role: str) -> Client:
        return browser_with(self.sessions.get(role))

    def side(self, place: str, role: str) -> Side:
        """What is `own` or `foreign` for this role; `mixed` is PIMPASA in Kronjo."""
        if place == "own":
            return self.sides["near" if role == "mixed" else "own"]
        return self.sides["far" if role in WIDE | {"mixed"} else "near"]

    def notice(self, place: str, role: str) -> int:
        """The role's own notice, or somebody else's; a stranger has none."""
        mine = CAST.get(role, "nobody")
        return self.notices[mine if place == "own" else "serang2"]


def build_scene() -> Scene:
    world = build_world()
    _far_regions()
    kanwil = Office.objects.create(
        kind="kanwil", name="Kantor Wilayah Jauh", short_name="Kanwil Jauh"
    )
    far = Office.objects.create(
        kind="kanim", name="Kantor Imigrasi Jauh", short_name="Jauh", parent=kanwil
    )
    far_agency = Agency.objects.create(
        name="Dinas Jauh", short_name="Jauh", kind="social", level="regency"
    )
    lontar, kronjo = world.villages["lontar"], world.villages["kronjo"]
    hidden = fostered("91.01.01.2001", far)
    sides = {
        "own": _side("own", lontar, "36.04.13.21", world.agencies["dinsos"]),
        "near": _side("near", kronjo, "36.03.07.21", world.agencies["polres"]),
        "far": _side("far", hidden, "91.01.01.21", far_agency),
    }
    return Scene(
        world,
        sides,
        notices={name: _notice(world, name) for name in world.people},
        sessions={role: session_of(world.people[name]) for role, name in CAST.items()},
    )


def _notice(world: World, name: str) -> int:
    notice = Notice.objects.create(
        recipient=world.people[name], kind="month_opened", key="matrix", path="/"
    )
    return notice.pk


def _far_regions() -> None:
    parent = None
    for level, code in enumerate(("91", "91.01", "91.01.01", "91.01.01.2001"), 1):
        parent = Region.objects.create(
            code=code, name=f"Jauh {level}", level=level, parent=parent
        )


def _side(name: str, village: Village, codes: str, agency: Agency) -> Side:
    office, person = village.office, make_user(f"petugas.{name}")
    regions = [
        Region.objects.create(
            code=f"{codes}{number:02}",
            name=f"Desa {name} {number}",
            level=4,
            kind="desa",
            parent_id=codes[:8],
        )
        for number in (1, 2)
    ]
    running = _session(office, person, village, agency)
    topic = Topic.objects.create(session=running, number=1, title="Modus baru")
    delegate = Delegate.objects.create(session=running, agency=agency, name="Siti")
    recommendation = _recommendation(running)
    final = _session(
        office, person, village, agency, "finalised", finalised_at=timezone.now()
    )
    agreed = _action(final, village, agency, "in_progress")
    _slots(village, person)
    return Side(
        village=village,
        proposed=fostered(regions[0].code, office, status="proposed"),
        open_region=regions[1],
        agency=agency,
        contact=VillageContact.objects.create(
            village=village, name="Ma'mun", position="Sekretaris"
        ),
        designation=_designation(village, person),
        assignment=assign(person, "pimpasa", village=village),
        request=_request(office, village, person, name),
        guarded=_guarded(office, person, name),
        person=person,
        draft=make_session(office, person, status="draft"),
        running=running,
        item=_agenda_item(running),
        topic=topic,
        entry=_entry(topic, delegate, person),
        invitation=running.invitations.get(agency=agency),
        delegate=delegate,
        recommendation=recommendation,
        wish=_action(running, village, agency, "not_started", agreed=False),
        agreed=agreed,
        reported=_action(final, village, agency, "reported_done", reporter=person),
        evidence=_evidence(agreed, person),
        judged=judged_in(village, person),
        outreach=build_outreach(village, person),
        listed=_listed(office, person, regions[1]),
    )


def _agenda_item(session: Session) -> AgendaItem:
    return AgendaItem.objects.create(
        session=session, starts_at="09:00", minutes=30, title="Pembukaan"
    )


def _guarded(office: Office, person: User, name: str) -> GuardedDeed:
    return GuardedDeed.objects.create(
        kind="grant",
        account=person,
        office=office,
        role="auditor",
        letter_number="ST-9",
        starts_on=date(2026, 3, 2),
        reason="Pengganti",
        asked_by=make_user(f"pengelola.{name}", is_superuser=True),
    )


def _listed(office: Office, person: User, region: Region) -> VillageImport:
    """A list that was looked over, with one row that is ready."""
    listed = VillageImport.objects.create(
        office=office, uploaded_by=person, filename="daftar.xlsx", status="previewed"
    )
    VillageImportProgress.objects.create(parent=listed)
    VillageImportRow.objects.create(
        parent=listed,
        line=2,
        cells={"code": region.pk},
        region=region,
        confidence=99,
        verdict="ready",
    )
    return listed


def _session(
    office: Office,
    person: User,
    village: Village,
    agency: Agency,
    status: str = "in_progress",
    **fields: Any,
) -> Session:
    session = make_session(office, person, status=status, **fields)
    Invitation.objects.create(session=session, agency=agency)
    Invitation.objects.create(session=session, village=village)
    return session


def _recommendation(session: Session) -> Recommendation:
    recommendation, _new = Recommendation.objects.get_or_create(
        session=session, number=1, text="Perkuat pencegahan."
    )
    return recommendation


def _action(
    session: Session,
    village: Village,
    agency: Agency,
    status: str,
    *,
    agreed: bool = True,
    reporter: User | None = None,
) -> Action:
    action = Action.objects.create(
        recommendation=_recommendation(session),
        session=session,
        office=session.office,
        title="Pelatihan kerja",
        lead_agency=agency,
        due_on=date(2027, 3, 1),
        indicator="Dua kali pelatihan",
        pillar="knowledge",
        status=status,
        agreed_at=timezone.now() if agreed else None,
        reported_by=reporter,
        reported_at=timezone.now() if reporter else None,
        evidence_count=1,
    )
    ActionVillage.objects.create(action=action, village=village, status="done")
    return action


def _evidence(action: Action, person: User) -> Evidence:
    return Evidence.objects.create(
        action=action,
        title="Daftar hadir",
        file=ContentFile(PDF, "bukti.pdf"),
        content_type="application/pdf",
        size=len(PDF),
        sha256=uuid4().hex * 2,
        uploaded_by=person,
    )


def _entry(topic: Topic, delegate: Delegate, person: User) -> MinutesEntry:
    return MinutesEntry.objects.create(
        topic=topic, speaker=delegate, text="Perlu penyuluhan.", written_by=person
    )


def _designation(village: Village, person: User) -> Designation:
    return Designation.objects.create(
        village=village,
        verb="designate",
        decree_number="W.11-1/2025",
        decree_date=date(2025, 1, 10),
        issued_by=village.office,
        signatory="Kepala Kantor Contoh",
        decree_file=ContentFile(PDF, "sk.pdf"),
        decree_size=len(PDF),
        decree_sha256="0" * 64,
        recorded_by=person,
    )


def _request(
    office: Office, village: Village, person: User, name: str
) -> AccountRequest:
    return AccountRequest.objects.create(
        requesting_office=office,
        role="village_official",
        village=village,
        username=f"baru.{name}",
        name="Petugas Baru",
        letter_number="ST-9",
        starts_on=date(2026, 1, 1),
        requested_by=person,
    )


def _slots(village: Village, person: User) -> None:
    """A month of each kind: open, draft, sent, verified."""
    for status, month in MONTHS.items():
        slot = ReportSlot.objects.create(
            village=village,
            office=village.office,
            month=month,
            due_on=month + timedelta(days=35),
            status=status,
        )
        if status in {"submitted", "verified"}:
            report = MonthlyReport.objects.create(
                slot=slot, entered_by=person, submitted_at=timezone.now()
            )
            ReportVersion.objects.create(
                report=report,
                number=1,
                client_uuid=uuid4(),
                figures={},
                is_nil=False,
                channel="portal",
                submitted_by=person,
            )
