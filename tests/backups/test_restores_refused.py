"""Backups that are damaged, do not fit or may not be restored change nothing."""

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.core.management import CommandError, call_command

from desabinaan.backups import restoring
from desabinaan.backups.age_files import decrypted
from desabinaan.backups.archives import ArchiveReader
from desabinaan.backups.restoring import RestoreProblem, check, restore
from tests.backups.drill import IDENTITY, Site
from tests.backups.forged_backups import forged

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("backup_keys"),
]


def state(site: Site) -> tuple[dict[str, int], dict[str, bytes]]:
    return site.rows(), site.uploads()


def damaged(backup: Path) -> list[Path]:
    """Twenty backups with a flipped bit, ten that were cut off."""
    whole = backup.read_bytes()
    files = []
    for number in range(20):
        flipped = bytearray(whole)
        flipped[number * len(whole) // 20 + number] ^= 1 << number % 8
        files.append(backup.with_name(f"flipped-{number}"))
        files[-1].write_bytes(flipped)
    for number in range(10):
        files.append(backup.with_name(f"cut-{number}"))
        files[-1].write_bytes(whole[: number * len(whole) // 10 + number])
    return files


def test_damaged_backups_are_refused_whole(portal, backup):
    before = state(portal)
    for file in damaged(backup):
        with pytest.raises(RestoreProblem, match=r"^[A-Z].+\.$"):
            restore(file, replace=True)
        with pytest.raises(CommandError, match=r"^[A-Z].+\.$"):
            call_command("restore", str(file), check=True)
    assert state(portal) == before


UNFIT: "list[tuple[dict[str, bytes], dict[str, object], str]]" = [
    ({"database.dump": b""}, {"migrations": ["fgd.9999_later"]}, "newer portal"),
    ({"database.dump": b""}, {"format": 2}, "newer portal"),
    ({"database.dump": b""}, {"server": 99}, "PostgreSQL 99"),
    ({"database.dump": b""}, {"files": 2}, "not laid out"),
    ({"database.dump": b""}, {"total_bytes": 2}, "not laid out"),
    ({"database.dump": b""}, {"sha256": {}}, "not laid out"),
    ({}, {}, "not laid out"),
    (
        {"database.dump": b""},
        {"files": 1, "sha256": {"database.dump": "", "uploads/lost.pdf": ""}},
        "not laid out",
    ),
    ({"database.dump": b"x"}, {}, "pg_restore failed"),
    ({"uploads/letters/new.pdf": b"new", "database.dump": b"x"}, {}, "pg_restore"),
    ({"database.dump": b"", "uploads/../x": b""}, {}, "not laid out"),
    ({"database.dump": b"", "uploads//x": b""}, {}, "not laid out"),
    ({"database.dump": b"", "notes.txt": b""}, {}, "not laid out"),
]


def test_backups_that_do_not_fit_are_refused(portal, tmp_path):
    before = state(portal)
    for entries, changes, problem in UNFIT:
        with pytest.raises(RestoreProblem, match=problem):
            restore(forged(tmp_path / "forged", entries, **changes), replace=True)
        assert state(portal) == before


def contents(backup: Path) -> dict[str, bytes]:
    with (
        backup.open("rb") as file,
        decrypted(file, [IDENTITY]) as stream,
    ):
        members = ArchiveReader(stream)
        return {name: content.read(10_000_000) for name, content in members}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (lambda rows: rows | {"register_village": 99}, "rows of register_village are"),
        (lambda rows: rows | {"no_table_of_ours": 0}, "does not exist"),
    ],
)
def test_rows_that_are_missing_undo_the_restore(
    portal, backup, tmp_path, changed: Callable[..., object], problem
):
    before = state(portal)
    manifest = asdict(check(backup))
    manifest["rows"] = changed(manifest["rows"])
    file = forged(tmp_path / "forged", contents(backup), **manifest)
    with pytest.raises(RestoreProblem, match=problem):
        restore(file, replace=True)
    assert state(portal) == before


def cut(backup: Path, other: Path) -> None:
    os.truncate(backup, backup.stat().st_size // 2)


def swap(backup: Path, other: Path) -> None:
    backup.write_bytes(other.read_bytes())


@pytest.mark.parametrize(
    ("change", "problem"), [(cut, "was cut off"), (swap, "not laid out")]
)
def test_a_file_that_changes_after_it_was_checked_is_refused(
    portal, backup, tmp_path, monkeypatch, change: Callable[[Path, Path], None], problem
):
    other = tmp_path / "other.tar.age"
    forged(other, contents(backup) | {"uploads/letters/new.pdf": b"new"})
    before, find_clients = state(portal), restoring.clients_for

    def changing(server: int) -> object:
        change(backup, other)
        return find_clients(server)

    monkeypatch.setattr(restoring, "clients_for", changing)
    with pytest.raises(RestoreProblem, match=problem):
        restore(backup, replace=True)
    assert state(portal) == before


def test_only_the_owner_of_the_database_restores(backup, elsewhere):
    guest = f"guest_{urlsplit(elsewhere.url).path.strip('/')}"
    elsewhere.execute(f"CREATE ROLE {guest}")
    try:
        joint = "&" if urlsplit(elsewhere.url).query else "?"
        options = f"options={quote(f'-c role={guest}')}"
        site = Site(f"{elsewhere.url}{joint}{options}", elsewhere.var)
        status, output = site.manage("restore", backup)
        assert (status, output.count("\n")) == (1, 1)
        assert "must be owner of schema public" in output
        assert state(elsewhere) == ({}, {})
        assert elsewhere.manage("restore", backup)[0] == 0
        before = state(elsewhere)
        status, output = site.manage("restore", backup, "--replace")
        assert (status, "permission denied" in output) == (1, True)
        assert state(elsewhere) == before
    finally:
        elsewhere.execute(f"DROP ROLE {guest}")
