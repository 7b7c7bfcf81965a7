"""A backup put back: checked from end to end first, then taken over as one deed.

Uploads go beside those that stand, under their own names, which are random and
never used twice. The database is replaced in one transaction, which ends only
after the rows are counted and the file is read to its end. Until that moment the
old state stands, whatever is killed; from that moment the new one does.
"""

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from psycopg import sql

from desabinaan.lib.archives import ArchiveBroken, contents
from desabinaan.lib.backups import (
    DATABASE,
    MANIFEST,
    PROBLEMS,
    UPLOADS,
    Manifest,
    backup_key,
    reason_in,
    row_counts,
    sentence_for,
    uploads_below,
)
from desabinaan.lib.postgres_clients import Clients, Database, clients_for, database
from desabinaan.lib.postgres_programs import ServerProblem
from desabinaan.lib.sealed_files import opened

BEGIN = b"""\
BEGIN;
SET LOCAL lock_timeout = '60s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
"""


class RestoreProblem(Exception):
    """Why nothing was restored, as a sentence for the operator."""


@dataclass(frozen=True)
class Restored:
    """`set_aside` names the folder with uploads that the backup does not know."""

    manifest: Manifest
    set_aside: Path | None


def checked(backup: Path) -> Manifest:
    """What the backup holds, after reading the whole of it; nothing is touched."""
    with _told(), backup.open("rb") as file:
        return _whole(file, backup_key())


def restore(backup: Path, *, replace: bool = False) -> Restored:
    """The portal holds what the backup holds; RestoreProblem, or as it was before."""
    with _told(), backup.open("rb") as file:
        key = backup_key()
        manifest = _whole(file, key)
        _refuse_newer(manifest)
        target = database()
        clients = _fit_clients(manifest, target, replace=replace)
        file.seek(0)
        names = _take_over(opened(file, key), manifest, clients, target)
    return Restored(manifest, _set_aside(names))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ArchiveBroken as problem:
        raise RestoreProblem(
            "The backup is not laid out as this portal writes it; nothing was restored."
        ) from problem
    except PROBLEMS as problem:
        raise RestoreProblem(sentence_for(problem)) from problem


# --- Before anything is touched ----------------------------------------------


def _whole(file: IO[bytes], key: bytes) -> Manifest:
    """The manifest of a backup that is whole from its first to its last byte."""
    manifest, files, size = b"", 0, 0
    for name, pieces in contents(opened(file, key)):
        if name == MANIFEST:
            manifest = b"".join(pieces)
        else:
            size += sum(map(len, pieces))
        files += name.startswith(UPLOADS)
    if not manifest:
        raise ArchiveBroken
    told = Manifest(**json.loads(manifest))
    if (told.files, told.bytes) != (files, size):
        raise ArchiveBroken
    return told


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
            "--replace to give up what stands there."
        )
    return clients_for(server)


# --- Taking over -------------------------------------------------------------


def _take_over(
    chunks: Iterator[bytes], manifest: Manifest, clients: Clients, target: Database
) -> set[str]:
    """The names of the uploads, once all of the backup stands."""
    root = Path(settings.MEDIA_ROOT)
    names: set[str] = set()
    with _psql(clients, target) as session:
        with _undone_if_it_fails() as added:
            for name, pieces in contents(chunks):
                if name.startswith(UPLOADS):
                    path = _path(root, name)
                    if not path.exists():
                        added.append(path)
                    _put(path, pieces)
                    names.add(name.removeprefix(UPLOADS))
                elif name == DATABASE:
                    session.feed(pieces)
            os.sync()
        session.commit(manifest)
    return names


@contextlib.contextmanager
def _undone_if_it_fails() -> Iterator[list[Path]]:
    """What the block added goes again when it fails, say because the disk is full."""
    added: list[Path] = []
    try:
        yield added
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
            _trace_of(path).unlink(missing_ok=True)
        raise


