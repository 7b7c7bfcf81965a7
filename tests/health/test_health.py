"""What the operator and the administrator read about the portal itself."""

import os
import shutil
import socket
import ssl
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desabinaan.health.presenters import findings
from desabinaan.health.selectors import Certificate, portal_health
from tests.dataset import Dataset

Browser = Callable[[str], Client]

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    free: int


@pytest.fixture(autouse=True)
def well(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup of this night, a worker at work, an empty disk, no TLS."""
    settings.BACKUP_DIR, settings.PORTAL_URL = str(tmp_path), "http://portal.test"
    (tmp_path / "portal-2026-11-30-0217.tar.age").touch()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100, 60))
    worker_seen(timedelta(seconds=10))


def worker_seen(ago: timedelta) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
            [timezone.now() - ago],
        )


def add_job(status: str, ago: timedelta, *, is_planned: bool) -> None:
    """A job that was planned for that time, or put into the queue then."""
    when = timezone.now() - ago
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs "
            "(queue_name, task_name, status, scheduled_at, args) "
            "VALUES ('default', 'notices.post', %s, %s, '{}') RETURNING id",
            [status, when if is_planned else None],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = %s WHERE job_id = %s",
            [when, *(cursor.fetchone() or ())],
        )


def problems() -> list[str]:
    return [one.text for one in findings(portal_health()) if one.is_problem]


def test_nothing_to_do_when_all_is_well() -> None:
    assert problems() == []
    call_command("health")


def test_an_old_missing_or_unwatched_backup(tmp_path: Path, settings: Any) -> None:
    (backup,) = tmp_path.iterdir()
    old = (timezone.now() - timedelta(hours=27)).timestamp()
    os.utime(backup, (old, old))
    (text,) = problems()
    assert "Cadangan terakhir" in text
    backup.unlink()
    assert problems() == [f"Belum ada cadangan di {tmp_path}."]
    settings.BACKUP_DIR = ""
    (text,) = problems()
    assert "BACKUP_DIR" in text


def test_a_worker_that_is_silent_or_gone() -> None:
    worker_seen(timedelta(minutes=6))
    (text,) = problems()
    assert "terakhir" in text
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    (text,) = problems()
    assert "email" in text


@pytest.mark.parametrize("is_planned", [True, False])
def test_jobs_that_are_late(is_planned: bool) -> None:
    add_job("todo", timedelta(minutes=14), is_planned=is_planned)
    assert problems() == []
    add_job("todo", timedelta(minutes=16), is_planned=is_planned)
    (text,) = problems()
    assert text.startswith("1 ")


def test_jobs_that_failed_are_counted_by_their_name() -> None:
    for _number in range(2):
        add_job("failed", timedelta(days=2), is_planned=True)
    (text,) = problems()
    assert "2" in text
    assert "notices.post" in text


def test_a_disk_that_fills_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100, 9))
    assert all("9%" in text for text in problems())
    assert problems()


@pytest.mark.parametrize(("days", "is_problem"), [(15, False), (13, True)])
def test_a_certificate_that_ends_soon(
    monkeypatch: pytest.MonkeyPatch, days: int, is_problem: bool
) -> None:
    ends = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(
        "desabinaan.health.selectors._certificate",
        lambda: Certificate("portal.test", ends),
    )
    assert bool(problems()) is is_problem


def test_an_address_that_shows_no_certificate(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.PORTAL_URL = f"https://127.0.0.1:{port}"
    (text,) = problems()
    assert "127.0.0.1" in text
    assert "ditolak" in text or "refused" in text


def test_the_certificate_is_read_from_the_address(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Wrapped:
        def __enter__(self) -> "Wrapped":
            return self

        def __exit__(self, *_error: object) -> None: ...

        def getpeercert(self) -> dict[str, str]:
            return {"notAfter": "Jan  5 09:34:43 2018 GMT"}

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.PORTAL_URL = f"https://127.0.0.1:{server.getsockname()[1]}"
        monkeypatch.setattr(
            ssl.SSLContext, "wrap_socket", lambda *_args, **_words: Wrapped()
        )
        (text,) = problems()
    assert "2018" in text


def test_the_command_fails_and_shows_problems_only_if_asked(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.BACKUP_DIR = ""
    with pytest.raises(CommandError, match="1"):
        call_command("health", verbosity=0)
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["!!"]
    with pytest.raises(CommandError):
        call_command("health")
    assert "ok" in capsys.readouterr().out


def test_the_home_of_the_administration_shows_it(
    dataset: Dataset, signed_in: Browser, settings: Any
) -> None:
    settings.BACKUP_DIR = ""
    page = signed_in("admin").get(reverse("admin:index")).content.decode()
    assert "BACKUP_DIR" in page
    assert "Perlu ditindaklanjuti" in page
