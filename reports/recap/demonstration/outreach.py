"""Activities of the last year: visits, counselling, a school, each with its test."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from django.utils import timezone

from desabinaan.lib.files import IMAGE, PDF, clean_upload
from reports.recap.demonstration.contents import contents, day_of
from reports.recap.demonstration.files import drawing, paper
from reports.recap.demonstration.portal import Portal
from villages import actions
from villages.models import ActivityKind, AwarenessRound, OutreachActivity, Question
from villages.question_files import read_banks

PLANNED_BEFORE = timedelta(days=14)
LASTS = timedelta(minutes=90)
COLLECTING = timedelta(minutes=12)


def hold_outreach(portal: Portal) -> None:
    """Activities are held and measured, planned, or cancelled with their reason."""
    actions.load_banks(read_banks())
    for told in contents("outreach"):
        if told.get("visit"):
            _visit(portal, told)
            continue
        activity = _plan(portal, told)
        if "test" in told:
            _measure(portal, told, activity)
        if "men" in told:
            _hold(portal, told, activity)
        if "cancel" in told:
            actions.cancel_activity(
                activity,
                told["cancel"],
                acting_user=portal.user(told["by"]),
                occurred_at=activity.starts_at - timedelta(days=2),
            )


def _moment(told: Mapping[str, Any]) -> datetime:
    clock = time.fromisoformat(told["clock"])
    return timezone.make_aware(datetime.combine(day_of(told["on"]), clock))


def _details(portal: Portal, told: Mapping[str, Any]) -> actions.Plan:
    facts = {
        "kind": ActivityKind.objects.get(code=told["kind"]),
        "pillar": told["pillar"],
        "starts_at": _moment(told),
        "venue": told.get("venue", ""),
        "expected": told.get("expected") or told["men"] + told["women"],
        "resource_persons": told.get("resource_persons", ""),
        "material": told.get("material", ""),
    }
    title = told.get("material_file")
    return actions.Plan(
        facts,
        [portal.villages[code] for code in told["villages"]],
        [portal.user(told["by"])],
        clean_upload(paper(title, told["material"]), PDF) if title else None,
    )


def _figures(told: Mapping[str, Any]) -> actions.Held:
    photos = [
        actions.Photo(clean_upload(drawing(caption, "jpg"), IMAGE), caption)
        for caption in told["photos"]
    ]
    facts = {
        "participants": told["men"] + told["women"],
        "men": told["men"],
        "women": told["women"],
        "youth": told.get("youth"),
        "prospective_migrants": told.get("migrants"),
        "summary": told["summary"],
    }
    return actions.Held(facts, photos)


def _visit(portal: Portal, told: Mapping[str, Any]) -> None:
    actions.record_visit(
        _details(portal, told),
        _figures(told),
        client_uuid=uuid5(NAMESPACE_URL, told["key"]),
        acting_user=portal.user(told["by"]),
    )


def _plan(portal: Portal, told: Mapping[str, Any]) -> OutreachActivity:
    planned = min(_moment(told) - PLANNED_BEFORE, timezone.now())
    return actions.plan_activity(
        _details(portal, told),
        client_uuid=uuid5(NAMESPACE_URL, told["key"]),
        acting_user=portal.user(told["by"]),
        occurred_at=planned,
    ).activity


def _hold(portal: Portal, told: Mapping[str, Any], activity: OutreachActivity) -> None:
    user, held = portal.user(told["by"]), _figures(told)
    current = actions.record_held(
        activity, held, version=activity.version, acting_user=user
    )
    if held.photos:
        actions.add_photos(
            current,
            held.photos,
            acting_user=user,
            occurred_at=current.starts_at + 2 * LASTS,
        )


# --- The test ----------------------------------------------------------------


def _measure(
    portal: Portal, told: Mapping[str, Any], activity: OutreachActivity
) -> None:
    """Both rounds, by phone or on paper: [answers, percent] before and after."""
    ((source, numbers),) = told["test"].items()
    begins = activity.starts_at
    for moment, when, people, percent in (
        ("before", begins, *numbers[:2]),
        ("after", begins + LASTS, *numbers[2:]),
    ):
        user = portal.user(told["by"])
        opened = actions.open_round(
            activity, moment, acting_user=user, occurred_at=when
        )
        questions = list(opened.test.bank.questions.all())
        seed = f"{told['key']} {moment}"
        if source == "phone":
            _answer(opened, questions, people, percent, seed)
        actions.close_round(opened, acting_user=user, occurred_at=when + COLLECTING)
        if source == "paper":
            _enter(portal, told, opened, questions, people, percent)


def _answer(
    round_: AwarenessRound,
    questions: list[Question],
    people: int,
    percent: int,
    seed: str,
) -> None:
    """So many people answer, about so many of a hundred rightly; nobody is named."""
    for number in range(people):
        choices = {
            question.pk: question.right
            if crc32(f"{seed} {number} {question.number}".encode()) % 100 < percent
            else 0
            for question in questions
        }
        token = uuid5(NAMESPACE_URL, f"{seed} {number}")
        actions.answer(
            round_.code, token, choices, occurred_at=round_.opened_at + COLLECTING / 2
        )


def _enter(
    portal: Portal,
    told: Mapping[str, Any],
    round_: AwarenessRound,
    questions: list[Question],
    people: int,
    percent: int,
) -> None:
    tallies = {}
    for question in questions:
        sway = crc32(f"{told['key']} {question.number}".encode()) % 21 - 10
        right = round(people * min(max(percent + sway, 0), 100) / 100)
        tallies[question.pk] = (people, right)
    actions.enter_paper(
        round_,
        tallies,
        version=round_.version,
        acting_user=portal.user(told["by"]),
        occurred_at=round_.opened_at + timedelta(days=1),
    )
