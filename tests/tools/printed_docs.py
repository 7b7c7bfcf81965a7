"""docs/permissions.md and docs/workflows.md, printed from the tables they tell of.

`make docs` writes them, tests/test_printed_docs.py keeps them fresh.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings

from desabinaan.accounts.access import CAPABILITIES, Role
from desabinaan.lib.transitions import Table
from fgd.workflow import ACTION, SESSION
from reports.monthly.workflow import REPORT
from villages.workflow import (
    ACCOUNT_REQUEST,
    OUTREACH,
    PROPOSAL,
    VILLAGE,
    VILLAGE_IMPORT,
    VULNERABILITY_MODEL,
)

TABLES: dict[str, Table] = {
    "Proposal of a village": PROPOSAL,
    "Fostered village": VILLAGE,
    "List of villages": VILLAGE_IMPORT,
    "Account request": ACCOUNT_REQUEST,
    "Outreach activity": OUTREACH,
    "Vulnerability model": VULNERABILITY_MODEL,
    "FGD session": SESSION,
    "Agreed action": ACTION,
    "Monthly report": REPORT,
}
PERMISSIONS = "permissions.md"
WORKFLOWS = "workflows.md"
MARK = "<!-- printed: everything below comes from the tables; change those -->"


def permissions() -> str:
    """One row per capability, one column per role."""
    held = sorted(frozenset().union(*CAPABILITIES.values()))
    head = ["capability", *(f"`{role.value}`" for role in Role)]
    rows = [
        [f"`{name}`", *("x" if name in CAPABILITIES[role] else "" for role in Role)]
        for name in held
    ]
    return _table(head, rows)


def workflows() -> str:
    """One section per workflow, one row per verb."""
    return "\n".join(
        f"## {title}\n\n{_table(['verb', 'from', 'to', 'capability'], _steps(table))}"
        for title, table in TABLES.items()
    )


def _steps(table: Table) -> Iterable[Sequence[str]]:
    for verb, row in table.items():
        sources = ", ".join(sorted(f"`{source}`" for source in row.sources))
        yield f"`{verb}`", sources, f"`{row.target}`", f"`{row.capability}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def printed(introduction: str, body: str) -> str:
    """The page: what people wrote above the mark, what is printed below it."""
    return f"{introduction.split(MARK)[0]}{MARK}\n\n{body}"


def pages() -> dict[Path, str]:
    """Each page with its fresh content."""
    folder = Path(settings.BASE_DIR) / "docs"
    bodies = {PERMISSIONS: permissions(), WORKFLOWS: workflows()}
    return {
        folder / name: printed((folder / name).read_text(), body)
        for name, body in bodies.items()
    }


def write() -> None:
    """The pages in docs/ are fresh."""
    for page, text in pages().items():
        page.write_text(text)
