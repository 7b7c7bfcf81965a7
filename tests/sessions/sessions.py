"""Sessions and agreed actions for tests of the FGD, laid without any action."""

from datetime import date
from typing import Any

from django.utils import timezone

from fgd.agencies.models import Agency
from fgd.participants.models import Delegate, Invitation
from fgd.plan.models import Action, ActionSupport, ActionVillage, Recommendation
from fgd.sessions.models import Session, Topic
from tests.dataset import Dataset, make_session


def running(dataset: Dataset, **fields: Any) -> Session:
    """A session of Kanim Serang in progress; Dinsos and Lontar are invited."""
    session = make_session(dataset.serang, dataset.people["serang"], **fields)
    Invitation.objects.create(
        session=session, agency=dataset.agencies["dinsos"], seats=2
    )
    Invitation.objects.create(session=session, village=dataset.villages["lontar"])
    return session


def delegate(
    dataset: Dataset, session: Session, name: str = "Petugas Contoh 1", **more
):
    return Delegate.objects.create(
        **{"session": session, "agency": dataset.agencies["dinsos"], "name": name}
        | more
    )


def topic(session: Session, number: int = 1) -> Topic:
    return Topic.objects.create(session=session, number=number, title="Modus baru")


def recommendation(session: Session, number: int = 1) -> Recommendation:
    return Recommendation.objects.create(
        session=session, number=number, text="Perkuat pencegahan di desa."
    )


def action(
    dataset: Dataset,
    *,
    session: Session | None = None,
    agreed: bool = True,
    lead: str = "dinsos",
    villages: tuple[str, ...] = ("lontar",),
    supporters: tuple[str, ...] = (),
    **fields: Any,
) -> Action:
    """An action led by Dinsos in Lontar; agreed unless said otherwise."""
    session = session or running(
        dataset, status="finalised" if agreed else "in_progress"
    )
    rec = session.recommendations.first() or recommendation(session)
    values: dict[str, Any] = {
        "title": "Pelatihan kerja",
        "due_on": date(2026, 3, 1),
        "indicator": "Dua kali pelatihan",
        "pillar": "knowledge",
        "agreed_at": timezone.now() if agreed else None,
        "villages_open": len(villages),
    }
    made = Action.objects.create(
        recommendation=rec,
        session=session,
        office=session.office,
        lead_agency=dataset.agencies[lead],
        **(values | fields),
    )
    for name in villages:
        ActionVillage.objects.create(action=made, village=dataset.villages[name])
    for name in supporters:
        ActionSupport.objects.create(action=made, agency=dataset.agencies[name])
    return made


def second_dinsos() -> Agency:
    """Dinas Sosial, entered a second time."""
    return Agency.objects.create(
        name="Dinas Sosial Provinsi Contoh",
        short_name="Dinas Sosial",
        kind="social",
        level="province",
        status="confirmed",
    )
