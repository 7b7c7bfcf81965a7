"""A database replaced in one transaction, which psql holds until the end.

psql reads BEGIN first, then what pg_restore makes of the dump, and COMMIT last. When
this process is killed, psql reads the end of its input without COMMIT, and the server
rolls back.
"""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator

from psycopg import sql

from desabinaan.backups.age_files import Readable, chunks
from desabinaan.backups.postgres_clients import Clients, Database
from desabinaan.backups.writing import reason_in
from desabinaan.lib.files.postgres_programs import ServerProblem

BEGIN = b"""\
BEGIN;
SET LOCAL lock_timeout = '60s';
DROP SCHEMA IF EXISTS public CASCADE;
CREATE SCHEMA public;
"""


class RestoreTransaction:
    """A transaction that ends only by `commit`."""

    def __init__(
        self, clients: Clients, target: Database, psql: "subprocess.Popen[bytes]"
    ) -> None:
        self._clients, self._target, self._psql = clients, target, psql

    def execute(self, statements: bytes) -> None:
        assert self._psql.stdin is not None  # noqa: S101 - opened as a pipe
        self._psql.stdin.write(statements)
        self._psql.stdin.flush()

    def restore(self, dump: Readable) -> None:
        """Let pg_restore turn the dump into statements for psql."""
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                self._clients.command(
                    "pg_restore", "--no-owner", "--no-privileges", "--file=-"
                ),
                env=self._target.environment,
                stdin=subprocess.PIPE,
                stdout=self._psql.stdin,
                stderr=errors,
            )
            assert process.stdin is not None  # noqa: S101 - asked for above
            try:
                process.stdin.writelines(chunks(dump))
                process.stdin.close()
                status = process.wait()
            finally:
                process.kill()
                process.wait()
            if status:
                raise ServerProblem(f"pg_restore failed ({reason_in(errors)}).")

    def commit(self, rows: dict[str, int]) -> None:
        """End the transaction if every table has as many rows as `rows` says."""
        self.execute(_count_check(rows))
        self.execute(b"COMMIT;\n")


@contextlib.contextmanager
def restore_transaction(
    clients: Clients, target: Database
) -> Iterator[RestoreTransaction]:
    """Yield a transaction on an empty schema; ServerProblem if it was rolled back."""
    command = clients.command(
        "psql",
        *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"),
        f"--dbname={target.address}",
    )
    with tempfile.TemporaryFile() as errors:
        psql = subprocess.Popen(
            command,
            env=target.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        transaction = RestoreTransaction(clients, target, psql)
        try:
            transaction.execute(BEGIN)
            yield transaction
            status = _status_at_end(psql)
        except (BrokenPipeError, ServerProblem):
            status = _status_at_end(psql)
            if not status:
                raise
        finally:
            psql.kill()
            psql.wait()
        if status:
            raise ServerProblem(
                f"The database refused the backup ({reason_in(errors)}); nothing was "
                "restored."
            )


def _status_at_end(psql: "subprocess.Popen[bytes]") -> int:
    """Close the input of psql and wait for its status."""
    assert psql.stdin is not None  # noqa: S101 - opened as a pipe
    with contextlib.suppress(BrokenPipeError):
        psql.stdin.close()
    return psql.wait()


def _count_check(rows: dict[str, int]) -> bytes:
    """A statement that fails unless every table has as many rows as expected."""
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
