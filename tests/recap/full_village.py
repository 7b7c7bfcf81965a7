"""Lontar with something in every part of its page."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.villages.vulnerable import WORST, enter, model_in_force, score_all
from tests.world import World
from villages.models import (
    ActivityKind,
    AwarenessCount,
    AwarenessRound,
    AwarenessTest,
    Designation,
    OutreachActivity,
    Question,
    QuestionBank,
    Scheme,
    Village,
    VillageContact,
)


def fill(world: World) -> Village:
    """Contacts, decree, letter, schemes, a judged vulnerability, tested activities."""
    lontar = world.villages["lontar"]
    _put_into_file(world, lontar)
    world.kanwil.refresh_from_db()
    model_in_force(world.kanwil)
    enter(lontar, WORST, world.user("kanwil"))
    score_all(world.kanwil, world.user("kanwil"))
    for days in (200, 20):
        test(world, activity(world, lontar, -days))
    activity(world, lontar, 7, status="planned")
    activity(world, lontar, 30, status="planned")
    activity(world, lontar, 3, status="cancelled", cancel_reason="Banjir")
    return lontar


def activity(
    world: World, village: Village, days: int, status: str = "done", **fields: object
) -> OutreachActivity:
    """An activity `days` from today; twenty people when it was held."""
    kind, _new = ActivityKind.objects.get_or_create(
        code="sambang", defaults={"name": "Sambang desa"}
    )
    count = {"participants": 20, "men": 8, "women": 12} if status == "done" else {}
    start = timezone.now() + timedelta(days=days)
    made = OutreachActivity.objects.create(
        kind=kind, pillar="knowledge", office=village.office, starts_at=start,
        status=status, created_by=world.people["serang"], client_uuid=uuid4(),
        **count, **fields,
    )  # fmt: skip
    day = timezone.localdate(start) if status == "done" else None
    made.places.create(village=village, held_on=day)
    return made


def test(world: World, held: OutreachActivity) -> None:
    """Ten answered before and after: four knew it before, nine after."""
    bank, _new = QuestionBank.objects.get_or_create(
        pillar="knowledge", version=1, defaults={"title": "Kerja aman"}
    )
    question = bank.questions.first() or Question.objects.create(
        bank=bank,
        number=1,
        text="Boleh?",
        choices=["Ya", "Tidak", "Entah"],
        right=1,
        reason="-",
    )
    tested = AwarenessTest.objects.create(activity=held, bank=bank)
    for moment, right in (("before", 4), ("after", 9)):
        made = AwarenessRound.objects.create(
            test=tested,
            moment=moment,
            code=uuid4().hex[:6].upper(),
            opened_by=world.people["serang"],
            opened_at=held.starts_at,
            closes_at=held.starts_at + timedelta(hours=2),
            answer_count=10,
        )
        AwarenessCount.objects.create(
            round=made, question=question, source="phone", answered=10, right=right
        )


def _put_into_file(world: World, village: Village) -> None:
    decree = Designation(
        village=village, verb="designate", decree_number="SK-07/2025",
        decree_date=timezone.localdate() - timedelta(days=300),
        issued_by=world.kanwil, signatory="Kepala Kantor Contoh",
        decree_size=8, decree_sha256="0" * 64, recorded_by=world.people["kanwil"],
    )  # fmt: skip
    decree.decree_file.save("sk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    decree.save()
    letter = village.assignments.get(user=world.people["pimpasa"])
    letter.letter_file.save("surat.pdf", ContentFile(b"%PDF-1.4"), save=True)
    for position in ("Kepala desa", "Sekretaris"):
        VillageContact.objects.create(
            village=village,
            name=f"{position} Contoh",
            position=position,
            phone="0812-0000-0001",
        )
    for code, name in (("desmigratif", "Desmigratif"), ("patbm", "PATBM")):
        village.schemes.add(Scheme.objects.get_or_create(code=code, name=name)[0])
