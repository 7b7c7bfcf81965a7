"""The supervisor behind `make run` and `make dev`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desabinaan.devtools import local_postgres, supervisor
from desabinaan.devtools.sources import SourceWatch
from desabinaan.devtools.supervisor import Child, single_instance
from desabinaan.lib.files.postgres_programs import ServerProblem

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
#: prints the pid of a child of its own, and lives as long as that one
PARENT_OF_SLEEPER = [
    *(sys.executable, "-c"),
    "import subprocess, sys; "
    "child = subprocess.Popen(sys.argv[1:], close_fds=False); "
    "print(child.pid, flush=True); child.wait()",
    *SLEEPER,
]


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The supervisor's files in a folder of this test."""
    for name in ("LOCK", "PIDS"):
        monkeypatch.setattr(supervisor, name, tmp_path / name)
    monkeypatch.setattr(local_postgres, "stop", lambda _cluster: None)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def started(child: Child) -> subprocess.Popen[bytes]:
    """The running process of the child, which holds the lock of this folder."""
    with single_instance() as lock:
        child.keep_alive(dict(os.environ), lock)
    assert child.process
    return child.process


def test_a_second_run_from_the_same_folder_is_refused():
    with (
        single_instance(),
        pytest.raises(ServerProblem, match="already runs"),
        single_instance(),
    ):
        pass


def test_a_killed_child_is_started_again():
    child = Child("sleeper", SLEEPER, pause=0)
    first = started(child)
    os.kill(first.pid, signal.SIGKILL)
    until(lambda: first.poll() is not None)
    second = started(child)
    assert second.pid != first.pid
    child.end()
    assert second.poll() is not None


def test_a_child_that_keeps_failing_waits_longer_each_time():
    child = Child("sleeper", SLEEPER, pause=0.01)
    first = started(child)
    os.kill(first.pid, signal.SIGKILL)
    until(lambda: first.poll() is not None)
    started(child)
    assert child.pause == 0.02
    child.end()


def test_the_folder_counts_as_busy_while_a_child_outlives_its_parent():
    child = Child("sleeper", SLEEPER)
    started(child)
    assert supervisor.is_running()
    child.end()
    assert not supervisor.is_running()


def test_stopping_ends_what_a_killed_supervisor_left():
    child = started(Child("sleeper", SLEEPER))
    supervisor.PIDS.write_text(f"1 {child.pid}")
    supervisor.stop()
    assert child.wait(5) == -signal.SIGTERM


def test_stopping_ends_the_child_of_a_killed_development_server(capfd):
    server = started(Child("server", PARENT_OF_SLEEPER))
    output: list[str] = []
    until(lambda: bool(output.append(capfd.readouterr().out) or "".join(output)))
    server.kill()
    server.wait()
    assert supervisor.is_running()
    supervisor.PIDS.write_text(f"1 {server.pid}")
    supervisor.stop()
    assert not supervisor.is_running()


def test_stopping_spares_another_process_with_a_recorded_pid(tmp_path):
    with subprocess.Popen(SLEEPER, cwd=tmp_path, start_new_session=True) as stranger:
        supervisor.PIDS.write_text(f"{stranger.pid}")
        assert supervisor._running_pids() == []
        stranger.kill()


# --- Edited sources ----------------------------------------------------------


@pytest.fixture
def watch(tmp_path: Path) -> SourceWatch:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/views.py").write_text("a = 1\n")
    return SourceWatch("app/**/*.py", folder=tmp_path)


def test_an_edited_a_new_and_a_removed_file_are_noticed_once_each(watch, tmp_path):
    assert not watch.changed()
    (tmp_path / "app/views.py").write_text("a = 2\n")
    os.utime(tmp_path / "app/views.py", ns=(1, 1))
    assert watch.changed()
    (tmp_path / "app/forms.py").touch()
    assert watch.changed()
    (tmp_path / "app/forms.py").unlink()
    assert watch.changed()
    assert not watch.changed()


def test_a_file_of_another_kind_is_not_watched(watch, tmp_path):
    (tmp_path / "app/notes.txt").touch()
    assert not watch.changed()


def test_a_child_is_restarted_at_once_when_its_sources_change(watch, tmp_path, capsys):
    child = Child("sleeper", SLEEPER, watch, pause=30)
    first = started(child)
    child.restart_if_sources_changed()
    assert first.poll() is None
    (tmp_path / "app/forms.py").touch()
    child.restart_if_sources_changed()
    assert first.wait(5) == -signal.SIGTERM
    assert started(child).pid != first.pid
    assert "ended" not in capsys.readouterr().err
    child.end()


def test_the_worker_starts_when_the_web_server_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    written = tmp_path / "worker"
    worker = [sys.executable, "-c", f"open({str(written)!r}, 'w'); {SLEEPER[2]}"]
    asked: list[bool] = []

    def answers(_url: str) -> bool:
        asked.append(written.exists())
        return len(asked) > 2

    def end_when_written() -> None:
        if written.exists():
            os.kill(os.getpid(), signal.SIGTERM)

    handlers = {number: signal.getsignal(number) for number in supervisor.SIGNALS}
    monkeypatch.setattr(supervisor, "_answers", answers)
    monkeypatch.setattr(supervisor, "_keep_database_alive", end_when_written)
    monkeypatch.setattr(supervisor, "TURNS_PER_DATABASE_CHECK", 1)
    children = [Child("web server", SLEEPER), Child("worker", worker)]
    try:
        with single_instance() as lock:
            supervisor.supervise(children, "", dict(os.environ), lock, "Ready.")
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert asked == [False, False, False]
    assert "Ready." in capfd.readouterr().out
