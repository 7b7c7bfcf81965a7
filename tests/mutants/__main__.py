"""Runs every mutant against the tests that reach its line; exit 1 when one survives.

    python -m tests.mutants [PART-OF-A-NAME ...]

First the whole suite runs once with coverage, to learn which test reaches which
line; it runs in a copy of the tree, so that a test which cannot work in a copy
does not count as one that failed because of a mutant. Then two workers try the
mutants, each in such a copy with a database of its own, the tests nearest to the
guard first. A mutant is killed by a failed test only: a run that takes too long or
does not begin is reported as unanswered, and the command fails.
`tests/mutants/equivalent.txt`, if it exists, names the guards that another guard
backs up completely, each with its reason.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue

from coverage import CoverageData

from desabinaan.devtools import local_postgres
from desabinaan.devtools.cluster import cluster_named
from desabinaan.devtools.paths import REPOSITORY
from tests.mutants.operators import Mutant, mutants_of

ROOT = REPOSITORY
WORKERS = 2
SECONDS = 900
#: guards that another guard backs up completely, by file and line
EQUIVALENT = Path(__file__).with_name("equivalent.txt")


class Answer(StrEnum):
    KILLED = "killed"
    SURVIVED = "SURVIVED"
    UNANSWERED = "UNANSWERED"


#: what pytest's exit codes say: all passed, some failed
ANSWERS = {0: Answer.SURVIVED, 1: Answer.KILLED}


def main(wanted: list[str]) -> int:
    mutants = [m for m in mutants_of(ROOT) if not wanted or _named(m, wanted)]
    excused = _excused()
    mutants = [m for m in mutants if _key(m) not in excused]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copies = [_copy(Path(folder) / f"copy{number}") for number in range(WORKERS)]
        answers = _answers(mutants, _coverage(copies[0]), copies)
    left = [(a, m) for a, m in answers if a is not Answer.KILLED]
    print(f"\n{len(mutants)} guards taken away, {len(left)} not missed by any test.")
    for answer, mutant in left:
        print(f"  {answer}: {mutant}")
    return 1 if left else 0


def _named(mutant: Mutant, wanted: list[str]) -> bool:
    return any(part in str(mutant) for part in wanted)


def _key(mutant: Mutant) -> str:
    """Return file and source line, which stay the same when lines move."""
    source = (ROOT / mutant.path).read_text().splitlines()[mutant.line - 1]
    return f"{mutant.path}: {source.strip()}"


def _excused() -> set[str]:
    lines = EQUIVALENT.read_text().splitlines() if EQUIVALENT.exists() else []
    return {line for line in lines if line and not line.startswith("#")}


@dataclass(frozen=True, slots=True)
class LineCoverage:
    """Which tests reach which line, from one run of the whole suite in `copy`."""

    copy: Path
    data: CoverageData

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach the line, the nearest first.

        The matrix reaches everything and comes last; a test of the same app comes
        before a test that only walks through it.
        """
        if mutant.asked_by:
            return [mutant.asked_by]
        lines = self.data.contexts_by_lineno(str(self.copy / mutant.path))
        contexts = lines.get(mutant.line, [])
        names = {name.rpartition("|")[0] for name in contexts if name}

        def distance(name: str) -> tuple[bool, bool, str]:
            near = name.split("/")[1] in mutant.path.parts
            return "test_matrix" in name, not near, name

        return sorted(names, key=distance)


def _coverage(copy: Path) -> LineCoverage:
    kept = copy / "reached.coverage"
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", *PACKAGE_OPTIONS,
        "--cov-context=test", "--cov-report=", "-p", "no:cacheprovider",
        f"--numprocesses={WORKERS}", "--dist=worksteal",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=copy, env=_around(copy) | {"COVERAGE_FILE": str(kept)}, check=False
    )
    if done.returncode:
        sys.exit("The suite is red without any mutant; mend that first.")
    data = CoverageData(str(kept))
    data.read()
    return LineCoverage(copy, data)


PACKAGE_OPTIONS = ("--cov=desabinaan", "--cov=villages", "--cov=fgd", "--cov=reports")


def _answers(
    mutants: Iterable[Mutant], coverage: LineCoverage, copies: Iterable[Path]
) -> list[tuple[Answer, Mutant]]:
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def asked(mutant: Mutant) -> tuple[Answer, Mutant]:
        copy = free.get()
        try:
            answer = _answer(mutant, coverage.tests(mutant), copy)
        finally:
            free.put(copy)
        print(answer, mutant, flush=True)
        return answer, mutant

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(asked, mutants))


def _answer(mutant: Mutant, tests: list[str], copy: Path) -> Answer:
    if not tests:
        return Answer.SURVIVED
    place = copy / mutant.path
    original = place.read_text()
    place.write_text(mutant.text)
    listed = copy / "tests.txt"
    listed.write_text("\n".join(tests))
    try:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--reuse-db", f"@{listed}"],
            cwd=copy,
            env=_around(copy),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer.UNANSWERED
    finally:
        place.write_text(original)
    return ANSWERS.get(run.returncode, Answer.UNANSWERED)


def _copy(copy: Path) -> Path:
    """Copy every file that git keeps or would keep."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    for name in filter(None, listing.stdout.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    return copy


def _around(copy: Path) -> dict[str, str]:
    cluster = local_postgres.start(cluster_named("test"))
    database = local_postgres.url(cluster, f"portal_{copy.name}")
    return os.environ | {"DATABASE_URL": database, "VAR_DIR": str(copy)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
