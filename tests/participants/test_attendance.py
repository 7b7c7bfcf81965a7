import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fgd.participants import services as participants_services
from fgd.participants.models import Attendance
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


def page(name: str, session: Session, *more: int) -> str:
    return reverse(f"participants:{name}", args=[session.pk, *more])


def test_one_tap_marks_a_person_and_a_second_changes_nothing(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    url = page("attendance_mark", session, row.pk)
    for arrived in ("09:15", "10:00"):
        signed_in("serang").post(url, {"source": "paper", "arrived": arrived})
    mark = Attendance.objects.get()
    assert mark.source == "paper"
    assert timezone.localtime(mark.arrived_at).strftime("%d %H:%M") == "11 09:15"
    assert session.events.count() == 1


def test_the_whole_list_is_saved_at_once(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    people = [scene.delegate(dataset, session, f"Petugas Contoh {n}") for n in range(3)]
    Attendance.objects.create(delegate=people[2], recorded_by=dataset.people["serang"])
    data = {
        "initial-present": [people[2].pk],
        "present": [people[0].pk, people[1].pk],
        "source": "manual",
        "arrived": "",
    }
    answers = [
        signed_in("serang").post(page("attendance_save", session), data, follow=True)
        for _time in range(2)
    ]
    assert "2 orang ditandai hadir, 1 tanda dihapus" in answers[0].content.decode()
    assert "Anda tidak mengubah apa pun" in answers[1].content.decode()
    marked = set(Attendance.objects.values_list("delegate_id", flat=True))
    assert marked == {people[0].pk, people[1].pk}
    assert Attendance.objects.first().arrived_at == session.starts_at


def test_two_desks_save_the_list_and_both_marks_stay(
    dataset: Dataset, signed_in: Browser
) -> None:
    """The second desk saves a page opened before the first desk saved."""
    session = scene.running(dataset)
    people = [scene.delegate(dataset, session, f"Petugas Contoh {n}") for n in range(3)]
    gone = Attendance.objects.create(
        delegate=people[2], recorded_by=dataset.people["serang"]
    )
    first, second = signed_in("serang"), signed_in("serang2")
    opened = second.get(page("attendance", session))
    save = page("attendance_save", session)
    first.post(save, sent_form(opened, save) | {"present": [people[0].pk]})
    assert not Attendance.objects.filter(pk=gone.pk).exists()
    ticked = [people[1].pk, people[2].pk]
    second.post(save, sent_form(opened, save) | {"present": ticked})
    marked = set(Attendance.objects.values_list("delegate_id", flat=True))
    assert marked == {people[0].pk, people[1].pk}


def test_a_tick_for_somebody_removed_meanwhile_is_said(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    gone, row = (scene.delegate(dataset, session, f"Petugas {n}") for n in "AB")
    ticked = [gone.pk, row.pk]
    participants_services.remove_delegate(gone.pk, acting_user=dataset.user("serang2"))
    save = page("attendance_save", session)
    data = {"present": ticked, "source": "manual"}
    answer = signed_in("serang").post(save, data, follow=True)
    assert "1 orang tidak ada lagi di daftar" in answer.content.decode()
    assert Attendance.objects.get().delegate == row


def test_ticks_stay_on_a_list_that_is_returned(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    save = page("attendance_save", session)
    browser = signed_in("serang")
    answer = browser.post(save, {"present": [row.pk], "arrived": "jam 9"})
    again = sent_form(answer, save)
    assert (again["present"], again["arrived"]) == (str(row.pk), "jam 9")
    assert "initial-present" not in again
    browser.post(save, again | {"arrived": "09.00", "source": "manual"})
    assert Attendance.objects.get().delegate == row


def test_a_mark_is_taken_away_again(dataset: Dataset, signed_in: Browser) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    Attendance.objects.create(delegate=row, recorded_by=dataset.people["serang"])
    signed_in("serang").post(page("attendance_unmark", session, row.pk))
    assert not Attendance.objects.exists()


def test_a_delegate_of_another_session_is_not_marked(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, other = scene.running(dataset), scene.running(dataset)
    row = scene.delegate(dataset, other)
    url = page("attendance_mark", session, row.pk)
    assert signed_in("serang").post(url).status_code == 404
    participants_services.record_attendance(
        session.pk, acting_user=dataset.user("serang"), present=[row.pk]
    )
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    ("status", "days", "may"),
    [
        ("draft", 0, False),
        ("draft", -3, False),
        ("invited", 1, False),
        ("invited", 0, True),
        ("invited", -3, True),
        ("in_progress", 5, True),
    ],
)
def test_presence_is_marked_from_the_day_of_an_announced_session(
    dataset: Dataset, signed_in: Browser, status: str, days: int, may: bool
) -> None:
    start = timezone.now() + timedelta(days=days)
    session = scene.running(
        dataset, status=status, starts_at=start, ends_at=start + timedelta(hours=3)
    )
    row, browser = scene.delegate(dataset, session), signed_in("serang")
    save = page("attendance_save", session)
    browser.post(save, {"present": [row.pk], "source": "manual"})
    browser.post(page("attendance_mark", session, row.pk), {"source": "manual"})
    assert Attendance.objects.exists() == may
    opened = browser.get(page("attendance", session))
    assert opened.status_code == (200 if may else 302)


def test_enter_in_a_field_saves_the_form(dataset: Dataset, signed_in: Browser) -> None:
    """A browser presses the first button of the form."""
    session = scene.running(dataset)
    scene.delegate(dataset, session)
    topic = scene.topic(session)
    browser = signed_in("serang")
    for address in (
        page("attendance", session),
        page("delegate_add", session),
        reverse("minutes:minutes_add", args=[session.pk, topic.pk]),
    ):
        words = browser.get(address).content.decode()
        form = words[words.index('<form class="form') :]
        button = re.search(r"<button[^>]*type=\"submit\"[^>]*>", form)
        assert button is not None
        assert "formaction" not in button[0], address
        assert "lagi" not in button[0], address


def test_nobody_arrives_in_the_future(dataset: Dataset) -> None:
    session = scene.running(dataset)
    row = scene.delegate(dataset, session)
    with pytest.raises(ValidationError):
        participants_services.record_attendance(
            session.pk,
            acting_user=dataset.user("serang"),
            present=[row.pk],
            arrived_at=timezone.now() + timedelta(hours=1),
        )


def test_attendance_of_a_session_opened_early_is_that_of_today(
    dataset: Dataset, signed_in: Browser
) -> None:
    starts_at = timezone.now() + timedelta(days=3)
    session = scene.running(
        dataset, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
    )
    row = scene.delegate(dataset, session)
    save = page("attendance_save", session)
    data = {"present": [row.pk], "source": "manual", "arrived": "00:00"}
    signed_in("serang").post(save, data)
    assert timezone.localdate(row.attendance.arrived_at) == timezone.localdate()


def test_a_time_of_arrival_to_come_is_refused_beside_its_field(
    dataset: Dataset, signed_in: Browser
) -> None:
    now = timezone.now()
    session = scene.running(
        dataset, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4)
    )
    row = scene.delegate(dataset, session)
    with pytest.raises(ValidationError) as refusal:
        participants_services.record_attendance(
            session.pk,
            acting_user=dataset.user("serang"),
            present=[row.pk],
            arrived_at=now + timedelta(minutes=5),
        )
    assert list(refusal.value.error_dict) == ["arrived"]
    assert not Attendance.objects.exists()


def test_an_announced_session_offers_attendance_from_its_day_on(
    dataset: Dataset, signed_in: Browser
) -> None:
    starts_at = timezone.now() + timedelta(days=3)
    session = scene.running(
        dataset,
        status="invited",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    scene.delegate(dataset, session)
    browser, tab = signed_in("serang"), page("session_participants", session)
    button = page("attendance", session)
    assert f'href="{button}"' not in browser.get(tab).content.decode()
    now = timezone.now()
    Session.objects.update(starts_at=now, ends_at=now + timedelta(hours=1))
    assert f'href="{button}"' in browser.get(tab).content.decode()