def _path(root: Path, name: str) -> Path:
    parts = PurePosixPath(name.removeprefix(UPLOADS)).parts
    if not parts or {"..", "/"} & set(parts):
        raise ArchiveBroken
    return root.joinpath(*parts)


def _put(path: Path, pieces: Iterator[bytes]) -> None:
    """The upload stands under its name, whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    trace = _trace_of(path)
    descriptor = os.open(trace, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as file:
        file.writelines(pieces)
    trace.replace(path)


def _trace_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.restoring")


def _set_aside(names: set[str]) -> Path | None:
    """Uploads of the state that was given up lie in a folder of their own."""
    root = Path(settings.MEDIA_ROOT)
    aside = root.with_name(f"{root.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
    moved = False
    for path in list(uploads_below(root)):
        name = path.relative_to(root)
        if name.as_posix() not in names:
            (aside / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.rename(aside / name)
            moved = True
    return aside if moved else None


class _Session:
    """A psql inside a transaction that ends only by `commit`.

    When this process is killed, psql reads the end of its orders without COMMIT,
    and the server rolls back.
    """

    def __init__(
        self, clients: Clients, target: Database, psql: "subprocess.Popen[bytes]"
    ) -> None:
        self._clients, self._target, self._psql = clients, target, psql

    def order(self, words: bytes) -> None:
        assert self._psql.stdin is not None  # noqa: S101 - opened as a pipe
        self._psql.stdin.write(words)
        self._psql.stdin.flush()

    def feed(self, dump: Iterator[bytes]) -> None:
        """pg_restore turns the dump into orders for psql."""
        with tempfile.TemporaryFile() as told:
            process = subprocess.Popen(
                self._clients.command(
                    "pg_restore", "--no-owner", "--no-privileges", "--file=-"
                ),
                env=self._target.environment,
                stdin=subprocess.PIPE,
                stdout=self._psql.stdin,
                stderr=told,
            )
            assert process.stdin is not None  # noqa: S101 - asked for above
            try:
                process.stdin.writelines(dump)
                process.stdin.close()
                status = process.wait()
            finally:
                process.kill()
                process.wait()
            if status:
                raise ServerProblem(f"pg_restore failed ({reason_in(told)}).")

    def commit(self, manifest: Manifest) -> None:
        self.order(_count_check(manifest.rows))
        self.order(b"COMMIT;\n")


@contextlib.contextmanager
def _psql(clients: Clients, target: Database) -> Iterator[_Session]:
    """The block's orders hold together, or none of them does."""
    words = clients.command(
        "psql",
        *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"),
        f"--dbname={target.address}",
    )
    with tempfile.TemporaryFile() as told:
        psql = subprocess.Popen(
            words,
            env=target.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=told,
        )
        session = _Session(clients, target, psql)
        try:
            session.order(BEGIN)
            yield session
            status = _ended(psql)
        except (BrokenPipeError, ServerProblem):
            status = _ended(psql)
            if not status:
                raise
        finally:
            psql.kill()
            psql.wait()
        if status:
            raise ServerProblem(
                f"The database refused the backup ({reason_in(told)}); nothing was "
                "restored."
            )


def _ended(psql: "subprocess.Popen[bytes]") -> int:
    """The status of a psql that gets no more orders."""
    assert psql.stdin is not None  # noqa: S101 - opened as a pipe
    with contextlib.suppress(BrokenPipeError):
        psql.stdin.close()
    return psql.wait()


def _count_check(rows: dict[str, int]) -> bytes:
    """Orders that fail unless every table has as many rows as the manifest tells."""
    check = sql.SQL(
        "IF (SELECT count(*) FROM public.{table}) <> {rows} THEN "
        "RAISE EXCEPTION 'the rows of % are not those of the backup', {name}; END IF;\n"
    )
    checks = [
        check.format(table=sql.Identifier(table), rows=count, name=table)
        for table, count in rows.items()
    ]
    block = sql.SQL("DO $check$ BEGIN\n{}END $check$;\n").format(sql.Composed(checks))
    return block.as_bytes(None)
