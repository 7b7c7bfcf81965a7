"""The variables of the demonstration, and the database they name."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.conninfo import make_conninfo

from desabinaan.accounts.models import User
from desabinaan.devtools import environment
from desabinaan.lib.files.postgres_programs import ServerProblem

UNREACHABLE = "postgresql://nobody@127.0.0.1:1/portal"


def test_an_unreachable_database_is_refused_in_one_sentence():
    with pytest.raises(ServerProblem, match="does not answer"):
        environment.refuse_unfit_server(UNREACHABLE)


def test_an_address_of_another_database_is_refused():
    with pytest.raises(ServerProblem, match="postgresql://"):
        environment.postgresql_url("sqlite:///portal.db")


def test_the_practice_key_is_private_and_stays_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VAR", tmp_path)
    key = environment.practice_key()
    assert key.startswith("latihan-")
    assert environment.practice_key() == key
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "secrets/secret_key").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def database_address(transactional_db: None) -> str:
    connection.ensure_connection()
    opened = connection.connection.info
    return make_conninfo(dbname=opened.dbname, host=opened.host, user=opened.user)


def test_a_database_of_this_version_is_let_pass(database_address):
    environment.refuse_old_layout(database_address)


def test_a_database_without_tables_is_let_pass(database_address):
    environment.refuse_old_layout(make_conninfo(database_address, dbname="postgres"))


def test_a_database_with_people_of_a_real_portal_is_refused(database_address):
    visitor = User.objects.create(username="pencoba")
    environment.refuse_real_people(database_address)
    real = User.objects.create(username="kepala", is_demonstration=False)
    with pytest.raises(ServerProblem, match="real portal"):
        environment.refuse_real_people(database_address)
    real.delete()
    visitor.delete()
    environment.refuse_real_people(make_conninfo(database_address, dbname="postgres"))


@pytest.mark.parametrize(
    ("variables", "way_on"),
    [
        ({}, "delete the folder var/"),
        ({"DATABASE_URL": UNREACHABLE}, "name an empty one in DATABASE_URL"),
    ],
)
def test_a_database_from_before_the_split_of_the_apps_is_refused(
    database_address, monkeypatch, variables, way_on
):
    monkeypatch.setattr(environment.os, "environ", variables)
    recorder = MigrationRecorder(connection)
    recorder.record_applied("villages", "0001_initial")
    try:
        with pytest.raises(ServerProblem, match=way_on):
            environment.refuse_old_layout(database_address)
    finally:
        recorder.record_unapplied("villages", "0001_initial")


def test_a_database_that_one_names_is_asked_too(
    database_address, monkeypatch, tmp_path
):
    """Also one named in another spelling of the scheme."""
    opened = connection.connection.info
    url = f"psql://{opened.user}@/{opened.dbname}?host={opened.host}"
    monkeypatch.setattr(environment, "VAR", tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    recorder = MigrationRecorder(connection)
    recorder.record_applied("villages", "0001_initial")
    try:
        with pytest.raises(ServerProblem, match="earlier version"):
            environment.demonstration_environment()
    finally:
        recorder.record_unapplied("villages", "0001_initial")
