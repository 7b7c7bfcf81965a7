"""Activities of the last year: visits, counselling, a school, each with its test."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from django.utils import timezone

from desabinaan.demo.contents import contents, day_of
from desabinaan.demo.files import drawing, paper
from desabinaan.demo.portal import Portal
from desabinaan.lib.files.uploads import IMAGE, PDF, clean_upload
from villages.outreach import services as outreach_services
from villages.outreach.models import AwarenessPhase, OutreachActivity, Question
from villages.outreach.question_files import read_banks
from villages.places.models import ActivityKind

PLANNED_BEFORE = timedelta(days=14)
LASTS = timedelta(minutes=90)
COLLECTING = timedelta(minutes=12)


def hold_outreach(portal: Portal) -> None:
    """Make activities: held with tests, planned, or cancelled with a reason."""
    outreach_services.load_banks(read_banks())
    for entry in contents("outreach"):
        if entry.get("visit"):
            _visit(portal, entry)
            continue
        activity = _plan(portal, entry)
        if "test" in entry:
            _run_test(portal, entry, activity)
        if "men" in entry:
            _write_outcome(portal, entry, activity)
        if "cancel" in entry:
            outreach_services.cancel_activity(
                activity,
                entry["cancel"],
                acting_user=portal.user(entry["by"]),
                occurred_at=activity.starts_at - timedelta(days=2),
            )


def _moment(entry: Mapping[str, Any]) -> datetime:
    clock = time.fromisoformat(entry["clock"])
    return timezone.make_aware(datetime.combine(day_of(entry["on"]), clock))


def _details(
    portal: Portal, entry: Mapping[str, Any]
) -> outreach_services.ActivityPlan:
    facts = {
        "kind": ActivityKind.objects.get(code=entry["kind"]),
        "pillar": entry["pillar"],
        "starts_at": _moment(entry),
        "venue": entry.get("venue", ""),
        "expected": entry.get("expected") or entry["men"] + entry["women"],
        "resource_persons": entry.get("resource_persons", ""),
        "material": entry.get("material", ""),
    }
    title = entry.get("material_file")
    return outreach_services.ActivityPlan(
        facts,
        [portal.villages[code] for code in entry["villages"]],
        [portal.user(entry["by"])],
        clean_upload(paper(title, entry["material"]), PDF) if title else None,
    )


def _figures(entry: Mapping[str, Any]) -> outreach_services.ActivityOutcome:
    photos = [
        outreach_services.Photo(clean_upload(drawing(caption, "jpg"), IMAGE), caption)
        for caption in entry["photos"]
    ]
    facts = {
        "participants": entry["men"] + entry["women"],
        "men": entry["men"],
        "women": entry["women"],
        "youth": entry.get("youth"),
        "prospective_migrants": entry.get("migrants"),
        "summary": entry["summary"],
    }
    return outreach_services.ActivityOutcome(facts, photos)


def _visit(portal: Portal, entry: Mapping[str, Any]) -> None:
    outreach_services.record_visit(
        _details(portal, entry),
        _figures(entry),
        acting_user=portal.user(entry["by"]),
    )


def _plan(portal: Portal, entry: Mapping[str, Any]) -> OutreachActivity:
    planned = min(_moment(entry) - PLANNED_BEFORE, timezone.now())
    return outreach_services.plan_activity(
        _details(portal, entry),
        acting_user=portal.user(entry["by"]),
        occurred_at=planned,
    )


def _write_outcome(
    portal: Portal, entry: Mapping[str, Any], activity: OutreachActivity
) -> None:
    user, outcome = portal.user(entry["by"]), _figures(entry)
    current = outreach_services.record_outcome(
        activity, outcome, version=activity.version, acting_user=user
    )
    if outcome.photos:
        outreach_services.add_photos(
            current,
            outcome.photos,
            acting_user=user,
            occurred_at=current.starts_at + 2 * LASTS,
        )


# --- The test ----------------------------------------------------------------


def _run_test(
    portal: Portal, entry: Mapping[str, Any], activity: OutreachActivity
) -> None:
    """Run pre-test and post-test, by phone or on paper: [answers, percent] each."""
    ((source, numbers),) = entry["test"].items()
    begins = activity.starts_at
    for kind, when, people, percent in (
        ("before", begins, *numbers[:2]),
        ("after", begins + LASTS, *numbers[2:]),
    ):
        user = portal.user(entry["by"])
        opened = outreach_services.open_phase(
            activity, kind, acting_user=user, occurred_at=when
        )
        questions = list(opened.test.bank.questions.all())
        seed = f"{entry['key']} {kind}"
        if source == "phone":
            _answer(opened, questions, people, percent, seed)
        outreach_services.close_phase(
            opened, acting_user=user, occurred_at=when + COLLECTING
        )
        if source == "paper":
            _enter(portal, entry, opened, questions, people, percent)


def _answer(
    phase: AwarenessPhase,
    questions: list[Question],
    people: int,
    percent: int,
    seed: str,
) -> None:
    """Enter the answers of `people`, about `percent` of them correct."""
    for number in range(people):
        choices = {
            question.pk: question.right
            if crc32(f"{seed} {number} {question.number}".encode()) % 100 < percent
            else 0
            for question in questions
        }
        token = uuid5(NAMESPACE_URL, f"{seed} {number}")
        outreach_services.answer(
            phase.code, token, choices, occurred_at=phase.opened_at + COLLECTING / 2
        )


def _enter(
    portal: Portal,
    entry: Mapping[str, Any],
    phase: AwarenessPhase,
    questions: list[Question],
    people: int,
    percent: int,
) -> None:
    tallies = {}
    for question in questions:
        sway = crc32(f"{entry['key']} {question.number}".encode()) % 21 - 10
        right = round(people * min(max(percent + sway, 0), 100) / 100)
        tallies[question.pk] = (people, right)
    outreach_services.enter_paper(
        phase,
        tallies,
        version=phase.version,
        acting_user=portal.user(entry["by"]),
        occurred_at=phase.opened_at + timedelta(days=1),
    )
