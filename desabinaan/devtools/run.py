"""`make run` and `make dev`: set up the demonstration and serve it until stopped.

python -m desabinaan.devtools.run run|dev|stop
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desabinaan.devtools.environment import demonstration_environment
from desabinaan.devtools.paths import REPOSITORY, VAR
from desabinaan.devtools.sources import SourceWatch
from desabinaan.devtools.supervisor import (
    Child,
    print_line,
    single_instance,
    stop,
    supervise,
)
from desabinaan.lib.files.postgres_programs import ServerProblem
from desabinaan.lib.text.catalogues import compile_catalogues

LOG = VAR / "run.log"
MANAGE = [sys.executable, "manage.py"]
WORKER = [*MANAGE, "procrastinate", "worker"]
PYTHON_FILES = [
    f"{app}/**/*.py" for app in ("desabinaan", "villages", "fgd", "reports")
]

PREPARE_DATABASE = ("Preparing the database", ["migrate", "--noinput", "--verbosity=0"])
COLLECT_STATIC_FILES = (
    "Collecting the static files",
    ["collectstatic", "--noinput", "--verbosity=0"],
)
FILL = ("Filling in the demonstration", ["demo"])


def served(port: int) -> list[Child]:
    """The programs of `make run`: what production runs, on a port of this machine."""
    gunicorn = [
        *(str(Path(sys.executable).parent / "gunicorn"), "desabinaan.wsgi"),
        *(f"--bind=127.0.0.1:{port}", "--workers=2", "--no-control-socket"),
        "--log-level=warning",
    ]
    return [Child("web server", gunicorn), Child("worker", WORKER)]


def developed(port: int) -> list[Child]:
    """The programs of `make dev`, which notice edited files.

    The server reloads Python files by itself, and whitenoise reads static files at
    each request (`--nostatic`). But crispy-forms keeps its compiled templates until
    the process ends, and a worker never reloads anything.
    """
    server = [*MANAGE, "runserver", "--nostatic", f"127.0.0.1:{port}"]
    form_templates = SourceWatch("templates/bootstrap5/**/*.html")
    return [
        Child("web server", server, form_templates),
        Child("worker", WORKER, SourceWatch(*PYTHON_FILES)),
    ]


@dataclass(frozen=True)
class Mode:
    """One way to serve the demonstration."""

    programs: Callable[[int], list[Child]]
    steps: tuple[tuple[str, list[str]], ...]
    variables: dict[str, str] = field(default_factory=dict)


MODES = {
    "run": Mode(served, (PREPARE_DATABASE, COLLECT_STATIC_FILES, FILL)),
    "dev": Mode(
        developed,
        (PREPARE_DATABASE, FILL),
        {"DEBUG": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"},
    ),
}


def run(name: str) -> None:
    mode = MODES[name]
    with single_instance() as lock:
        port = free_port()
        print_line("Starting PostgreSQL ...")
        environment = demonstration_environment() | mode.variables
        address = f"http://127.0.0.1:{port}"
        environment.setdefault("PORTAL_URL", address)
        accounts = set_up(mode, environment)
        supervise(
            mode.programs(port),
            f"{address}/sehat/",
            environment,
            lock,
            f"{accounts}\nThe portal answers at {address}/ (Ctrl-C or `make stop`).",
        )
        print_line("The web server has ended; `make stop` ends PostgreSQL too.")


def free_port() -> int:
    """The port in PORT, by default 8000; nobody uses it at this moment."""
    chosen = os.environ.get("PORT") or "8000"
    if not (chosen.isdecimal() and 0 < int(chosen) < 65536):
        raise ServerProblem(f"PORT={chosen} is no port; choose one, say PORT=8001.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(chosen)))
        except OSError as problem:
            raise ServerProblem(
                f"Port {chosen} cannot be used ({problem.strerror}); choose another "
                "one, for example PORT=8001."
            ) from problem
    return int(chosen)


def set_up(mode: Mode, environment: dict[str, str]) -> str:
    """Run the commands of the mode; return the output of the last one, `demo`."""
    compile_catalogues()
    output = ""
    LOG.write_text("")
    for sentence, arguments in mode.steps:
        print_line(f"{sentence} ...")
        output = manage(arguments, environment)
    return output


def manage(arguments: list[str], environment: dict[str, str]) -> str:
    """Run a command of manage.py, log its output and return it."""
    done = subprocess.run(
        [*MANAGE, *arguments],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    with LOG.open("a") as log:
        log.write(f"# manage.py {' '.join(arguments)}\n{done.stdout}{done.stderr}")
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ServerProblem(
            f"`manage.py {arguments[0]}` failed ({reason}); see {LOG} for its output."
        )
    return done.stdout


def main(arguments: list[str]) -> None:
    if arguments not in [["run"], ["dev"], ["stop"]]:
        sys.exit(__doc__)
    try:
        stop() if arguments == ["stop"] else run(arguments[0])
    except (ServerProblem, OSError) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit("Ended before it was ready.")


if __name__ == "__main__":
    main(sys.argv[1:])
