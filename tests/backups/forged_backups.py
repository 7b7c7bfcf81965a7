"""Backups as somebody else might write them, with a key that the portal knows."""

import tarfile
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from desabinaan.backups.age_files import encrypted
from desabinaan.backups.archives import FORMAT, ArchiveWriter, Manifest
from tests.backups.drill import IDENTITY


def archive(entries: dict[str, bytes], **changes: object) -> bytes:
    """A tar with these members and a manifest that fits them but for the changes."""
    target = BytesIO()
    with tarfile.open(fileobj=target, mode="w|") as tar:
        writer = ArchiveWriter(tar)
        for name, content in entries.items():
            writer.add(name, BytesIO(content), len(content), 0)
        fitting = Manifest(
            format=FORMAT, portal="0", made_at="2026-11-25", server=15, migrations=[],
            rows={}, files=len(writer.sums.uploads), sha256=writer.sums.sha256,
            total_bytes=writer.sums.total_bytes,
        )  # fmt: skip
        writer.add_manifest(Manifest(**asdict(fitting) | changes), 0)
    return target.getvalue()


def forged(target: Path, entries: dict[str, bytes], **changes: object) -> Path:
    """Write that archive to `target`, encrypted for the key of the tests."""
    with (
        target.open("wb") as file,
        encrypted(file, [IDENTITY.to_public()]) as stream,
    ):
        stream.write(archive(entries, **changes))
    return target
