"""The local PostgreSQL: starting, being killed, starting again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import Cluster, cluster_named
from desabinaan.lib.files.postgres_programs import ServerProblem


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = cluster_named("test", tmp_path)
    yield made
    local_postgres.stop(made)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster with one table, shared by the tests that leave it whole.

    A cluster for tests may lose its last half second; this one does not.
    """
    made = cluster_named("test", tmp_path_factory.mktemp("var"))
    ask(made, "SET synchronous_commit = on; CREATE TABLE kept AS SELECT 42 AS answer")
    yield made
    local_postgres.stop(made)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stand-ins for PostgreSQL's programs, chosen by PG_BIN."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PG_BIN", str(folder))
    fake_program(folder, "postgres", "echo 'postgres (PostgreSQL) 18.1'")
    fake_program(folder, "initdb", "exit 1")
    return folder


def fake_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def ask(cluster: Cluster, query: str) -> object:
    """The first value the running server answers; it is started for that."""
    address = local_postgres.url(local_postgres.start(cluster), "postgres")
    with psycopg.connect(address) as connection:
        cursor = connection.execute(query.encode())
        return (cursor.fetchone() or [None])[0] if cursor.description else None


def server_pid(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def kill(cluster: Cluster) -> None:
    os.kill(server_pid(cluster), signal.SIGKILL)


def refusal(cluster: Cluster) -> str:
    with pytest.raises(ServerProblem) as caught:
        local_postgres.start(cluster)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# --- Starting and stopping ---------------------------------------------------


def test_a_second_start_finds_the_first(shared):
    assert ask(shared, "SELECT 1") == 1
    pid = server_pid(shared)
    assert ask(shared, "SELECT answer FROM kept") == 42
    assert server_pid(shared) == pid


def test_the_socket_folder_is_private_and_short(shared):
    folder = local_postgres.start(shared)
    assert folder.stat().st_mode & 0o077 == 0
    assert len(f"{folder}/.s.PGSQL.5432") < 107


def test_the_server_listens_on_no_port_and_is_not_root(shared):
    assert ask(shared, "SHOW listen_addresses") == ""
    assert ask(shared, "SHOW data_directory") == str(shared.data)


def test_stopping_keeps_the_data(shared):
    local_postgres.stop(shared)
    assert not (shared.data / "postmaster.pid").exists()
    local_postgres.stop(shared)
    assert ask(shared, "SELECT answer FROM kept") == 42


def test_stopping_what_never_ran_is_no_mistake(tmp_path):
    local_postgres.stop(cluster_named("run", tmp_path))


def test_a_killed_client_leaves_the_server_alone(shared):
    address = local_postgres.url(local_postgres.start(shared), "postgres")
    script = f"import psycopg, time; c = psycopg.connect({address!r}); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", script]) as client:
        time.sleep(0.5)
        client.kill()
    assert ask(shared, "SELECT answer FROM kept") == 42


TYPED = "Nama Rahasia"
TABLE = "CREATE TEMP TABLE people (name text UNIQUE CHECK (name <> ''), age int)"
KEPT = f"INSERT INTO people VALUES ('{TYPED}', 1)"


@pytest.mark.parametrize(
    "statement",
    [
        KEPT,
        f"INSERT INTO people (name, age) VALUES ('{TYPED}', 1), ('', 2)",
        f"SELECT '{TYPED}'::int",
        f'SELECT 1/0 AS "{TYPED}"',
        f"INSERT INTO nowhere VALUES ('{TYPED}')",
        f"DO $$ BEGIN RAISE EXCEPTION '{TYPED}'; END $$",
        f"SET LOCAL statement_timeout = 20; SELECT pg_sleep(2), '{TYPED}'",
    ],
)
def test_what_people_type_is_not_in_the_log_of_the_server(shared, statement):
    address = local_postgres.url(local_postgres.start(shared), "postgres")
    with psycopg.connect(address) as connection:
        connection.execute(f"{TABLE}; {KEPT}".encode())
        with pytest.raises(psycopg.Error):
            connection.execute(statement.encode())
    assert TYPED not in shared.log.read_text()


# --- After an accident -------------------------------------------------------


def test_a_killed_server_starts_again_with_its_data(shared):
    local_postgres.start(shared)
    kill(shared)
    assert ask(shared, "SELECT answer FROM kept") == 42


