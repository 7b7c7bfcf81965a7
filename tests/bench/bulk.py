"""Spreadsheets and the regions of the nation: each measured once, by itself."""

import json
import subprocess
import sys

from desabinaan.devtools.environment import demonstration_environment
from tests.bench.portals import ROOT, Portal
from tests.bench.targets import Row

MEASURE = "from tests.bench.bulk_work import measure; measure({what!r})"


def bulk_rows(portal: Portal) -> list[Row]:
    """Check the targets for bulk work."""
    regions, preview, export = (
        _measured(portal, what) for what in ("regions", "preview", "export")
    )
    return [
        _row("import_regions of the nation / raw COPY", regions["ratio"], 10, 5),
        _row("preview of 5,000 villages, seconds", preview["seconds"], 20, 10),
        _row("preview of 5,000 villages, MB of the process", preview["mb"], 250, 200),
        _row("export of the nation's villages, MB more", export["mb"], 30, 10),
    ]


def _row(work: str, figure: float, must: float, aim: float) -> Row:
    return Row(work, figure, must, aim, lower=True)


def _measured(portal: Portal, what: str) -> dict[str, float]:
    environment = demonstration_environment()
    environment["DATABASE_URL"] = portal.database
    environment["VAR_DIR"] = str(ROOT / "var" / "bench")
    code = MEASURE.format(what=what)
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    seconds: dict[str, float] = json.loads(done.stdout)
    return seconds
