"""Lontar with something in every part of its page."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.dataset import Dataset
from tests.vulnerability.villages import WORST, enter, model_in_force, score_all
from villages.outreach.models import (
    AwarenessCount,
    AwarenessPhase,
    AwarenessTest,
    OutreachActivity,
    Question,
    QuestionBank,
)
from villages.places.models import ActivityKind, Scheme
from villages.register.models import Designation, Village, VillageContact


def fill(dataset: Dataset) -> Village:
    """Contacts, decree, letter, schemes, a vulnerability score, tested activities."""
    lontar = dataset.villages["lontar"]
    _put_into_file(dataset, lontar)
    dataset.kanwil.refresh_from_db()
    model_in_force(dataset.kanwil)
    enter(lontar, WORST, dataset.user("kanwil"))
    score_all(dataset.kanwil, dataset.user("kanwil"))
    for days in (200, 20):
        test(dataset, activity(dataset, lontar, -days))
    activity(dataset, lontar, 7, status="planned")
    activity(dataset, lontar, 30, status="planned")
    activity(dataset, lontar, 3, status="cancelled", cancel_reason="Banjir")
    return lontar


def activity(
    dataset: Dataset,
    village: Village,
    days: int,
    status: str = "done",
    **fields: object,
) -> OutreachActivity:
    """An activity `days` from today; twenty people when it was held."""
    kind, _new = ActivityKind.objects.get_or_create(
        code="sambang", defaults={"name": "Sambang desa"}
    )
    count = {"participants": 20, "men": 8, "women": 12} if status == "done" else {}
    start = timezone.now() + timedelta(days=days)
    made = OutreachActivity.objects.create(
        kind=kind, pillar="knowledge", office=village.office, starts_at=start,
        status=status, created_by=dataset.people["serang"],
        **count, **fields,
    )  # fmt: skip
    day = timezone.localdate(start) if status == "done" else None
    made.places.create(village=village, held_on=day)
    return made


def test(dataset: Dataset, activity: OutreachActivity) -> None:
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
    tested = AwarenessTest.objects.create(activity=activity, bank=bank)
    for kind, right in (("before", 4), ("after", 9)):
        made = AwarenessPhase.objects.create(
            test=tested,
            kind=kind,
            code=uuid4().hex[:6].upper(),
            opened_by=dataset.people["serang"],
            opened_at=activity.starts_at,
            closes_at=activity.starts_at + timedelta(hours=2),
            answer_count=10,
        )
        AwarenessCount.objects.create(
            phase=made, question=question, source="phone", answered=10, right=right
        )


def _put_into_file(dataset: Dataset, village: Village) -> None:
    decree = Designation(
        village=village, verb="designate", decree_number="SK-07/2025",
        decree_date=timezone.localdate() - timedelta(days=300),
        issued_by=dataset.kanwil, signatory="Kepala Kantor Contoh",
        decree_size=8, decree_sha256="0" * 64, recorded_by=dataset.people["kanwil"],
    )  # fmt: skip
    decree.decree_file.save("sk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    decree.save()
    letter = village.assignments.get(user=dataset.people["pimpasa"])
    letter.letter_file.save("surat.pdf", ContentFile(b"%PDF-1.4"), save=True)
    for position in ("Kepala desa", "Sekretaris"):
        VillageContact.objects.create(
            village=village,
            name=f"{position} Contoh",
            position=position,
            phone="+6281200000001",
        )
    for code, name in (("desmigratif", "Desmigratif"), ("patbm", "PATBM")):
        village.schemes.add(Scheme.objects.get_or_create(code=code, name=name)[0])
