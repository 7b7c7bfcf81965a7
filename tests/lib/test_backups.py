"""The restore drill: a backup stands again elsewhere, whole, or nothing is touched."""

import json
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from desabinaan.lib.archives import ArchiveWriter, contents
from desabinaan.lib.backups import BackupProblem, write_backup
from desabinaan.lib.restores import RestoreProblem, checked, restore
from desabinaan.lib.sealed_files import Sealer, key_from, opened
from desabinaan.lib.tasks import nightly_backup
from tests.lib.drill import KEY, Site, empty_site, this_site
from tests.villages.paper import decree
from tests.world import build_world, make_village
from villages import actions

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keyed(settings, tmp_path: Path) -> None:
    """A key, and uploads of this test alone."""
    settings.BACKUP_KEY = KEY
    settings.MEDIA_ROOT = tmp_path / "here" / "uploads"


@pytest.fixture
def single(keyed: None, settings) -> None:
    """One upload and no world."""
    upload = Path(settings.MEDIA_ROOT) / "letters" / "one.pdf"
    upload.parent.mkdir(parents=True)
    upload.write_bytes(b"one")


@pytest.fixture
def portal(keyed: None) -> Site:
    """A world with a decree in it."""
    world = build_world()
    village = make_village("36.04.13.2008", world.serang, "proposed")
    kanwil = world.user("kanwil")
    actions.record_decree(village, "designate", decree(), acting_user=kanwil)
    return this_site()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Site]:
    with empty_site(tmp_path / "elsewhere") as site:
        yield site


@pytest.fixture
def backup(portal: Site, tmp_path: Path) -> Path:
    target = tmp_path / "portal.backup"
    call_command("backup", str(target), verbosity=0)
    return target


def test_the_drill_rows_and_decrees_stand_in_another_database(
    portal, backup, elsewhere, tmp_path
):
    second = tmp_path / "second.backup"
    status, said = elsewhere.manage("restore", backup)
    assert status == 0, said
    assert elsewhere.rows() == portal.rows()
    assert elsewhere.uploads() == portal.uploads()
    name = elsewhere.ask("SELECT decree_file FROM villages_designation")
    [page] = PdfReader(BytesIO(elsewhere.uploads()[name])).pages
    assert page.mediabox.width == 200
    assert elsewhere.manage("backup", second)[0] == 0
    assert elsewhere.manage("restore", second, "--replace")[0] == 0
    assert elsewhere.rows() == portal.rows()


def test_a_backup_is_sealed_private_and_whole(portal, backup):
    manifest = checked(backup)
    assert manifest.rows == portal.rows()
    assert (manifest.files, manifest.server) == (1, manifest.server)
    assert "villages.0001_tables" in manifest.migrations
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    content = backup.read_bytes()
    assert b"Lontar" not in content
    assert KEY.encode() not in content
    assert [path.name for path in backup.parent.glob("*.part")] == []


def test_what_stands_is_given_up_only_when_asked(portal, backup, elsewhere):
    elsewhere.manage("restore", backup)
    stray = elsewhere.var / "uploads" / "letters" / "later.pdf"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"later")
    status, said = elsewhere.manage("restore", backup)
    assert (status, "--replace" in said) == (1, True)
    assert stray.exists()
    status, said = elsewhere.manage("restore", backup, "--replace")
    assert status == 0, said
    assert elsewhere.uploads() == portal.uploads()
    [aside] = elsewhere.var.glob("uploads.before-*/letters/later.pdf")
    assert aside.read_bytes() == b"later"
    assert str(aside.parents[1]) in said


