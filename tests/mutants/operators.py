"""Which guards there are, and what the code looks like without each of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("desabinaan", "villages", "fgd", "reports")
#: calls that stand alone and refuse: without them nothing is refused
REFUSALS = {
    "require",
    "require_approver",
    "require_capability_anywhere",
    "require_other_approver",
    "require_part_in_requests",
    "same_version",
}
#: errors that refuse: without the `if` that raises one nothing is refused
ERRORS = {"PermissionDenied", "Http404"}
#: queryset methods that narrow or lock rows: without them there are all rows, unlocked
SCOPES = {"visible_to", "open_for", "select_for_update"}
#: answers of a check that lead to a refusal: without them the answer is yes
CHECKS = {"check_transition"}
#: functions that lock rows -> what the call looks like without the lock
LOCKS = {"lock_row": "{0}.get(pk={1})", "lock_rows": 'list({0}.order_by("pk"))'}
#: decorators that refuse before the function begins, and the test that asks for each:
#: their lines run when the module is read, so that coverage names no test
DECORATORS = {
    "require_POST": "tests/test_matrix.py::test_a_post_only_route_answers_no_get"
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One guard taken away: `text` is the whole file without it.

    `asked_by` is the test that asks for it, where its line does not tell.
    """

    path: Path
    line: int
    what: str
    text: str
    asked_by: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.what}"


def mutants_of(root: Path) -> list[Mutant]:
    """Every mutant of the portal's own code under `root`, in reading order."""
    files = (
        path
        for package in PACKAGES
        for path in sorted((root / package).rglob("*.py"))
        if "migrations" not in path.parts
    )
    return [mutant for path in files for mutant in _mutants(root, path)]


def _mutants(root: Path, path: Path) -> Iterator[Mutant]:
    text = path.read_text()
    name = path.relative_to(root)
    for node in ast.walk(ast.parse(text)):
        for change in _changes(node):
            yield Mutant(
                name,
                change.line,
                f"without {change.what}",
                _replaced(text, change.start, change.end, change.instead),
                DECORATORS.get(change.what, ""),
            )


@dataclass(frozen=True, slots=True)
class Change:
    """The span from `start` to `end` (line, column in UTF-8 bytes) reads `instead`."""

    what: str
    start: tuple[int, int]
    end: tuple[int, int]
    instead: str

    @property
    def line(self) -> int:
        return self.start[0]


def _changes(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Expr) and _called(node.value) in REFUSALS:
        yield _change(node, _called(node.value), "pass")
    elif isinstance(node, ast.If) and not node.orelse and _raised(node.body) in ERRORS:
        yield _change(node, _raised(node.body), "pass")
    elif isinstance(node, ast.Call):
        yield from _without_scope(node)
        yield from _without_check_or_lock(node)
    elif isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if _name(decorator) in DECORATORS:
                yield _change(decorator, _name(decorator), "(lambda v: v)")


def _without_check_or_lock(node: ast.Call) -> Iterator[Change]:
    name, arguments = _called(node), [ast.unparse(one) for one in node.args]
    if name in CHECKS and len(arguments) >= 2:
        yield _change(node, name, f"{arguments[0]}[{arguments[1]}]")
    elif name in LOCKS:
        yield _change(node, name, LOCKS[name].format(*arguments))


def _without_scope(node: ast.Call) -> Iterator[Change]:
    method = node.func
    if not (isinstance(method, ast.Attribute) and method.attr in SCOPES):
        return
    receiver = ast.unparse(method.value)
    if receiver.startswith("self") or receiver == "super()":
        return
    yield _change(node, method.attr, f"{receiver}.all()")


def _raised(body: list[ast.stmt]) -> str:
    """The error that these lines raise and do nothing else."""
    if len(body) != 1 or not isinstance(body[0], ast.Raise) or body[0].exc is None:
        return ""
    return _called(body[0].exc) or _name(body[0].exc)


def _change(node: ast.expr | ast.stmt, what: str, instead: str) -> Change:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    end = (node.end_lineno, node.end_col_offset)
    return Change(what, (node.lineno, node.col_offset), end, instead)


def _called(node: ast.expr) -> str:
    return _name(node.func) if isinstance(node, ast.Call) else ""


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _replaced(text: str, start: tuple[int, int], end: tuple[int, int], new: str) -> str:
    """`text` with the span replaced; columns are UTF-8 bytes, as ast counts them."""
    lines = text.encode().splitlines(keepends=True)
    head = b"".join(lines[: start[0] - 1]) + lines[start[0] - 1][: start[1]]
    tail = lines[end[0] - 1][end[1] :] + b"".join(lines[end[0] :])
    return (head + new.encode() + tail).decode()
