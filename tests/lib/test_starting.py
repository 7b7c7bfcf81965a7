"""What a person reads when the portal cannot start."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError

from desabinaan.lib import checks, demo_environment, server_version
from desabinaan.lib.local_postgres import ServerProblem
from desabinaan.lib.starting import told_plainly

NOWHERE = "postgresql://nobody@127.0.0.1:1/portal"


def said_by(*command: str, **variables: str) -> str:
    """The single line a program of the repository says before it gives up."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DEMO", "SECRET_KEY", "DATABASE_URL"}
    }
    done = subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=clean | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_missing_key_is_told_in_one_sentence():
    assert said_by("manage.py", "check").startswith("SECRET_KEY is not set")


def test_a_practice_key_is_told_in_one_sentence():
    key = f"latihan-{secrets.token_urlsafe(48)}"
    assert "DEMO=1" in said_by("manage.py", "check", SECRET_KEY=key)


def test_gunicorn_reads_the_same_sentence():
    assert said_by("-c", "import desabinaan.wsgi").startswith("SECRET_KEY is not set")


def test_an_unreachable_database_is_told_in_one_sentence():
    told = said_by(
        "manage.py",
        "check",
        "--database=default",
        SECRET_KEY=secrets.token_urlsafe(48),
        DATABASE_URL=NOWHERE,
    )
    assert told.startswith("The database does not answer")


def test_make_run_tells_the_same_of_an_unreachable_database():
    with pytest.raises(ServerProblem, match="does not answer"):
        demo_environment.refuse_unfit_server(NOWHERE)


def test_an_address_of_another_kind_is_told():
    with pytest.raises(ServerProblem, match="postgresql://"):
        demo_environment.refuse_unfit_server("sqlite:///portal.db")


def test_a_mistake_of_our_own_keeps_its_traceback():
    with pytest.raises(OperationalError), told_plainly():
        raise OperationalError("a deadlock, say")


@pytest.mark.django_db
def test_the_server_of_the_tests_is_new_enough():
    assert checks.server_is_new_enough(databases=["default"]) == []


@pytest.mark.django_db
def test_an_old_server_is_told(monkeypatch):
    monkeypatch.setattr(server_version, "OLDEST_SERVER", 99)
    (told,) = checks.server_is_new_enough(databases=["default"])
    assert "needs 99 or newer" in told.msg


def test_the_practice_key_is_private_and_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(demo_environment, "VAR", tmp_path)
    key = demo_environment.practice_key()
    assert key.startswith("latihan-")
    assert demo_environment.practice_key() == key
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets/secret_key").stat().st_mode & 0o777 == 0o600
