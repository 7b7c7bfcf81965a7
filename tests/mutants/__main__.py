"""Runs every mutant against the tests that reach its line; exit 1 when one survives.

    python -m tests.mutants [PART-OF-A-PATH ...]

First the whole suite runs once with coverage, to learn which test reaches which
line. Then two workers try the mutants, each in a copy of the tree with a
database of its own. `tests/mutants/equivalent.txt` names the guards that
another guard backs up completely, each with its reason.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData

from desabinaan.lib import local_postgres
from tests.mutants.operators import Mutant, mutants_of

ROOT = local_postgres.REPOSITORY
WORKERS = 2
SECONDS = 240
COPIED = ("desabinaan", "villages", "fgd", "reports", "tests", "templates", "static")
COPIED_FILES = ("manage.py", "pyproject.toml")
#: guards that another guard backs up completely, by file and line
EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def main(wanted: list[str]) -> int:
    mutants = [m for m in mutants_of(ROOT) if not wanted or _named(m, wanted)]
    excused = _excused()
    mutants = [m for m in mutants if _key(m) not in excused]
    reached = _reached()
    survivors = _survivors(mutants, reached)
    print(f"\n{len(mutants)} guards taken away, {len(survivors)} unnoticed.")
    for mutant in survivors:
        print(f"  unnoticed: {mutant}")
    return 1 if survivors else 0


def _named(mutant: Mutant, wanted: list[str]) -> bool:
    return any(part in str(mutant.path) for part in wanted)


def _key(mutant: Mutant) -> str:
    """The guard by file and source line, so that moving lines does not unname it."""
    source = (ROOT / mutant.path).read_text().splitlines()[mutant.line - 1]
    return f"{mutant.path}: {source.strip()}"


def _excused() -> set[str]:
    lines = EQUIVALENT.read_text().splitlines() if EQUIVALENT.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


def _reached() -> CoverageData:
    """Which tests reach which line, from one run of the whole suite."""
    kept = ROOT / "var" / "mutants.coverage"
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", *PACKAGE_OPTIONS,
        "--cov-context=test", "--cov-report=", "-p", "no:cacheprovider",
    ]  # fmt: skip
    kept.parent.mkdir(exist_ok=True)
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"COVERAGE_FILE": str(kept)}, check=False
    )
    if done.returncode:
        sys.exit("The suite is red without any mutant; mend that first.")
    data = CoverageData(str(kept))
    data.read()
    return data


PACKAGE_OPTIONS = ("--cov=desabinaan", "--cov=villages", "--cov=fgd", "--cov=reports")


def _survivors(mutants: Iterable[Mutant], reached: CoverageData) -> list[Mutant]:
    desks: SimpleQueue[Path] = SimpleQueue()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for number in range(WORKERS):
            desks.put(_copy(Path(folder) / f"desk{number}"))

        def survives(mutant: Mutant) -> bool:
            desk = desks.get()
            try:
                alive = _survives(mutant, _tests(mutant, reached), desk)
            finally:
                desks.put(desk)
            print("UNNOTICED" if alive else "noticed", mutant, flush=True)
            return alive

        with ThreadPoolExecutor(WORKERS) as pool:
            answers = pool.map(survives, mutants)
            return [m for m, alive in zip(mutants, answers, strict=True) if alive]


def _tests(mutant: Mutant, reached: CoverageData) -> list[str]:
    """The tests that reach the line, the matrix last: it reaches everything."""
    contexts = reached.contexts_by_lineno(str(ROOT / mutant.path)).get(mutant.line, [])
    names = sorted({name.split("|")[0] for name in contexts if name})
    return sorted(names, key=lambda name: "test_matrix" in name)


def _survives(mutant: Mutant, tests: list[str], desk: Path) -> bool:
    if not tests:
        return True
    place = desk / mutant.path
    original = place.read_text()
    place.write_text(mutant.text)
    listed = desk / "tests.txt"
    listed.write_text("\n".join(tests))
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--reuse-db", f"@{listed}"],
            cwd=desk,
            env=os.environ | {"DATABASE_URL": _database(desk), "VAR_DIR": str(desk)},
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        place.write_text(original)
    return run.returncode == 0


def _copy(desk: Path) -> Path:
    for name in COPIED:
        shutil.copytree(
            ROOT / name, desk / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in (*COPIED_FILES,):
        shutil.copy(ROOT / name, desk / name)
    for path in (ROOT / "locale", ROOT / "docs"):
        shutil.copytree(path, desk / path.name)
    return desk


def _database(desk: Path) -> str:
    cluster = local_postgres.start(local_postgres.cluster_named("test"))
    return local_postgres.url(cluster, f"portal_{desk.name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