def test_a_zombie_in_the_pid_file_counts_as_dead(shared):
    local_postgres.stop(shared)
    with subprocess.Popen(["true"]) as zombie:
        time.sleep(0.2)
        (shared.data / "postmaster.pid").write_text(f"{zombie.pid}\n{shared.data}\n")
        assert ask(shared, "SELECT answer FROM kept") == 42


def test_a_pid_that_now_belongs_to_a_stranger_counts_as_dead(shared):
    local_postgres.stop(shared)
    (shared.data / "postmaster.pid").write_text(f"{os.getpid()}\n{shared.data}\n")
    assert ask(shared, "SELECT answer FROM kept") == 42


def test_a_lost_socket_folder_is_created_again(shared):
    shutil.rmtree(local_postgres.start(shared))
    assert ask(shared, "SELECT answer FROM kept") == 42


def test_a_socket_folder_open_to_others_is_not_used(shared):
    folder = local_postgres.start(shared)
    folder.chmod(0o777)
    assert local_postgres.start(shared) != folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.faults
def test_many_starts_at_once_make_one_server(cluster):
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(local_postgres.start, [cluster] * 4))
    assert len(folders) == 1


@pytest.mark.faults
def test_starts_from_several_processes_make_one_server(cluster):
    script = (
        "import sys; from pathlib import Path; "
        "from desabinaan.devtools import cluster, local_postgres; "
        "print(local_postgres.start(cluster.cluster_named('test', Path(sys.argv[1]))))"
    )
    var = str(cluster.folder.parents[1])
    starts = [
        subprocess.Popen([sys.executable, "-c", script, var], stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    assert len({start.communicate()[0] for start in starts}) == 1
    assert [start.returncode for start in starts] == [0, 0, 0]


@pytest.mark.faults
def test_ten_kills_in_a_row_lose_nothing(shared):
    for _ in range(10):
        local_postgres.start(shared)
        kill(shared)
    assert ask(shared, "SELECT answer FROM kept") == 42


@pytest.mark.faults
@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user")
def test_root_without_user_namespaces_drops_to_another_user(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    dropped = cluster_named("test", tmp_path)
    try:
        assert ask(dropped, "SELECT 1") == 1
        assert dropped.data.stat().st_uid != 0
    finally:
        local_postgres.stop(dropped)
        shutil.rmtree(dropped.folder)


# --- Refusals ----------------------------------------------------------------


def test_data_of_another_version_is_refused_and_kept(tmp_path):
    cluster = cluster_named("test", tmp_path)
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9.6\n")
    assert "was written by PostgreSQL 9.6" in refusal(cluster)
    assert (cluster.data / "PG_VERSION").read_text() == "9.6\n"


def test_a_folder_of_something_else_is_refused_and_kept(tmp_path):
    cluster = cluster_named("test", tmp_path)
    cluster.data.mkdir(parents=True)
    (cluster.data / "letter.txt").write_text("mine")
    assert "an unknown version" in refusal(cluster)
    assert (cluster.data / "letter.txt").exists()


def test_a_disk_without_free_space_is_reported(tmp_path, monkeypatch):
    cluster = cluster_named("test", tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=5_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert refusal(cluster).startswith("Only 5 MB are free")


def test_a_disk_that_fills_up_while_starting_is_reported(tmp_path, programs):
    fake_program(
        programs, "initdb", "echo 'initdb: No space left on device' >&2; exit 1"
    )
    cluster = cluster_named("test", tmp_path)
    assert "is full" in refusal(cluster)
    assert not cluster.data.exists()


def test_a_server_that_will_not_start_gives_its_reason(tmp_path, programs):
    fake_program(programs, "initdb", "echo 'initdb: error: bad option' >&2; exit 1")
    cluster = cluster_named("test", tmp_path)
    assert "(bad option)" in refusal(cluster)


def test_a_server_too_old_is_reported(tmp_path, programs):
    fake_program(programs, "postgres", "echo 'postgres (PostgreSQL) 14.9'")
    cluster = cluster_named("test", tmp_path)
    assert "PostgreSQL 14" in refusal(cluster)


def test_a_wrong_choice_of_binaries_is_reported(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    with pytest.raises(ServerProblem, match="holds no initdb"):
        cluster_named("test", tmp_path)


def test_the_command_line_prints_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PG_BIN", str(tmp_path))
    assert local_postgres.main(["start", "test"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
