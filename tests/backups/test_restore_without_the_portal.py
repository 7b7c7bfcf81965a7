"""A backup opens with age, tar and PostgreSQL's programs: none of it is the portal's.

pyrage does here what `age -d` does, as docs/restore-without-the-portal.md says.
"""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

import pyrage
import pytest
from pyrage.x25519 import Identity

from desabinaan.backups.postgres_clients import clients_for

pytestmark = pytest.mark.django_db(transaction=True)


def opened(backup: Path, key_file: str, folder: Path) -> Path:
    """What `age -d -i key backup | tar x` leaves in the folder."""
    lines = Path(key_file).read_text().splitlines()
    [key] = [line for line in lines if line.startswith("AGE-SECRET-KEY-1")]
    content = folder.with_name("content.tar")
    pyrage.decrypt_file(str(backup), str(content), [Identity.from_str(key)])
    with tarfile.open(content) as tar:
        tar.extractall(folder, filter="data")
    return folder


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_it_opens_with_age_and_tar_and_its_sums_fit(portal, backup, settings, tmp_path):
    folder = opened(backup, settings.BACKUP_IDENTITY_FILE, tmp_path / "opened")
    manifest = json.loads((folder / "manifest.json").read_text())
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    found = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == manifest["sha256"].keys() | {"manifest.json"}
    assert manifest["rows"] == portal.rows()


def test_pg_restore_and_a_copy_of_the_uploads_bring_everything_back(
    portal, backup, elsewhere, settings, tmp_path
):
    folder = opened(backup, settings.BACKUP_IDENTITY_FILE, tmp_path / "opened")
    manifest = json.loads((folder / "manifest.json").read_text())
    pg_restore = clients_for(manifest["server"]).command("pg_restore")
    dump = str(folder / "database.dump")
    assert "TABLE DATA public register_village" in run(*pg_restore, "--list", dump)
    run(
        *pg_restore,
        *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
        *(f"--dbname={elsewhere.url}", dump),
    )
    elsewhere.var.mkdir()
    (folder / "uploads").rename(elsewhere.var / "uploads")
    assert elsewhere.rows() == portal.rows()
    assert elsewhere.uploads() == portal.uploads()
    assert elsewhere.manage("migrate", "--check")[0] == 0
