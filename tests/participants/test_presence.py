"""What the list of participants says of presence in each state of a session."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fgd.participants.models import Attendance
from fgd.sessions.models import Session
from tests.dataset import Dataset, make_session
from tests.participants.test_participants import page
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


@pytest.mark.parametrize(
    ("status", "shown", "hidden"),
    [
        ("draft", "tidak diundang", "hadir tanpa undangan"),
        ("invited", "tidak diundang", "hadir tanpa undangan"),
        ("in_progress", "1 diutus, 0 hadir", "hadir tanpa undangan"),
    ],
)
def test_nobody_was_present_before_anything_took_place(
    dataset: Dataset, signed_in: Browser, status: str, shown: str, hidden: str
) -> None:
    starts_at = timezone.now() + timedelta(days=3)
    session = make_session(
        dataset.serang,
        dataset.people["serang"],
        status=status,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    row = scene.delegate(dataset, session)
    browser, tab = signed_in("serang"), page("session_participants", session)
    answer = browser.get(tab).content.decode()
    assert shown in answer
    assert hidden not in answer
    assert ("0 hadir" in answer) == (status == "in_progress")
    Session.objects.filter(pk=session.pk).update(status="in_progress")
    Attendance.objects.create(delegate=row, recorded_by=dataset.people["serang"])
    assert "hadir tanpa undangan" in browser.get(tab).content.decode()
