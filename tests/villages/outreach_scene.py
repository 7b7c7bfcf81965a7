"""Activities, questions and photos as the tests of outreach need them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.world import World
from villages import actions
from villages.models import ActivityKind, AwarenessRound, OutreachActivity, Question
from villages.question_files import read_banks


def kind() -> ActivityKind:
    return ActivityKind.objects.get_or_create(
        code="sambang-desa", name="Sambang desa", name_en="Village visit"
    )[0]


def planned(
    world: World,
    *villages: str,
    by: str = "serang",
    starts_at: datetime | None = None,
    **facts: Any,
) -> OutreachActivity:
    """An activity that began an hour ago, for twenty people."""
    told = {
        "kind": kind(),
        "pillar": "knowledge",
        "starts_at": starts_at or timezone.now() - timedelta(hours=1),
        "venue": "Balai desa",
        "expected": 20,
    }
    plan = actions.Plan(
        told | facts,
        [world.villages[name] for name in villages or ("lontar",)],
        [world.user(by)],
    )
    return actions.plan_activity(
        plan, client_uuid=uuid4(), acting_user=world.user(by)
    ).activity


def held(activity: OutreachActivity, world: World, men: int = 8, women: int = 12):
    figures = {"participants": men + women, "men": men, "women": women}
    return actions.record_held(
        activity,
        actions.Held(figures),
        version=activity.version,
        acting_user=world.user("serang"),
    )


def opened(
    activity: OutreachActivity, world: World, moment: str = "before"
) -> AwarenessRound:
    actions.load_banks(read_banks())
    return actions.open_round(activity, moment, acting_user=world.user("serang"))


def answer(round_: AwarenessRound, *right: bool) -> None:
    """One person per entry, who answers all questions rightly or none."""
    questions = list(round_.test.bank.questions.all())
    for knows in right:
        choices = {one.pk: one.right if knows else 0 for one in questions}
        actions.answer(round_.code, uuid4(), choices)


def close(round_: AwarenessRound, world: World) -> None:
    actions.close_round(round_, acting_user=world.user("serang"))


def measured(
    activity: OutreachActivity,
    world: World,
    before: Sequence[bool],
    after: Sequence[bool],
) -> None:
    """Both rounds of phones, closed."""
    for moment, people in (("before", before), ("after", after)):
        round_ = opened(activity, world, moment)
        answer(round_, *people)
        close(round_, world)


def questions_of(activity: OutreachActivity) -> list[Question]:
    return list(Question.objects.filter(bank__tests__activity=activity))


def picture(name: str = "foto.jpg", shade: int = 90, **told: Any) -> SimpleUploadedFile:
    kept = BytesIO()
    image = Image.new("RGB", (60, 40), (shade, 120, 120))
    image.save(kept, "PNG" if name.endswith("png") else "JPEG", **told)
    return SimpleUploadedFile(name, kept.getvalue())


def paper(
    round_: AwarenessRound, answered: int, right: int
) -> dict[int, tuple[int, int]]:
    questions = round_.test.bank.questions.all()
    return {one.pk: (answered, right) for one in questions}


def enter(
    round_: AwarenessRound,
    world: World,
    tallies: dict[int, tuple[int, int]],
    version: int = 1,
) -> AwarenessRound:
    user = world.user("serang")
    return actions.enter_paper(round_, tallies, version=version, acting_user=user)
