"""Backups and restores that are killed, or fill the disk."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from desabinaan.backups.restoring import check
from desabinaan.backups.writing import write_backup
from tests.backups.drill import Site, empty_site, this_site
from tests.dataset import build_dataset

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
LARGE = 300 * 1024 * 1024
RESTORING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND application_name = 'psql' AND query LIKE '{}%'"
)


@pytest.fixture
def portal(backup_keys: None) -> Site:
    """People, places, and an upload that takes its time."""
    build_dataset()
    upload = Path(settings.MEDIA_ROOT) / "letters" / "large.pdf"
    upload.parent.mkdir(parents=True)
    with upload.open("wb") as file:
        file.truncate(LARGE)
    return this_site()


@pytest.fixture
def elsewhere(portal: Site, tmp_path: Path) -> Iterator[Site]:
    """A site that holds a small backup of its own."""
    (Path(settings.MEDIA_ROOT) / "letters" / "small.pdf").write_bytes(b"small")
    with empty_site(tmp_path / "elsewhere") as site:
        yield site


def until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def kill(process: "subprocess.Popen[str]") -> None:
    """Ended in the middle of its work, with no time to tidy up."""
    assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_a_killed_backup_leaves_no_file_and_the_next_one_succeeds(portal, tmp_path):
    target, part = tmp_path / "kept", tmp_path / "kept.part"
    for size in (1, LARGE // 10, LARGE // 2):
        running = portal.start("backup", target)
        until(lambda size=size: part.exists() and part.stat().st_size >= size)
        kill(running)
        assert not target.exists()
        assert list(tmp_path.glob("kept*")) == [part]
    assert portal.manage("backup", target)[0] == 0
    assert check(target).rows == portal.rows()
    assert not part.exists()


@pytest.mark.parametrize("order", ["DROP", "CREATE TABLE", "ALTER TABLE"])
def test_a_killed_restore_leaves_the_old_state(portal, elsewhere, tmp_path, order):
    backup = tmp_path / "kept"
    write_backup(backup)
    assert elsewhere.manage("restore", backup)[0] == 0
    before = elsewhere.rows(), elsewhere.uploads()
    running = elsewhere.start("restore", backup, "--replace")
    until(lambda: elsewhere.ask(RESTORING.format(order)))
    kill(running)
    until(lambda: not elsewhere.ask(RESTORING.format("")))
    after = elsewhere.uploads()
    assert elsewhere.rows() == before[0]
    assert {name: after[name] for name in before[1]} == before[1]
    assert elsewhere.manage("restore", backup, "--replace")[0] == 0
    assert (elsewhere.rows(), elsewhere.uploads()) == before


def test_a_server_killed_while_it_restores_is_reported(portal, elsewhere, tmp_path):
    backup = tmp_path / "kept"
    write_backup(backup)
    running = elsewhere.start("restore", backup)
    until(lambda: elsewhere.ask(RESTORING.format("CREATE TABLE")))
    elsewhere.ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
        "WHERE application_name = 'psql'"
    )
    output, _nothing = running.communicate()
    assert (running.returncode, output.count("\n")) == (1, 1)
    assert "nothing was restored" in output
    assert (elsewhere.rows(), elsewhere.uploads()) == ({}, {})


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(words, check=False).returncode:
        pytest.skip("only root mounts a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_reported_and_freed_again(portal, elsewhere, tiny, tmp_path):
    with (Path(settings.MEDIA_ROOT) / "letters" / "large.pdf").open("wb") as file:
        file.write(os.urandom(4_000_000))
    status, output = portal.manage("backup", tiny / "kept")
    assert (status, "The disk is full" in output) == (1, True)
    assert list(tiny.iterdir()) == []
    write_backup(tmp_path / "kept")
    small = Site(elsewhere.url, tiny)
    status, output = small.manage("restore", tmp_path / "kept")
    assert (status, "The disk is full" in output) == (1, True)
    assert (small.rows(), small.uploads()) == ({}, {})
