"""Pictures of every page for every role under var/shots/: `make shots`.

    python -m tests.shots kanwil desa.lontar

takes those of two people only. The portal pictured has a database of its own.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg

from desabinaan.devtools.environment import demonstration_environment
from desabinaan.devtools.paths import REPOSITORY

DATABASE = "portal_shots"


def main(names: list[str]) -> None:
    environment = demonstration_environment()
    environment |= {
        "DATABASE_URL": _fresh_database(environment["DATABASE_URL"]),
        "VAR_DIR": str(REPOSITORY / "var" / "shots"),
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps a loop in the thread
        "LOG_LEVEL": "ERROR",
    }
    take = f"from tests.shots.gallery import take; take({names!r})"
    for words in (["migrate", "-v0"], ["shell", "-v0", "-c", take]):
        subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=REPOSITORY,
            env=environment,
            check=True,
        )


def _fresh_database(url: str) -> str:
    """The address of an empty database on the same server."""
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    return urlsplit(url)._replace(path=f"/{DATABASE}").geturl()


if __name__ == "__main__":
    os.chdir(REPOSITORY)
    main(sys.argv[1:])
