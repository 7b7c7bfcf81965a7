"""Activities, questions and photos as the tests of outreach need them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.dataset import Dataset
from villages.outreach import services as outreach_services
from villages.outreach.models import AwarenessPhase, OutreachActivity, Question
from villages.outreach.question_files import read_banks
from villages.places.models import ActivityKind


def kind() -> ActivityKind:
    return ActivityKind.objects.get_or_create(
        code="sambang-desa", name="Sambang desa", name_en="Village visit"
    )[0]


def planned(
    dataset: Dataset,
    *villages: str,
    by: str = "serang",
    starts_at: datetime | None = None,
    **facts: Any,
) -> OutreachActivity:
    """An activity that began an hour ago, for twenty people."""
    defaults = {
        "kind": kind(),
        "pillar": "knowledge",
        "starts_at": starts_at or timezone.now() - timedelta(hours=1),
        "venue": "Balai desa",
        "expected": 20,
    }
    plan = outreach_services.ActivityPlan(
        defaults | facts,
        [dataset.villages[name] for name in villages or ("lontar",)],
        [dataset.user(by)],
    )
    return outreach_services.plan_activity(plan, acting_user=dataset.user(by))


def record_held(
    activity: OutreachActivity, dataset: Dataset, men: int = 8, women: int = 12
):
    figures = {"participants": men + women, "men": men, "women": women}
    return outreach_services.record_outcome(
        activity,
        outreach_services.ActivityOutcome(figures),
        version=activity.version,
        acting_user=dataset.user("serang"),
    )


def opened(
    activity: OutreachActivity, dataset: Dataset, kind: str = "before"
) -> AwarenessPhase:
    outreach_services.load_banks(read_banks())
    return outreach_services.open_phase(
        activity, kind, acting_user=dataset.user("serang")
    )


def answer(phase: AwarenessPhase, *right: bool) -> None:
    """Answer for one person per entry, with all questions right or none."""
    questions = list(phase.test.bank.questions.all())
    for knows in right:
        choices = {one.pk: one.right if knows else 0 for one in questions}
        outreach_services.answer(phase.code, uuid4(), choices)


def close(phase: AwarenessPhase, dataset: Dataset) -> None:
    outreach_services.close_phase(phase, acting_user=dataset.user("serang"))


def measured(
    activity: OutreachActivity,
    dataset: Dataset,
    before: Sequence[bool],
    after: Sequence[bool],
) -> None:
    """Answer both phases by phone and close them."""
    for kind, people in (("before", before), ("after", after)):
        phase = opened(activity, dataset, kind)
        answer(phase, *people)
        close(phase, dataset)


def questions_of(activity: OutreachActivity) -> list[Question]:
    return list(Question.objects.filter(bank__tests__activity=activity))


def picture(
    name: str = "foto.jpg", shade: int = 90, **options: Any
) -> SimpleUploadedFile:
    content = BytesIO()
    image = Image.new("RGB", (60, 40), (shade, 120, 120))
    image.save(content, "PNG" if name.endswith("png") else "JPEG", **options)
    return SimpleUploadedFile(name, content.getvalue())


def paper(
    phase: AwarenessPhase, answered: int, right: int
) -> dict[int, tuple[int, int]]:
    questions = phase.test.bank.questions.all()
    return {one.pk: (answered, right) for one in questions}


def enter(
    phase: AwarenessPhase,
    dataset: Dataset,
    tallies: dict[int, tuple[int, int]],
    version: int = 1,
) -> AwarenessPhase:
    user = dataset.user("serang")
    return outreach_services.enter_paper(
        phase, tallies, version=version, acting_user=user
    )
