"""The supervisor behind `make run`."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desabinaan.lib import local_postgres, serve
from desabinaan.lib.local_postgres import ServerProblem

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The supervisor's files in a folder of this test."""
    monkeypatch.setattr(serve, "VAR", tmp_path)
    for name in ("LOG", "LOCK", "PIDS"):
        monkeypatch.setattr(serve, name, tmp_path / name)
    return tmp_path


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_taken_port_is_told(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        with pytest.raises(ServerProblem, match="cannot be used"):
            serve.free_port()


@pytest.mark.parametrize("words", ["eight", "-1", "0", "70000", "80 80"])
def test_a_port_that_is_none_is_told(monkeypatch, words):
    monkeypatch.setenv("PORT", words)
    with pytest.raises(ServerProblem, match="is no port"):
        serve.free_port()


def test_without_a_word_the_port_is_8000():
    assert "--bind=127.0.0.1:8000" in serve.commands(8000)["web server"]


def test_a_command_that_fails_is_told_and_kept_in_the_log(places):
    with pytest.raises(ServerProblem, match="no_such_thing"):
        serve._manage(["no_such_thing"], dict(os.environ))
    assert "no_such_thing" in serve.LOG.read_text()


def test_a_second_run_from_the_same_folder_is_told(places):
    with (
        serve.alone(),
        pytest.raises(ServerProblem, match="already runs"),
        serve.alone(),
    ):
        pass


def test_a_killed_child_is_started_again(places):
    child = serve.Child("sleeper", SLEEPER, pause=0)
    with serve.alone() as lock:
        child.keep_alive(dict(os.environ), lock)
        first = child.process
        assert first
        os.kill(first.pid, signal.SIGKILL)
        until(lambda: first.poll() is not None)
        child.keep_alive(dict(os.environ), lock)
        assert child.process
        assert child.process.pid != first.pid
        child.end()
        assert child.process.poll() is not None


def test_the_folder_counts_as_busy_while_a_child_outlives_its_parent(places):
    child = serve.Child("sleeper", SLEEPER)
    with serve.alone() as lock:
        child.keep_alive(dict(os.environ), lock)
    assert serve._is_held()
    child.end()
    assert not serve._is_held()


def test_stopping_ends_what_a_killed_supervisor_left(places, monkeypatch):
    monkeypatch.setattr(local_postgres, "stop", lambda _cluster: None)
    child = serve.Child("sleeper", SLEEPER)
    with serve.alone() as lock:
        child.keep_alive(dict(os.environ), lock)
    assert child.process
    serve.PIDS.write_text(f"1 {child.process.pid}")
    serve.stop()
    assert child.process.wait(5) == -signal.SIGTERM
