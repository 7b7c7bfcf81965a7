"""One encrypted file that holds the database, as of one moment, and the uploads.

It is a tar (see `archives`), encrypted with age: the public keys in the
settings are enough to make it, and a private key, which is kept elsewhere, opens it.
The snapshot of the database is taken first and dumped last: every upload that a row
names was there before, since uploads are written before their rows and never changed.
"""

import contextlib
import errno
import fcntl
import os
import re
import subprocess
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import sql
from pyrage.x25519 import Identity, Recipient

from desabinaan.backups.age_files import (
    AgeProblem,
    chunks,
    decrypted,
    encrypted,
    recipients_from,
)
from desabinaan.backups.archives import (
    DATABASE,
    FORMAT,
    UPLOADS,
    ArchiveWriter,
    Manifest,
)
from desabinaan.backups.postgres_clients import Clients, Database, clients_for, database
from desabinaan.lib.files.postgres_programs import ServerProblem

KEPT = 14
NIGHTLY = "portal-*.tar.age"
#: what a backup or a restore may run into and report in one sentence
PROBLEMS = (ServerProblem, AgeProblem, OSError, psycopg.Error)


class BackupProblem(Exception):
    """Why there is no backup, as a sentence for the operator."""


def portal_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def backup_recipients() -> list[Recipient]:
    """Return the public keys of the settings; any of their owners can open it."""
    if not settings.BACKUP_RECIPIENTS:
        raise AgeProblem(
            "There is no backup key; set BACKUP_RECIPIENTS to a public key of age, "
            "and keep its private key off this server."
        )
    return recipients_from(settings.BACKUP_RECIPIENTS)


def write_backup(target: Path) -> Manifest:
    """Write a whole backup to `target`; BackupProblem, and no file, otherwise."""
    try:
        recipients = backup_recipients()
        if target.exists():
            raise BackupProblem(f"{target} exists already; choose another name.")
        with _whole_or_no_file(target) as part:
            return _write(part, target.parent, recipients)
    except PROBLEMS as problem:
        raise BackupProblem(sentence_for(problem)) from problem


def write_nightly(folder: Path) -> Manifest:
    """Write a backup named by this minute and remove all but the last ones."""
    now = timezone.localtime()
    manifest = write_backup(folder / f"portal-{now:%Y-%m-%d-%H%M}.tar.age")
    for old in sorted(folder.glob(NIGHTLY))[:-KEPT]:
        old.unlink()
    return manifest


def sentence_for(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return "The disk is full; free some space and try again. Nothing was kept."
    if isinstance(problem, OSError):
        return f"{problem.filename or 'A file'}: {problem.strerror or problem}."
    if isinstance(problem, psycopg.Error):
        last = (str(problem).strip().splitlines() or ["no reason given"])[-1]
        return f"The database refused ({problem.diag.message_primary or last})."
    return str(problem)


# --- Writing -----------------------------------------------------------------


@contextlib.contextmanager
def _whole_or_no_file(target: Path) -> Iterator[IO[bytes]]:
    """Let the file appear under its name only when it is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_WRONLY, 0o600)
    with open(descriptor, "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupProblem("A backup of that name is being written.") from None
        try:
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            part.rename(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(part: IO[bytes], folder: Path, recipients: list[Recipient]) -> Manifest:
    source = database()
    with (
        source.connect() as connection,
        encrypted(part, recipients) as stream,
        tarfile.open(fileobj=stream, mode="w|") as tar,
    ):
        archive = ArchiveWriter(tar)
        server = connection.info.server_version // 10_000
        clients = clients_for(server)
        snapshot = _snapshot(connection)
        _add_uploads(archive, Path(settings.MEDIA_ROOT))
        with _dumped(clients, source, snapshot, folder) as (dump, size):
            archive.add(DATABASE, dump, size, time.time())
        manifest = Manifest(
            format=FORMAT,
            portal=portal_version(),
            made_at=timezone.localtime().isoformat(timespec="seconds"),
            server=server,
            migrations=_migrations(connection),
            rows=row_counts(connection),
            files=len(archive.sums.uploads),
            total_bytes=archive.sums.total_bytes,
            sha256=archive.sums.sha256,
        )
        archive.add_manifest(manifest, time.time())
    return manifest


def _snapshot(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None  # noqa: S101 - a function call returns one row
    return str(row[0])


def _migrations(connection: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    rows = connection.execute(
        "SELECT app || '.' || name FROM django_migrations ORDER BY id"
    )
    return [str(name) for (name,) in rows]


def row_counts(
    connection: "psycopg.Connection[tuple[object, ...]]",
) -> dict[str, int]:
    """Count the rows of each of the portal's tables."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        query = sql.SQL("SELECT count(*) FROM public.{}")
        row = connection.execute(query.format(sql.Identifier(str(table)))).fetchone()
        counts[str(table)] = int(str(row[0])) if row else 0
    return counts


@contextlib.contextmanager
def _dumped(
    clients: Clients, source: Database, snapshot: str, folder: Path
) -> Iterator[tuple[IO[bytes], int]]:
    """Yield the dump and its size, which a tar must know first.

    Until then the dump lies on the disk in a file without a name, which goes with
    this process, encrypted with a key that only this process knows.
    """
    identity = Identity.generate()
    with tempfile.TemporaryFile(dir=folder) as spool:
        with encrypted(spool, [identity.to_public()]) as stream:
            size = _dump(clients, source, snapshot, stream)
        spool.seek(0)
        with decrypted(spool, [identity]) as dump:
            yield dump, size


def _dump(clients: Clients, source: Database, snapshot: str, target: IO[bytes]) -> int:
    """Write the dump to `target`; return its bytes."""
    command = clients.command(
        "pg_dump",
        *("--format=custom", "--no-owner", "--no-privileges"),
        *(f"--snapshot={snapshot}", f"--dbname={source.address}"),
    )
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            env=source.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        assert process.stdout is not None  # noqa: S101 - asked for above
        try:
            size = sum(map(target.write, chunks(process.stdout)))
            status = process.wait()
        finally:
            process.kill()
            process.wait()
        if status:
            raise ServerProblem(f"pg_dump failed ({reason_in(errors)}).")
    return size


def reason_in(errors: IO[bytes]) -> str:
    """Return the error a program reported, else its last line."""
    errors.seek(0)
    output = errors.read().decode(errors="replace").strip()
    reported = re.findall(r"(?:ERROR|FATAL|error):\s+(.+)", output)
    if reported:
        return str(reported[0])
    return (output.splitlines() or ["no reason given"])[-1]


def _add_uploads(archive: ArchiveWriter, root: Path) -> None:
    for path in uploads_below(root):
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # deleted a moment ago, as an operation that failed does
        with file:
            state = os.fstat(file.fileno())
            name = UPLOADS + path.relative_to(root).as_posix()
            archive.add(name, file, state.st_size, state.st_mtime)


def uploads_below(root: Path) -> Iterator[Path]:
    """Iterate over plain files, folder by folder; links are not followed."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path
