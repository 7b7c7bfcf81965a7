"""Loaded by pytest first of all: the variables and the database of the tests.

Several runs at once each take a database and a folder of their own.
"""

import fcntl
import itertools
import os

import pytest
from django.conf import settings

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import cluster_named
from desabinaan.devtools.paths import VAR
from desabinaan.lib.files.postgres_programs import ServerProblem
from desabinaan.lib.text.catalogues import compile_catalogues
from tests import n_plus_one
from tests.template_database import migrated_template

TEST_VAR = VAR / "test"
TEMPLATE = "TEST_DATABASE_TEMPLATE"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desabinaan.settings")
os.environ.setdefault("DEMO", "1")
os.environ["DEBUG"] = ""  # a developer's shell may have it
os.environ.setdefault("SECRET_KEY", "latihan-" + "tests-only-0123456789" * 3)
os.environ.setdefault("LOG_LEVEL", "WARNING")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before Django reads settings and catalogues, both are there to be read."""
    compile_catalogues()
    number = _free_number()
    if "VAR_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ:
        os.environ["VAR_DIR"] = str(TEST_VAR / str(number))
    if "DATABASE_URL" not in os.environ:
        try:
            folder = local_postgres.start(cluster_named("test"))
        except ServerProblem as problem:
            raise pytest.UsageError(str(problem)) from problem
        os.environ[TEMPLATE] = migrated_template(folder) or ""
        os.environ["DATABASE_URL"] = local_postgres.url(folder, f"portal_{number}")
    n_plus_one.install()


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Quick passwords, static files without collectstatic."""
    if template := os.environ.get(TEMPLATE):
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        }
    }


def _free_number() -> int:
    """A number no other run holds; ours until this process ends."""
    for number in itertools.count(1):
        folder = TEST_VAR / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "held", os.O_CREAT | os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return number
    raise AssertionError
