"""`make dev` in a copy of the repository: each edit is seen on the next request."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from desabinaan.devtools.paths import REPOSITORY
from tests.faults.workers import until

pytestmark = pytest.mark.faults

RUN = [sys.executable, "-m", "desabinaan.devtools.run"]
NOT_COPIED = shutil.ignore_patterns("var", "tests", "docs", "__pycache__", ".*")
SIGN_IN = "/masuk/"
HEALTH = "desabinaan/lib/web/health.py"
POLICY = "Content-Security-Policy"


@dataclass(frozen=True)
class Copy:
    """A copy of the repository in which `make dev` runs."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> tuple[int, str, Message]:
        """Status, content and headers; status 0 while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as found:
                return found.status, found.read().decode(), found.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers
        except OSError:
            return 0, "", Message()

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        before = path.read_text()
        assert old in before
        path.write_text(before.replace(old, new, 1))

    def edit_until(self, status: int, file: str, old: str, new: str) -> None:
        """Edit; save again if Django missed it while the server was starting."""
        self.edit(file, old, new)
        for _again in range(5):
            if self.has_status(status):
                return
            (self.folder / file).touch()
        raise AssertionError(f"The health page never answered {status}.")

    def has_status(self, status: int) -> bool:
        """Whether the health page answers so within some seconds."""
        try:
            until(lambda: self.get("/sehat/")[0] == status, patience=12)
        except AssertionError:
            return False
        return True

    def pids(self) -> list[str]:
        """Those of the supervisor, the web server and the worker."""
        return (self.folder / "var/run.pids").read_text().split()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    folder = tmp_path_factory.mktemp("copy") / "portal"
    shutil.copytree(REPOSITORY, folder, ignore=NOT_COPIED)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"DATABASE_URL", "VAR_DIR", "DEBUG"}
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    process = subprocess.Popen(
        [*RUN, "dev"],
        cwd=folder,
        env=clean | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    made = Copy(folder, port, process)
    try:
        until(lambda: made.get(SIGN_IN)[0] == 200, patience=180)
        yield made
        assert process.poll() is None
    finally:
        stopped = subprocess.run([*RUN, "stop"], cwd=folder, env=clean, check=False)
    assert stopped.returncode == 0
    assert process.wait(10) == 0
    assert made.get(SIGN_IN)[0] == 0


def test_an_edited_template_is_seen(copy: Copy) -> None:
    copy.edit("templates/base.html", "</title>", " (edited)</title>")
    assert "(edited)</title>" in copy.get(SIGN_IN)[1]


def test_an_edited_template_of_a_form_field_is_seen(copy: Copy) -> None:
    with (copy.folder / "templates/bootstrap5/field.html").open("a") as template:
        template.write("<i>edited field</i>")
    until(lambda: "edited field" in copy.get(SIGN_IN)[1])


def test_an_edited_stylesheet_is_seen_under_the_same_address(copy: Copy) -> None:
    address = "/static/css/theme.css"
    assert address in copy.get(SIGN_IN)[1]
    (copy.folder / "static/css/theme.css").write_text("p { color: red }")
    status, content, headers = copy.get(address)
    assert (status, content) == (200, "p { color: red }")
    assert "max-age=0" in headers["Cache-Control"]


def test_an_edited_view_is_seen_and_the_worker_restarts(copy: Copy) -> None:
    until(lambda: len(copy.pids()) == 3)
    supervisor, _server, worker = copy.pids()
    copy.edit(HEALTH, '"ok"', '"edited"')
    until(lambda: "edited" in copy.get("/sehat/")[1])
    until(lambda: copy.pids()[2] != worker)
    assert copy.pids()[0] == supervisor


def test_a_view_that_fails_shows_the_debug_page_with_its_styles(copy: Copy) -> None:
    assert POLICY in copy.get(SIGN_IN)[2]
    copy.edit_until(500, HEALTH, "cursor.execute(", "cursor.no_such_method(")
    _status, content, headers = copy.get("/sehat/")
    assert "no_such_method" in content
    assert "<style" in content
    assert POLICY not in headers
    copy.edit_until(200, HEALTH, "cursor.no_such_method(", "cursor.execute(")


def test_a_second_portal_in_the_same_folder_is_refused(copy: Copy) -> None:
    second = subprocess.run(
        [*RUN, "run"], cwd=copy.folder, capture_output=True, text=True, check=False
    )
    assert second.returncode
    assert "already runs from this folder" in second.stderr


def test_a_killed_server_is_started_again(copy: Copy) -> None:
    server = copy.pids()[1]
    os.killpg(int(server), signal.SIGKILL)
    until(lambda: copy.pids()[1] != server and copy.get(SIGN_IN)[0] == 200)
