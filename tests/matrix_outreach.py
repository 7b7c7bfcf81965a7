"""Activities of the matrix: one planned, one held with photo, material and a test."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from desabinaan.accounts.models import User
from villages.models import (
    ActivityKind,
    AwarenessRound,
    AwarenessTest,
    OutreachActivity,
    OutreachPhoto,
    QuestionBank,
    Village,
)


@dataclass
class Outreach:
    planned: OutreachActivity
    held: OutreachActivity
    photo: OutreachPhoto


def build_outreach(village: Village, person: User) -> Outreach:
    kind, _new = ActivityKind.objects.get_or_create(
        code="penyuluhan", name="Penyuluhan"
    )
    planned, held = (
        OutreachActivity.objects.create(
            kind=kind,
            pillar="knowledge",
            office=village.office,
            starts_at=timezone.now() + timedelta(days=days),
            expected=20,
            created_by=person,
            client_uuid=uuid4(),
            **figures,
        )
        for days, figures in (
            (5, {}),
            (-5, {"status": "done", "participants": 9, "men": 4, "women": 5}),
        )
    )
    for activity in (planned, held):
        activity.places.create(village=village)
        activity.officers.add(person)
    held.material_file.save("materi.pdf", ContentFile(b"%PDF-1.4"), save=False)
    held.material_type, held.material_size = "application/pdf", 8
    held.save()
    photo = OutreachPhoto(
        activity=held, number=1, content_type="image/png", size=4, sha256="0" * 64
    )
    photo.file.save("foto.png", ContentFile(b"\x89PNG"), save=False)
    photo.save()
    _open_round(held, person)
    return Outreach(planned, held, photo)


def _open_round(activity: OutreachActivity, person: User) -> None:
    bank, _new = QuestionBank.objects.get_or_create(
        pillar="knowledge", version=1, title="Kerja aman", is_active=True
    )
    AwarenessRound.objects.create(
        test=AwarenessTest.objects.create(activity=activity, bank=bank),
        moment="before",
        code=uuid4().hex[:6].upper(),
        opened_by=person,
        closes_at=timezone.now() + timedelta(hours=1),
    )
