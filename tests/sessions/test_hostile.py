"""Forbidden fields and hostile words: nothing changes that may not, nothing breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse

from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Delegate
from fgd.plan.models import Action, Recommendation
from fgd.sessions.models import Session, Topic
from tests.dataset import Dataset
from tests.register.hostile import TEXTS as HOSTILE
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
FORBIDDEN = {
    "status": "finalised",
    "session": "1",
    "office": "1",
    "number": "99",
    "agreed_at": "2026-01-01",
    "finalised_at": "2026-01-01",
    "created_by": "1",
    "verified_by": "1",
    "evidence_count": "5",
    "percent": "100",
    "is_walk_in": "on",
    "acting_user": "1",
}

TABS = (
    "sessions:session_detail",
    "sessions:session_agenda",
    "sessions:session_topics",
    "participants:session_participants",
    "minutes:session_minutes",
    "plan:session_agreements",
)


def page(name: str, session: Session, *more: int) -> str:
    return reverse(name, args=[session.pk, *more])


def forms_of(dataset: Dataset, session: Session) -> dict[str, dict[str, Any]]:
    """Every form that writes text, by its address, filled as people fill it."""
    topic = session.topics.get()
    recommendation = session.recommendations.get()
    speaker, invitation = session.delegates.get(), session.invitations.first()
    dinsos = dataset.agencies["dinsos"].pk
    return {
        page("sessions:session_change", session): {
            "theme": "Tema",
            "purpose": "Tujuan",
            "venue": "Tempat",
            "series_name": "Rangkaian",
            "day": "2025-11-11",
            "begins": "09:00",
            "ends": "12:00",
            "version": session.version,
        },
        page("sessions:agenda_add", session): {
            "starts_at": "09:00",
            "minutes": 30,
            "title": "Pembukaan",
            "presenter": "MC",
        },
        page("sessions:topic_add", session): {"title": "Topik", "background": "Latar"},
        page("participants:delegate_add", session): {
            "name": "Nama",
            "position": "Jabatan",
            "party": f"a{dinsos}",
            "mandate": "decide",
            "part": "participant",
        },
        page("minutes:minutes_add", session, topic.pk): {
            "text": "Isi",
            "speaker": speaker.pk,
        },
        page("plan:recommendation_add", session): {"text": "Rekomendasi"},
        page("plan:action_add", session, recommendation.pk): {
            "title": "Aksi",
            "indicator": "Tanda",
            "funding": "Dana",
            "lead_agency": dinsos,
            "due_on": "2026-03-01",
            "pillar": "service",
        },
        page("participants:invitation_change", session, invitation.pk): {
            "seats": 1,
            "letter_number": "Nomor",
            "version": 1,
        },
    }


@pytest.fixture
def session(dataset: Dataset) -> Session:
    made = scene.running(dataset)
    scene.topic(made)
    scene.recommendation(made)
    scene.delegate(dataset, made)
    return made


def test_forbidden_fields_change_nothing(
    dataset: Dataset, signed_in: Browser, session: Session
) -> None:
    browser = signed_in("serang")
    for url, data in forms_of(dataset, session).items():
        assert browser.post(url, FORBIDDEN | data).status_code == 302
    session.refresh_from_db()
    kept = model_to_dict(session, ["status", "office", "created_by", "finalised_at"])
    assert session.status == "in_progress"
    assert (kept["office"], kept["created_by"]) == (
        dataset.serang.pk,
        dataset.people["serang"].pk,
    )
    action = Action.objects.get()
    assert (action.status, action.percent, action.evidence_count) == (
        "not_started",
        0,
        0,
    )
    assert (action.agreed_at, action.verified_by, action.session) == (
        None,
        None,
        session,
    )
    assert not Delegate.objects.filter(is_walk_in=True).exists()
    assert set(Topic.objects.values_list("number", flat=True)) == {1, 2}
    assert MinutesEntry.objects.get().written_by == dataset.people["serang"]


WRITTEN = {
    "theme",
    "purpose",
    "venue",
    "series_name",
    "title",
    "presenter",
    "background",
    "name",
    "position",
    "text",
    "indicator",
    "funding",
    "letter_number",
}


@pytest.mark.parametrize("part", range(8))
def test_hostile_words_are_kept_as_text_or_refused(
    dataset: Dataset, signed_in: Browser, session: Session, part: int
) -> None:
    browser = signed_in("serang")
    url, data = list(forms_of(dataset, session).items())[part]
    for words in HOSTILE:
        session.refresh_from_db()
        typed = {key: words if key in WRITTEN else value for key, value in data.items()}
        if "version" in typed:
            typed["version"] = session.version
        assert browser.post(url, typed).status_code in {200, 302}
    for tab in TABS:
        answer = browser.get(page(tab, session))
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content


def test_hostile_words_in_pasted_rows_and_searches(
    dataset: Dataset, signed_in: Browser, session: Session
) -> None:
    browser = signed_in("serang")
    for words in HOSTILE:
        pasted = {"text": f"{words}\tStaf\tDinsos\t0812345678"}
        paste = page("participants:delegates_paste", session)
        answer = browser.post(paste, pasted, follow=True)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content
        rundown = browser.post(page("sessions:agenda_paste", session), {"text": words})
        assert rundown.status_code in {200, 302}
        for address in ("/fgd/", "/fgd/instansi/"):
            assert browser.get(address, {"cari": words}).status_code == 200


def test_overlong_text_keeps_what_was_typed(
    dataset: Dataset, signed_in: Browser, session: Session
) -> None:
    browser = signed_in("serang")
    long = "a" * 20_000
    for url, data in forms_of(dataset, session).items():
        typed = {key: long if key in WRITTEN else value for key, value in data.items()}
        answer = browser.post(url, typed)
        assert answer.status_code == 200, url
        assert answer.context["form"].errors
    assert Recommendation.objects.count() == 1
