"""A backup and its restore need the same memory, however much there is to save."""

from pathlib import Path

import pytest

from tests.backups.drill import Site

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
UPLOAD = 96 * 1024 * 1024
LARGE_TABLE = """
CREATE TABLE large AS SELECT (
    SELECT string_agg(md5((row * 1000 + part)::text), '')
    FROM generate_series(1, 1000) AS part
) AS content FROM generate_series(1, 2500) AS row
"""
#: far less than the upload, than the table and than its dump
ALLOWED = 16 * 1024 * 1024


def peak(site: Site, *command: object) -> int:
    """The most memory the command ever used, in bytes, as Linux counts it."""
    arguments = [str(word) for word in command]
    status, output = site.manage(
        "shell",
        *("--verbosity", "0", "--command"),
        f"from django.core.management import call_command; call_command(*{arguments}); "
        "print([line for line in open('/proc/self/status') if 'VmHWM' in line][0])",
    )
    assert status == 0, output
    return int(output.split("VmHWM:")[1].split()[0]) * 1024


def test_memory_does_not_grow_with_the_portal(backup, elsewhere, tmp_path):
    small, large = tmp_path / "small", tmp_path / "large"
    elsewhere.manage("restore", backup)
    for_small = peak(elsewhere, "backup", small)
    restored_small = peak(elsewhere, "restore", small, "--replace")
    elsewhere.execute(LARGE_TABLE)
    upload: Path = elsewhere.var / "uploads" / "large.pdf"
    with upload.open("wb") as file:
        file.truncate(UPLOAD)
    assert peak(elsewhere, "backup", large) - for_small < ALLOWED
    assert large.stat().st_size - small.stat().st_size - UPLOAD > 2 * ALLOWED
    assert peak(elsewhere, "restore", large, "--replace") - restored_small < ALLOWED
    assert elsewhere.rows()["large"] == 2500
    assert upload.stat().st_size == UPLOAD
