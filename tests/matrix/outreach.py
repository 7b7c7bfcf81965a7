"""What the matrix asks for of outreach: activities, a photo, a test."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from desabinaan.accounts.models import User
from villages.outreach.models import (
    AwarenessPhase,
    AwarenessTest,
    OutreachActivity,
    OutreachPhoto,
    QuestionBank,
)
from villages.places.models import ActivityKind
from villages.register.models import Village


@dataclass
class OutreachRecords:
    """A planned activity, and a held one with a photo, material and an open test."""

    planned: OutreachActivity
    past: OutreachActivity
    photo: OutreachPhoto


def create_outreach_records(village: Village, person: User) -> OutreachRecords:
    kind, _created = ActivityKind.objects.get_or_create(
        code="penyuluhan", name="Penyuluhan"
    )
    planned, past = (
        OutreachActivity.objects.create(
            kind=kind,
            pillar="knowledge",
            office=village.office,
            starts_at=timezone.now() + timedelta(days=days),
            expected=20,
            created_by=person,
            **figures,
        )
        for days, figures in (
            (5, {}),
            (-5, {"status": "done", "participants": 9, "men": 4, "women": 5}),
        )
    )
    for activity in (planned, past):
        activity.places.create(village=village)
        activity.officers.add(person)
    past.material_file.save("materi.pdf", ContentFile(b"%PDF-1.4"), save=False)
    past.material_type, past.material_size = "application/pdf", 8
    past.save()
    photo = OutreachPhoto(
        activity=past, number=1, content_type="image/png", size=4, sha256="0" * 64
    )
    photo.file.save("foto.png", ContentFile(b"\x89PNG"), save=False)
    photo.save()
    _open_test(past, person)
    return OutreachRecords(planned, past, photo)


def _open_test(activity: OutreachActivity, person: User) -> None:
    bank, _created = QuestionBank.objects.get_or_create(
        pillar="knowledge", version=1, title="Kerja aman", is_active=True
    )
    AwarenessPhase.objects.create(
        test=AwarenessTest.objects.create(activity=activity, bank=bank),
        kind="before",
        code=uuid4().hex[:6].upper(),
        opened_by=person,
        closes_at=timezone.now() + timedelta(hours=1),
    )
