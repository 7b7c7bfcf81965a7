"""The recovery drill: a backup is restored elsewhere as a whole, or not at all."""

import stat
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django import app
from pypdf import PdfReader
from pyrage.x25519 import Identity

from desabinaan.backups.age_files import MAGIC
from desabinaan.backups.restoring import RestoreProblem, check, restore
from desabinaan.backups.tasks import nightly_backup
from desabinaan.backups.writing import BackupProblem, write_backup
from tests.backups.drill import IDENTITY, RECIPIENT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("backup_keys"),
]


def test_the_drill_rows_and_decrees_are_in_another_database(
    portal, backup, elsewhere, tmp_path
):
    second = tmp_path / "second.tar.age"
    status, output = elsewhere.manage("restore", backup)
    assert status == 0, output
    assert elsewhere.rows() == portal.rows()
    assert elsewhere.uploads() == portal.uploads()
    name = elsewhere.ask("SELECT decree_file FROM register_designation")
    [page] = PdfReader(BytesIO(elsewhere.uploads()[name])).pages
    assert page.mediabox.width == 200
    assert elsewhere.manage("backup", second)[0] == 0
    assert elsewhere.manage("restore", second, "--replace")[0] == 0
    assert elsewhere.rows() == portal.rows()


def test_a_backup_is_encrypted_private_and_whole(portal, backup):
    manifest = check(backup)
    assert manifest.rows == portal.rows()
    assert (manifest.files, manifest.format) == (1, 1)
    assert "places.0001_tables" in manifest.migrations
    assert {"database.dump"} < manifest.sha256.keys()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    content = backup.read_bytes()
    assert content.startswith(MAGIC)
    assert b"Lontar" not in content
    assert str(IDENTITY).encode() not in content
    assert [path.name for path in backup.parent.glob("*.part")] == []


def test_the_dump_is_never_unencrypted_on_the_disk(portal, tmp_path, monkeypatch):
    copies: list[Path] = []

    def named_file(*arguments, **options):
        copies.append(tmp_path / f"temporary-{len(copies)}")
        return copies[-1].open("w+b")

    monkeypatch.setattr(tempfile, "TemporaryFile", named_file)
    write_backup(tmp_path / "portal.tar.age")
    contents = [path.read_bytes() for path in copies]
    assert max(map(len, contents)) > 10_000
    assert [content for content in contents if b"PGDMP" in content] == []
    assert [content[: len(MAGIC)] for content in contents if content] == [MAGIC]


def test_the_old_state_is_given_up_only_when_asked(portal, backup, elsewhere):
    elsewhere.manage("restore", backup)
    stray = elsewhere.var / "uploads" / "letters" / "later.pdf"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"later")
    status, output = elsewhere.manage("restore", backup)
    assert (status, "--replace" in output) == (1, True)
    assert stray.exists()
    status, output = elsewhere.manage("restore", backup, "--replace")
    assert status == 0, output
    assert elsewhere.uploads() == portal.uploads()
    [aside] = elsewhere.var.glob("uploads.before-*/letters/later.pdf")
    assert aside.read_bytes() == b"later"
    assert str(aside.parents[1]) in output


# --- Keys --------------------------------------------------------------------


@pytest.fixture
def one(single_upload: None, tmp_path: Path) -> Path:
    """A backup of the one upload."""
    target = tmp_path / "one"
    write_backup(target)
    return target


def test_another_key_or_none_opens_nothing(one, settings):
    identity = Path(settings.BACKUP_IDENTITY_FILE)
    identity.write_text(str(Identity.generate()))
    with pytest.raises(RestoreProblem, match="another key"):
        restore(one, replace=True)
    with pytest.raises(CommandError, match="another key"):
        call_command("restore", str(one), check=True)
    identity.write_text(RECIPIENT)
    with pytest.raises(RestoreProblem, match="no private key"):
        restore(one, replace=True)
    identity.unlink()
    with pytest.raises(RestoreProblem, match=r"identity\.txt: No such file"):
        restore(one, replace=True)
    settings.BACKUP_IDENTITY_FILE = ""
    with pytest.raises(RestoreProblem, match="no backup key"):
        restore(one, replace=True)
    with pytest.raises(CommandError, match="no backup key"):
        call_command("restore", str(one), replace=True)


