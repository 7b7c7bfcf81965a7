"""Which guards there are, and what the code looks like without each of them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ("desabinaan", "villages", "fgd", "reports")
#: calls that stand alone and refuse: without them nothing is refused
REFUSALS = {"require", "same_version"}
#: queryset methods that narrow or lock rows: without them there are all rows, unlocked
SCOPES = {"visible_to", "open_for", "select_for_update"}
#: answers of a check that lead to a refusal: without them the answer is yes
CHECKS = {"step"}
DECORATORS = {"require_POST"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One guard taken away: `text` is the whole file without it."""

    path: Path
    line: int
    what: str
    text: str

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
        for line, what, start, end, instead in _changes(node):
            changed = _replaced(text, start, end, instead)
            yield Mutant(name, line, what, changed)


Change = tuple[int, str, tuple[int, int], tuple[int, int], str]


def _changes(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Expr) and _called(node.value) in REFUSALS:
        yield _change(node, f"without {_called(node.value)}", "pass")
    elif isinstance(node, ast.Call):
        yield from _without_scope(node)
        if _called(node) in CHECKS and len(node.args) >= 2:
            table, verb = map(ast.unparse, node.args[:2])
            yield _change(node, "without the source check", f"{table}[{verb}]")
    elif isinstance(node, ast.FunctionDef):
        for decorator in node.decorator_list:
            if _name(decorator) in DECORATORS:
                yield _change(decorator, f"without {_name(decorator)}", "(lambda v: v)")


def _without_scope(node: ast.Call) -> Iterator[Change]:
    method = node.func
    if not (isinstance(method, ast.Attribute) and method.attr in SCOPES):
        return
    receiver = ast.unparse(method.value)
    if receiver.startswith("self") or receiver == "super()":
        return
    yield _change(node, f"without {method.attr}", f"{receiver}.all()")


def _change(node: ast.expr | ast.Expr, what: str, instead: str) -> Change:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    start = (node.lineno, node.col_offset)
    return node.lineno, what, start, (node.end_lineno, node.end_col_offset), instead


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
