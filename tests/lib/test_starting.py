"""What a person reads when the portal cannot start."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from desabinaan.devtools.paths import REPOSITORY
from desabinaan.lib import checks
from desabinaan.lib.files.postgres_log import QUIET_LOG
from desabinaan.lib.web.startup import exit_with_one_sentence

UNREACHABLE = "postgresql://nobody@127.0.0.1:1/portal"


def said_by(*command: str, **variables: str) -> str:
    """The single line a program of the repository says before it gives up."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DEBUG", "DEMO", "SECRET_KEY", "DATABASE_URL"}
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


def test_a_missing_key_is_reported_in_one_sentence():
    assert said_by("manage.py", "check").startswith("SECRET_KEY is not set")


def test_a_practice_key_is_reported_in_one_sentence():
    key = f"latihan-{secrets.token_urlsafe(48)}"
    assert "DEMO=1" in said_by("manage.py", "check", SECRET_KEY=key)


def test_debug_without_the_demonstration_is_refused_in_one_sentence():
    key = secrets.token_urlsafe(48)
    sentence = said_by("manage.py", "check", SECRET_KEY=key, DEBUG="1")
    assert sentence == "DEBUG may be switched on only together with DEMO=1.\n"


def test_gunicorn_reads_the_same_sentence():
    assert said_by("-c", "import desabinaan.wsgi").startswith("SECRET_KEY is not set")


def test_an_unreachable_database_is_reported_in_one_sentence():
    output = said_by(
        "manage.py",
        "check",
        "--database=default",
        SECRET_KEY=secrets.token_urlsafe(48),
        DATABASE_URL=UNREACHABLE,
    )
    assert output.startswith("The database does not answer")


def test_a_mistake_of_our_own_keeps_its_traceback():
    with pytest.raises(OperationalError), exit_with_one_sentence():
        raise OperationalError("a deadlock, say")


@pytest.mark.django_db
def test_the_server_of_the_tests_is_new_enough():
    assert checks.server_is_new_enough(databases=["default"]) == []


@pytest.mark.django_db
def test_an_old_server_is_reported(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST_SERVER", 99)
    (error,) = checks.server_is_new_enough(databases=["default"])
    assert "needs 99 or newer" in error.msg


@pytest.mark.django_db
def test_a_server_that_logs_what_people_type_is_reported():
    with connection.cursor() as cursor:
        for setting in QUIET_LOG.items():
            cursor.execute("SELECT set_config(%s, %s, true)", setting)
        assert checks.log_is_quiet(databases=["default"]) == []
        cursor.execute("SET LOCAL log_error_verbosity = verbose")
    (warning,) = checks.log_is_quiet(databases=["default"])
    assert "log_error_verbosity = verbose" in warning.msg


def test_the_docs_set_what_keeps_the_log_quiet():
    text = (REPOSITORY / "docs" / "operations.md").read_text()
    for name, value in QUIET_LOG.items():
        assert f"ALTER DATABASE portal SET {name} = '{value}';" in text