@pytest.fixture
def torn(backup: Path) -> list[Path]:
    """Twenty backups with a flipped bit, ten that were cut off."""
    whole = backup.read_bytes()
    damaged = []
    for number in range(20):
        flipped = bytearray(whole)
        flipped[number * len(whole) // 20 + number] ^= 1 << number % 8
        damaged.append(backup.with_name(f"flipped-{number}"))
        damaged[-1].write_bytes(flipped)
    for number in range(10):
        damaged.append(backup.with_name(f"cut-{number}"))
        damaged[-1].write_bytes(whole[: number * len(whole) // 10 + number])
    return damaged


def test_torn_backups_are_refused_whole(portal, torn):
    before = portal.rows(), portal.uploads()
    for file in torn:
        with pytest.raises(RestoreProblem, match=r"^[A-Z].+\.$"):
            restore(file, replace=True)
    assert (portal.rows(), portal.uploads()) == before


def test_another_key_or_none_opens_nothing(single, tmp_path, settings):
    backup = tmp_path / "one"
    write_backup(backup)
    settings.BACKUP_KEY = "L" * 43
    with pytest.raises(RestoreProblem, match="another key"):
        restore(backup, replace=True)
    settings.BACKUP_KEY = ""
    with pytest.raises(RestoreProblem, match="no backup key"):
        restore(backup, replace=True)
    with pytest.raises(CommandError, match="no backup key"):
        call_command("restore", str(backup), replace=True)


def test_the_key_may_stand_in_a_file(single, settings, tmp_path):
    settings.BACKUP_KEY = ""
    settings.BACKUP_KEY_FILE = str(tmp_path / "key")
    with pytest.raises(BackupProblem, match="key: No such file"):
        write_backup(tmp_path / "one")
    (tmp_path / "key").write_text(f"{KEY}\n")
    write_backup(tmp_path / "one")
    assert checked(tmp_path / "one").files == 1


def forged(target: Path, entries: dict[str, bytes]) -> Path:
    """A backup with these contents, sealed with the right key."""
    with target.open("wb") as file:
        sealer = Sealer(file, key_from(KEY))
        archive = ArchiveWriter(sealer)
        for name, content in entries.items():
            archive.add(name, [content])
        archive.finish()
        sealer.finish()
    return target


def manifest(**changes: object) -> bytes:
    told = {
        "portal": "0", "made_at": "2026-11-25", "server": 15, "migrations": [],
        "rows": {}, "files": 0, "bytes": 0,
    }  # fmt: skip
    return json.dumps(told | changes).encode()


UNFIT = (
    ({"manifest.json": manifest(migrations=["fgd.9999_later"])}, "newer portal"),
    ({"manifest.json": manifest(server=99)}, "PostgreSQL 99"),
    ({"manifest.json": manifest(files=2)}, "not laid out"),
    ({"manifest.json": manifest(bytes=2)}, "not laid out"),
    ({"database": b""}, "not laid out"),
    ({"manifest.json": manifest(rows={"villages_village": 7})}, "does not exist"),
    ({"database": b"x", "manifest.json": manifest(bytes=1)}, "pg_restore failed"),
    (
        {
            "uploads/letters/new.pdf": b"new",
            "database": b"x",
            "manifest.json": manifest(files=1, bytes=4),
        },
        "pg_restore failed",
    ),
    ({"uploads/../x": b"", "manifest.json": manifest(files=1)}, "not laid out"),
    ({"uploads//x": b"", "manifest.json": manifest(files=1)}, "not laid out"),
)


def test_backups_that_do_not_fit_are_refused_and_the_old_state_stands(portal, tmp_path):
    before = portal.rows(), portal.uploads()
    for entries, told in UNFIT:
        with pytest.raises(RestoreProblem, match=told):
            restore(forged(tmp_path / "forged", entries), replace=True)
        assert (portal.rows(), portal.uploads()) == before


def test_rows_that_are_missing_undo_the_restore(portal, backup, tmp_path):
    before = portal.rows()
    with backup.open("rb") as file:
        pairs = contents(opened(file, key_from(KEY)))
        entries = {name: b"".join(pieces) for name, pieces in pairs}
    told = json.loads(entries["manifest.json"])
    told["rows"]["villages_village"] += 1
    entries["manifest.json"] = json.dumps(told).encode()
    with pytest.raises(RestoreProblem, match="rows of villages_village are not"):
        restore(forged(tmp_path / "forged", entries), replace=True)
    assert portal.rows() == before


def test_nothing_is_written_over_and_nothing_half_is_left(single, tmp_path, settings):
    target = tmp_path / "portal.backup"
    target.write_text("older")
    with pytest.raises(BackupProblem, match="exists already"):
        write_backup(target)
    assert target.read_text() == "older"
    with pytest.raises(BackupProblem, match="No such file"):
        write_backup(tmp_path / "nowhere" / "portal.backup")
    locked = Path(settings.MEDIA_ROOT) / "x"
    locked.symlink_to("/etc/hostname")
    write_backup(tmp_path / "other")
    assert checked(tmp_path / "other").files == 1


SCRIPTS = {
    "echo 'pg_dump (PostgreSQL) 14.2'": "install postgresql-client-",
    "echo 'pg_dump (PostgreSQL) 99.1'; exit 1": "pg_dump failed",
}


@pytest.mark.parametrize(("script", "told"), SCRIPTS.items())
def test_programs_that_are_too_old_or_fail_are_told(
    single, tmp_path, monkeypatch, script, told
):
    for name in ("initdb", "pg_dump", "pg_restore", "psql"):
        stand_in = tmp_path / "bin" / name
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text(f"#!/bin/sh\n{script}\n")
        stand_in.chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path / "bin"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr("desabinaan.lib.postgres_clients.DEBIAN", tmp_path)
    with pytest.raises(BackupProblem, match=told):
        write_backup(tmp_path / "portal.backup")
    assert not list(tmp_path.glob("portal.backup*"))


def test_every_night_one_more_and_the_oldest_goes(single, tmp_path, settings):
    folder = tmp_path / "nightly"
    folder.mkdir()
    for day in range(1, 21):
        (folder / f"portal-2020-01-{day:02}-0217.backup").touch()
    (folder / "by-hand.backup").touch()
    nightly_backup(0)
    assert len(list(folder.iterdir())) == 21
    settings.BACKUP_DIR = str(folder)
    nightly_backup(0)
    kept = sorted(path.name for path in folder.glob("portal-*"))
    assert (len(kept), kept[0]) == (14, "portal-2020-01-08-0217.backup")
    assert checked(folder / kept[-1]).files == 1
    assert (folder / "by-hand.backup").exists()
