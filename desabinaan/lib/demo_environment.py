"""The variables of the demonstration: what production sets by hand, made up here.

    python -m desabinaan.lib.demo_environment manage.py shell

runs a program of the repository with them. A variable that is already set wins.
"""

import os
import re
import secrets
import sys
from pathlib import Path

import psycopg

from desabinaan.lib import local_postgres, secret_keys
from desabinaan.lib.local_postgres import ServerProblem
from desabinaan.lib.server_version import refusal_of

VAR = local_postgres.REPOSITORY / "var"
DATABASE = "portal"


def demonstration_environment() -> dict[str, str]:
    """Every variable the demonstration needs; its database exists and answers."""
    ours = {
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "desabinaan.settings",
        "SECRET_KEY": practice_key(),
        "BACKUP_KEY_FILE": str(_kept_secret("backup_key", secrets.token_urlsafe(32))),
        "VAR_DIR": str(VAR),
    }
    if "DATABASE_URL" not in os.environ:
        folder = local_postgres.start(local_postgres.cluster_named("run"))
        ours["DATABASE_URL"] = local_postgres.url(folder, DATABASE)
        _create_database(folder)
    whole = ours | os.environ
    refuse_unfit_server(whole["DATABASE_URL"])
    return whole


def practice_key() -> str:
    """The SECRET_KEY of the demonstration, made at the first call."""
    fresh = secret_keys.PRACTICE_PREFIX + secrets.token_urlsafe(48)
    return _kept_secret("secret_key", fresh).read_text()


def _kept_secret(name: str, fresh: str) -> Path:
    """The file in var/secrets, holding what it held before or else `fresh`.

    It is readable by us alone.
    """
    folder = VAR / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = folder / name
    if not kept.exists():
        draft = folder / f"{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(fresh)
        draft.rename(kept)
    return kept


def refuse_unfit_server(url: str) -> None:
    """The database at the address answers and is new enough, or a sentence says why."""
    kind = re.match("(postgres|postgresql|psql|pgsql)://", url)
    if kind is None:
        raise ServerProblem("DATABASE_URL must begin with postgresql://; correct it.")
    address = f"postgresql://{url[kind.end() :]}"
    try:
        with psycopg.connect(address, connect_timeout=5) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as problem:
        reason = str(problem).strip().splitlines()[-1].strip()
        raise ServerProblem(
            f"The database does not answer ({reason}); check DATABASE_URL."
        ) from problem
    if refusal := refusal_of(version):
        raise ServerProblem(refusal)


def _create_database(socket_folder: Path) -> None:
    postgres = local_postgres.url(socket_folder, "postgres")
    with psycopg.connect(postgres, autocommit=True) as connection:
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(known, [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def main(words: list[str]) -> None:
    if not words:
        sys.exit(__doc__)
    try:
        environment = demonstration_environment()
    except (ServerProblem, OSError) as problem:
        sys.exit(str(problem))
    command = [sys.executable, *words] if words[0].endswith(".py") else words
    os.execvpe(command[0], command, environment)  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main(sys.argv[1:])
