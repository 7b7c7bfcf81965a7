"""The variables of the demonstration, which production sets by hand.

    python -m desabinaan.devtools.environment manage.py shell

runs a program of the repository with them. A variable that is already set wins.
"""

import os
import re
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from pyrage.x25519 import Identity

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import cluster_named
from desabinaan.devtools.paths import VAR
from desabinaan.lib.checks import refusal_of
from desabinaan.lib.crypto import secret_keys
from desabinaan.lib.files.postgres_programs import ServerProblem

DATABASE = "portal"
# Labels of apps before they were split; no migration leads on from them.
OLD_LABELS = ["villages", "fgd", "recap"]


def demonstration_environment() -> dict[str, str]:
    """Every variable the demonstration needs; its database exists and answers."""
    defaults = {
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "desabinaan.settings",
        "SECRET_KEY": practice_key(),
        **backup_keys(),
        "VAR_DIR": str(VAR),
    }
    if "DATABASE_URL" not in os.environ:
        folder = local_postgres.start(cluster_named("run"))
        defaults["DATABASE_URL"] = local_postgres.url(folder, DATABASE)
        _create_database(folder)
    environment = defaults | os.environ
    url = postgresql_url(environment["DATABASE_URL"])
    refuse_unfit_server(url)
    refuse_old_layout(url)
    refuse_real_people(url)
    return environment


def practice_key() -> str:
    """The SECRET_KEY of the demonstration, generated at the first call."""
    generated = secret_keys.PRACTICE_PREFIX + secrets.token_urlsafe(48)
    return _secret_file("secret_key", generated).read_text()


def backup_keys() -> dict[str, str]:
    """Both keys of backups; in production the private one is kept elsewhere."""
    stored = _secret_file("backup_identity", str(Identity.generate()))
    recipient = Identity.from_str(stored.read_text()).to_public()
    return {"BACKUP_RECIPIENTS": str(recipient), "BACKUP_IDENTITY_FILE": str(stored)}


def _secret_file(name: str, default: str) -> Path:
    """A file in var/secrets that only we can read, written unless it exists."""
    folder = VAR / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / name
    if not file.exists():
        unfinished = folder / f"{name}.{os.getpid()}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(default)
        unfinished.rename(file)
    return file


def postgresql_url(url: str) -> str:
    """Return the URL in the spelling that PostgreSQL's own programs read."""
    scheme = re.match("(postgres|postgresql|psql|pgsql)://", url)
    if scheme is None:
        raise ServerProblem("DATABASE_URL must begin with postgresql://; correct it.")
    return f"postgresql://{url[scheme.end() :]}"


def refuse_unfit_server(url: str) -> None:
    """Raise ServerProblem unless the database answers and is new enough."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[-1].strip()
        raise ServerProblem(
            f"The database does not answer ({reason}); check DATABASE_URL."
        ) from problem
    if refusal := refusal_of(version):
        raise ServerProblem(refusal)


def refuse_old_layout(url: str) -> None:
    """Raise ServerProblem if the database was built by the apps before the split."""
    query = "SELECT 1 FROM django_migrations WHERE app = ANY(%s) LIMIT 1"
    if _finds(url, "django_migrations", query, [OLD_LABELS]):
        way_on = (
            "name an empty one in DATABASE_URL"
            if "DATABASE_URL" in os.environ
            else "run `make stop`, delete the folder var/ and start again"
        )
        raise ServerProblem(
            f"The database is of an earlier version of the portal; {way_on}."
        )


def refuse_real_people(url: str) -> None:
    """Raise ServerProblem if the database holds an account of a real portal."""
    query = "SELECT 1 FROM accounts_user WHERE NOT is_demonstration LIMIT 1"
    if _finds(url, "accounts_user", query):
        raise ServerProblem(
            "The database holds people of a real portal, and the demonstration "
            "must not touch it; name an empty one in DATABASE_URL."
        )


def _finds(
    url: str, table: str, query: LiteralString, values: Sequence[Any] = ()
) -> bool:
    """Return whether the query of the table finds a row; False without the table."""
    with psycopg.connect(url) as connection:
        exists = connection.execute("SELECT to_regclass(%s)", [table]).fetchone()
        if exists == (None,):
            return False
        return connection.execute(query, values).fetchone() is not None


def _create_database(socket_folder: Path) -> None:
    postgres = local_postgres.url(socket_folder, "postgres")
    with psycopg.connect(postgres, autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def main(arguments: list[str]) -> None:
    if not arguments:
        sys.exit(__doc__)
    try:
        environment = demonstration_environment()
    except (ServerProblem, OSError) as problem:
        sys.exit(str(problem))
    is_script = arguments[0].endswith(".py")
    command = [sys.executable, *arguments] if is_script else arguments
    os.execvpe(command[0], command, environment)  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main(sys.argv[1:])
