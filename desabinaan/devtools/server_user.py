"""Which user runs PostgreSQL's programs: never root."""

import contextlib
import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from desabinaan.lib.files import postgres_programs
from desabinaan.lib.files.postgres_programs import ServerProblem


@dataclass(frozen=True)
class ServerUser:
    """How the server's programs are started so that none of them runs as root."""

    prefix: tuple[str, ...] = ()
    account: pwd.struct_passwd | None = None

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            check=False,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )

    def own(self, folder: Path) -> None:
        """Create the folder if needed, and make it private to this user."""
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise ServerProblem(
                f"{folder} cannot be created ({problem.strerror}); start again as the "
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
        return self.account.pw_uid if self.account else os.geteuid()


def server_user() -> ServerUser:
    """The current user; for root another identity, in a user namespace if possible."""
    if os.geteuid() != 0:
        return ServerUser()
    namespace = ("unshare", "--user", "--map-user=65534", "--map-group=65534")
    if shutil.which("unshare") and not ServerUser(namespace).run("true").returncode:
        return ServerUser(namespace)
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return ServerUser(account=pwd.getpwnam(name))
    raise ServerProblem("Root may not run PostgreSQL; start again as a normal user.")


def reachable_folder(folder: Path) -> Path:
    """A folder another user can reach even when the repository lies below /root."""
    name = hashlib.sha256(bytes(folder)).hexdigest()[:12]
    return Path("/var/tmp") / f"portal-postgres-{name}"  # noqa: S108 - owner is checked


def reachable_binaries(binaries: Path, folder: Path, user: ServerUser) -> Path:
    """Programs that the user can run: these, or a copy of them in the folder."""
    with contextlib.suppress(PermissionError):
        if not user.run(binaries / "postgres", "--version").returncode:
            return binaries
    copy = folder / f"postgresql-{postgres_programs.major(binaries)}"
    shutil.copytree(binaries.parent, copy, dirs_exist_ok=True, symlinks=True)
    return copy / "bin"
