"""What the browser looks at: the demonstration, with an FGD under way and one planned.

The demonstration's own session is final; the forms of a session need one that runs.
"""

from datetime import date, time, timedelta

from django.utils import timezone

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from desabinaan.demo.build import build
from fgd.agencies.models import Agency
from fgd.minutes.services.entries import add_entry
from fgd.participants.services.participants import Person, add_delegates, invite
from fgd.plan.services.agreements import ActionData, add_action, add_recommendation
from fgd.sessions.models import Session
from fgd.sessions.rundown_lines import AgendaLine
from fgd.sessions.services.programme import add_agenda_lines, add_topic
from fgd.sessions.services.sessions import create_session, open_session
from villages.places.models import Office
from villages.register.models import Assignment, Village

#: works at an office that has no village, no session, nothing
NEWCOMER = "kanim.baru"


def add_browser_data() -> None:
    """Build the demonstration, and everything that exists only for a time."""
    build()
    _newcomer()
    host = User.objects.get(username="kanim.serang")
    office = Office.objects.get(short_name="Kanim Serang")
    _session(host, office, "FGD yang direncanakan", days=30)
    running = _session(host, office, "FGD yang sedang berjalan", days=0)
    open_session(running.pk, acting_user=host)
    _fill(running, host)


def _session(host: User, office: Office, theme: str, days: int) -> Session:
    start = timezone.now() + timedelta(days=days, minutes=-5)
    session = create_session(
        acting_user=host,
        office=office,
        theme=theme,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        venue="Aula Contoh",
    )
    invite(
        session.pk,
        acting_user=host,
        agencies=list(Agency.objects.order_by("pk")[:3]),
        villages=list(Village.objects.filter(office=office, status="designated")[:2]),
        seats=2,
        letter_number="UND-01 (contoh)",
    )
    return session


def _fill(session: Session, host: User) -> None:
    agency = session.invitations.exclude(agency=None).select_related("agency")[0].agency
    lines = [
        AgendaLine(time(9), 30, "Pembukaan"),
        AgendaLine(time(9, 30), 60, "Paparan"),
    ]
    add_agenda_lines(session.pk, acting_user=host, lines=lines)
    villages = [row.village for row in session.invitations.exclude(village=None)]
    topics = [
        add_topic(session.pk, acting_user=host, title=title, villages=villages)
        for title in ("Modus perekrutan baru", "Pemeriksaan dokumen")
    ]
    people = [
        Person(name=f"Petugas Contoh {number}", position="Staf", agency_id=agency.pk)
        for number in (31, 32)
    ]
    delegates = add_delegates(session.pk, acting_user=host, people=people)
    add_entry(
        topics[0].pk,
        acting_user=host,
        text="Perekrut kini menyapa lewat grup percakapan.",
        speaker_id=delegates[0].pk,
    )
    recommendation = add_recommendation(
        session.pk, acting_user=host, text="Perkuat penyuluhan di desa."
    )
    action_data = ActionData(
        title="Penyuluhan di dua desa",
        lead_agency=agency,
        due_on=timezone.localdate() + timedelta(days=90),
        indicator="Dua kali penyuluhan",
        pillar="knowledge",
        villages=villages,
    )
    add_action(recommendation.pk, acting_user=host, data=action_data)


def _newcomer() -> None:
    """Somebody for whom every list is still empty."""
    office = Office.objects.create(
        kind="kanim",
        name="Kantor Imigrasi Contoh",
        short_name="Kanim Contoh",
        parent=Office.objects.get(kind="kanwil"),
    )
    user = User.objects.create_user(
        NEWCOMER, None, name="Petugas Contoh 99", is_demonstration=True
    )
    Assignment.objects.create(
        user=user,
        role=Role.OFFICE_STAFF,
        office=office,
        letter_number="ST-0099 (contoh)",
        starts_on=date(2026, 1, 5),
    )