def test_a_backup_needs_the_public_key_only(single_upload, settings, tmp_path):
    settings.BACKUP_IDENTITY_FILE = ""
    write_backup(tmp_path / "one")
    settings.BACKUP_RECIPIENTS = [str(IDENTITY)]
    with pytest.raises(BackupProblem, match="not a public key"):
        write_backup(tmp_path / "two")
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(BackupProblem, match="no backup key"):
        write_backup(tmp_path / "two")
    with pytest.raises(CommandError, match="no backup key"):
        call_command("backup", str(tmp_path / "two"))
    assert not list(tmp_path.glob("two*"))


def test_each_of_several_keys_opens_a_backup(single_upload, settings, tmp_path):
    second = Identity.generate()
    settings.BACKUP_RECIPIENTS = [RECIPIENT, str(second.to_public())]
    write_backup(tmp_path / "one")
    assert check(tmp_path / "one").files == 1
    Path(settings.BACKUP_IDENTITY_FILE).write_text(f"{second}\n")
    assert check(tmp_path / "one").files == 1


# --- Files and programs ------------------------------------------------------


def test_nothing_is_overwritten_and_nothing_half_is_left(
    single_upload, tmp_path, settings
):
    target = tmp_path / "portal.tar.age"
    target.write_text("older")
    with pytest.raises(BackupProblem, match="exists already"):
        write_backup(target)
    assert target.read_text() == "older"
    with pytest.raises(BackupProblem, match="No such file"):
        write_backup(tmp_path / "nowhere" / "portal.tar.age")
    link = Path(settings.MEDIA_ROOT) / "x"
    link.symlink_to("/etc/hostname")
    write_backup(tmp_path / "other")
    assert check(tmp_path / "other").files == 1


SCRIPTS = {
    "echo 'pg_dump (PostgreSQL) 14.2'": "install postgresql-client-",
    "echo 'pg_dump (PostgreSQL) 99.1'; exit 1": "pg_dump failed",
}


@pytest.mark.parametrize(("script", "problem"), SCRIPTS.items())
def test_programs_that_are_too_old_or_fail_are_named(
    single_upload, tmp_path, monkeypatch, script, problem
):
    for name in ("initdb", "pg_dump", "pg_restore", "psql"):
        fake = tmp_path / "bin" / name
        fake.parent.mkdir(exist_ok=True)
        fake.write_text(f"#!/bin/sh\n{script}\n")
        fake.chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path / "bin"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr("desabinaan.backups.postgres_clients.DEBIAN", tmp_path)
    with pytest.raises(BackupProblem, match=problem):
        write_backup(tmp_path / "portal.tar.age")
    assert not list(tmp_path.glob("portal.tar.age*"))


def test_every_night_one_more_and_the_oldest_goes(single_upload, tmp_path, settings):
    folder = tmp_path / "nightly"
    folder.mkdir()
    for day in range(1, 21):
        (folder / f"portal-2020-01-{day:02}-0217.tar.age").touch()
    (folder / "by-hand.tar.age").touch()
    nightly_backup(0)
    assert len(list(folder.iterdir())) == 21
    settings.BACKUP_DIR = str(folder)
    nightly_backup(0)
    kept = sorted(path.name for path in folder.glob("portal-*"))
    assert (len(kept), kept[0]) == (14, "portal-2020-01-08-0217.tar.age")
    assert check(folder / kept[-1]).files == 1
    assert (folder / "by-hand.tar.age").exists()


def test_jobs_queued_before_an_update_find_the_nightly_backup():
    [nightly] = [
        periodic
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.name == "lib.nightly_backup"
    ]
    assert (nightly.task.func, nightly.cron) == (nightly_backup.func, "17 19 * * *")
