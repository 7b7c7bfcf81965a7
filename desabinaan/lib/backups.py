"""One sealed file that holds the database, as of one moment, and the uploads.

In it stand, in this order, `uploads/...`, `database` (pg_dump's custom format) and
`manifest.json`. The snapshot of the database is taken first and dumped last: every
upload that a row names was there before, since uploads are written before their
rows and never changed. The key comes from the settings and is not inside.
"""

import contextlib
import errno
import fcntl
import json
import os
import re
import subprocess
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO

import psycopg
from django.conf import settings
from django.utils import timezone
from psycopg import sql

from desabinaan.lib.archives import ArchiveWriter
from desabinaan.lib.postgres_clients import Clients, Database, clients_for, database
from desabinaan.lib.postgres_programs import ServerProblem
from desabinaan.lib.sealed_files import Sealer, SealRefused, key_from

DATABASE = "database"
MANIFEST = "manifest.json"
UPLOADS = "uploads/"
PIECE = 1024 * 1024
KEPT = 14
NIGHTLY = "portal-*.backup"
#: what a backup may stumble over, told by one sentence
PROBLEMS = (ServerProblem, SealRefused, OSError, psycopg.Error)


class BackupProblem(Exception):
    """Why there is no backup, as a sentence for the operator."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `migrations` are "app.name", `rows` count by table."""

    portal: str
    made_at: str
    server: int
    migrations: list[str]
    rows: dict[str, int]
    files: int
    bytes: int

    def __str__(self) -> str:
        return (
            f"portal {self.portal}, {self.made_at}: {sum(self.rows.values())} rows in "
            f"{len(self.rows)} tables, {self.files} uploads, {self.bytes} bytes"
        )


def portal_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def backup_key() -> bytes:
    """The key of the settings: BACKUP_KEY, or the content of BACKUP_KEY_FILE."""
    words = settings.BACKUP_KEY
    if not words and settings.BACKUP_KEY_FILE:
        words = Path(settings.BACKUP_KEY_FILE).read_text()
    if not words:
        raise SealRefused(
            "There is no backup key; set BACKUP_KEY or BACKUP_KEY_FILE, and keep a "
            "copy of the key off this server."
        )
    return key_from(words)


def write_backup(target: Path) -> Manifest:
    """The file `target` is a whole backup; BackupProblem, and no file, otherwise."""
    try:
        key = backup_key()
        if target.exists():
            raise BackupProblem(f"{target} exists already; choose another name.")
        with _appearing(target) as part:
            return _write(part, key)
    except PROBLEMS as problem:
        raise BackupProblem(sentence_for(problem)) from problem


def write_nightly(folder: Path) -> Manifest:
    """A backup named by this minute stands in the folder; only the last ones stay."""
    now = timezone.localtime()
    made = write_backup(folder / f"portal-{now:%Y-%m-%d-%H%M}.backup")
    for old in sorted(folder.glob(NIGHTLY))[:-KEPT]:
        old.unlink()
    return made


def sentence_for(problem: Exception) -> str:
    if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
        return "The disk is full; make room and try again. Nothing half was kept."
    if isinstance(problem, OSError):
        return f"{problem.filename or 'A file'}: {problem.strerror}."
    if isinstance(problem, psycopg.Error):
        reason = (str(problem).strip().splitlines() or ["no reason given"])[-1]
        return f"The database refused ({reason})."
    return str(problem)


# --- Writing -----------------------------------------------------------------


@contextlib.contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """The file appears under its name when it is whole and on the disk, or not."""
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


def _write(part: IO[bytes], key: bytes) -> Manifest:
    source = database()
    sealer = Sealer(part, key)
    archive = ArchiveWriter(sealer)
    with source.connect() as connection:
        server = connection.info.server_version // 10_000
        clients = clients_for(server)
        snapshot = _snapshot(connection)
        files, size = _add_uploads(archive, Path(settings.MEDIA_ROOT))
        size += archive.add(DATABASE, _dump(clients, source, snapshot))
        manifest = Manifest(
            portal=portal_version(),
            made_at=timezone.localtime().isoformat(timespec="seconds"),
            server=server,
            migrations=_migrations(connection),
            rows=row_counts(connection),
            files=files,
            bytes=size,
        )
    archive.add(MANIFEST, [json.dumps(asdict(manifest)).encode()])
    archive.finish()
    sealer.finish()
    return manifest


def _snapshot(connection: "psycopg.Connection[tuple[object, ...]]") -> str:
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    row = connection.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None  # noqa: S101 - a function call answers one row
    return str(row[0])


def _migrations(connection: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    rows = connection.execute(
        "SELECT app || '.' || name FROM django_migrations ORDER BY id"
    )
    return [str(name) for (name,) in rows]


def row_counts(
    connection: "psycopg.Connection[tuple[object, ...]]",
) -> dict[str, int]:
    """The rows of each of the portal's tables, counted."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'public'::regnamespace ORDER BY relname"
    ).fetchall()
    counts = {}
    for (table,) in tables:
        question = sql.SQL("SELECT count(*) FROM public.{}")
        row = connection.execute(question.format(sql.Identifier(str(table)))).fetchone()
        counts[str(table)] = int(str(row[0])) if row else 0
    return counts


def _dump(clients: Clients, source: Database, snapshot: str) -> Iterator[bytes]:
    words = clients.command(
        "pg_dump",
        *("--format=custom", "--no-owner", "--no-privileges"),
        *(f"--snapshot={snapshot}", f"--dbname={source.address}"),
    )
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            words,
            env=source.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
        )
        assert process.stdout is not None  # noqa: S101 - asked for above
        try:
            yield from _pieces(process.stdout)
            status = process.wait()
        finally:
            process.kill()
            process.wait()
        if status:
            raise ServerProblem(f"pg_dump failed ({reason_in(told)}).")


def reason_in(told: IO[bytes]) -> str:
    """What a program named as its error, else the last thing it said."""
    told.seek(0)
    said = told.read().decode(errors="replace").strip()
    named = re.findall(r"(?:ERROR|FATAL|error):\s+(.+)", said)
    return str(named[0]) if named else (said.splitlines() or ["no reason given"])[-1]


def _add_uploads(archive: ArchiveWriter, root: Path) -> tuple[int, int]:
    files = size = 0
    for path in uploads_below(root):
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # taken back a moment ago, as a deed that failed does
        with file:
            name = UPLOADS + path.relative_to(root).as_posix()
            size += archive.add(name, _pieces(file))
        files += 1
    return files, size


def uploads_below(root: Path) -> Iterator[Path]:
    """Every plain file, folder by folder; links are not followed."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    return iter(partial(file.read, PIECE), b"")
