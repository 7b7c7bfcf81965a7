"""A backup is read to its end and checked first, and then restored as a whole.

Uploads join those that are there, under their own names, which are random and never
used twice. The database is replaced in one transaction, which ends only after the file
was read to its end a second time and the rows were counted. Until that moment the old
state holds, whatever is killed; from that moment the new one does.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from pyrage.x25519 import Identity

from desabinaan.backups.age_files import (
    AgeProblem,
    Readable,
    chunks,
    decrypted,
    identities_from,
)
from desabinaan.backups.archives import (
    DATABASE,
    UPLOADS,
    ArchiveProblem,
    ArchiveReader,
    Manifest,
    NewerFormat,
    upload_path,
)
from desabinaan.backups.postgres_clients import Clients, Database, clients_for, database
from desabinaan.backups.restore_transactions import (
    RestoreTransaction,
    restore_transaction,
)
from desabinaan.backups.writing import PROBLEMS, row_counts, sentence_for, uploads_below


class RestoreProblem(Exception):
    """Why nothing was restored, as a sentence for the operator."""


@dataclass(frozen=True)
class RestoreResult:
    """`set_aside` names the folder with uploads that the backup does not know."""

    manifest: Manifest
    set_aside: Path | None


def check(backup: Path) -> Manifest:
    """Read the whole of a backup and return what it holds; nothing is changed."""
    with _one_sentence(), backup.open("rb") as file:
        return _manifest_of(file, backup_identities())


def restore(backup: Path, *, replace: bool = False) -> RestoreResult:
    """Restore database and uploads; RestoreProblem, and no change, otherwise."""
    with _one_sentence(), backup.open("rb") as file:
        identities = backup_identities()
        manifest = _manifest_of(file, identities)
        _refuse_newer(manifest)
        target = database()
        clients = _fit_clients(manifest, target, replace=replace)
        file.seek(0)
        with restore_transaction(clients, target) as transaction:
            _restore_members(file, identities, manifest, transaction)
            transaction.commit(manifest.rows)
    return RestoreResult(manifest, _set_aside(manifest))


def backup_identities() -> list[Identity]:
    """The private keys in the file that the settings name."""
    if not settings.BACKUP_IDENTITY_FILE:
        raise AgeProblem(
            "There is no backup key; set BACKUP_IDENTITY_FILE to the file with the "
            "private key that opens the backup."
        )
    return identities_from(Path(settings.BACKUP_IDENTITY_FILE).read_text())


@contextlib.contextmanager
def _one_sentence() -> Iterator[None]:
    try:
        yield
    except NewerFormat as problem:
        raise RestoreProblem(
            "The backup was written by a newer portal; update this portal, then "
            "restore."
        ) from problem
    except ArchiveProblem as problem:
        raise RestoreProblem(
            "The backup is not laid out as this portal writes it; nothing was restored."
        ) from problem
    except PROBLEMS as problem:
        raise RestoreProblem(sentence_for(problem)) from problem


# --- Checking ----------------------------------------------------------------


def _manifest_of(file: IO[bytes], identities: list[Identity]) -> Manifest:
    """Return the manifest of a backup that is complete."""
    with decrypted(file, identities) as stream:
        archive = ArchiveReader(stream)
        for _member in archive:
            pass
    return archive.manifest()


def _refuse_newer(manifest: Manifest) -> None:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations or {}}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise RestoreProblem(
            f"The backup comes from a newer portal (it knows {unknown[-1]}); update "
            "this portal, then restore."
        )


def _fit_clients(manifest: Manifest, target: Database, *, replace: bool) -> Clients:
    with target.connect() as connection:
        server = connection.info.server_version // 10_000
        filled = sum(row_counts(connection).values())
    if server < manifest.server:
        raise RestoreProblem(
            f"The backup comes from PostgreSQL {manifest.server}, this server is "
            f"PostgreSQL {server}; restore it on {manifest.server} or newer."
        )
    if filled and not replace:
        raise RestoreProblem(
            "The database is not empty; name an empty one in DATABASE_URL, or add "
            "--replace to give up what it holds."
        )
    return clients_for(server)


# --- Restoring ---------------------------------------------------------------


def _restore_members(
    file: IO[bytes],
    identities: list[Identity],
    manifest: Manifest,
    transaction: RestoreTransaction,
) -> None:
    """Add the uploads and fill the database, which is not committed yet."""
    with _removed_on_failure() as added:
        with decrypted(file, identities) as stream:
            archive = ArchiveReader(stream)
            for name, content in archive:
                if name == DATABASE:
                    transaction.restore(content)
                else:
                    _add_upload(name, content, added)
        if archive.manifest() != manifest:
            raise ArchiveProblem  # the file was changed since it was checked
        os.sync()


@contextlib.contextmanager
def _removed_on_failure() -> Iterator[list[Path]]:
    """Remove the files that the block added when it fails: a full disk, say."""
    added: list[Path] = []
    try:
        yield added
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
            _unfinished(path).unlink(missing_ok=True)
        raise


def _add_upload(name: str, content: Readable, added: list[Path]) -> None:
    """Let the upload appear under its name once it is whole."""
    below = upload_path(name)
    if below is None:
        raise ArchiveProblem
    path = Path(settings.MEDIA_ROOT, below)
    if not path.exists():
        added.append(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = _unfinished(path)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.writelines(chunks(content))
    unfinished.replace(path)


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.restoring")


def _set_aside(manifest: Manifest) -> Path | None:
    """Move uploads that the backup does not know to a folder of their own."""
    root = Path(settings.MEDIA_ROOT)
    aside = root.with_name(f"{root.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
    moved = False
    for path in list(uploads_below(root)):
        name = path.relative_to(root)
        if UPLOADS + name.as_posix() not in manifest.sha256:
            (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.rename(aside / name)
            moved = True
    return aside if moved else None
