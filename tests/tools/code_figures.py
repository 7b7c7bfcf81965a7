"""Print the sizes and repetitions of the product code as a table.

    python -m tests.tools.code_figures

Product code means the Python files of the four product packages without migrations.
"""

import ast
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.tools.word_findings import findings

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("desabinaan", "villages", "fgd", "reports")
LONG_FILE = 300  # lines
SHORT_HELPER = 5  # lines
#: class names that Django prescribes, so that they repeat by right
PRESCRIBED = {"Command"}


def python_files() -> list[Path]:
    return sorted(
        path for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def line_count(path: Path) -> int:
    return len(path.read_text().splitlines())


def app_sizes(sizes: dict[Path, int]) -> dict[str, int]:
    """Return the lines of every app; an app is a package with an apps.py."""
    folders = [path.parent for path in sizes if path.name == "apps.py"]
    return {
        str(folder.relative_to(ROOT)): sum(
            size for path, size in sizes.items() if folder in path.parents
        )
        for folder in folders
    }


def short_helpers(module: ast.Module) -> Iterator[str]:
    """Yield private functions and methods of few lines that their file uses once."""
    uses = Counter(
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(module)
        if isinstance(node, ast.Name | ast.Attribute)
    )
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for node in [*module.body, *(member for one in classes for member in one.body)]:
        if (
            isinstance(node, ast.FunctionDef)
            and node.name.startswith("_")
            and not node.name.startswith("__")
            and (node.end_lineno or node.lineno) - node.lineno < SHORT_HELPER
            and uses[node.name] == 1
        ):
            yield node.name


def repeated_classes(modules: list[ast.Module]) -> list[str]:
    """Return the names of module-level classes that two or more files define.

    Inner classes such as Meta and Status are left to their outer class.
    """
    names = Counter(
        node.name
        for module in modules
        for node in module.body
        if isinstance(node, ast.ClassDef) and node.name not in PRESCRIBED
    )
    return sorted(name for name, count in names.items() if count > 1)


def figures() -> list[tuple[str, str]]:
    """Return the rows of the table: what is measured, and its value."""
    files = python_files()
    sizes = {path: line_count(path) for path in files if not is_migration(path)}
    apps = app_sizes(sizes)
    largest = max(apps, key=lambda name: apps[name])
    total = sum(sizes.values())
    lengths = sorted(size for size in sizes.values() if size)
    modules = [ast.parse(path.read_text()) for path in sizes]
    helpers = [name for module in modules for name in short_helpers(module)]
    migrations = sum(line_count(path) for path in files if is_migration(path))
    spread = (
        f"{statistics.median(lengths):g} / "
        f"{lengths[int(len(lengths) * 0.9)]} / "
        f"{sum(length > LONG_FILE for length in lengths)}"
    )
    return [
        (
            "largest app, share of the code",
            f"{largest} {apps[largest]:,} of {total:,} lines,"
            f" {apps[largest] / total:.0%}",
        ),
        (f"file lines median / p90 / files past {LONG_FILE}", spread),
        (
            f"private helpers used once, {SHORT_HELPER} lines or less",
            str(len(helpers)),
        ),
        ("class names used by several classes", str(len(repeated_classes(modules)))),
        ("migration lines", f"{migrations:,}"),
        ("words of the banned list", f"{len(list(findings())):,}"),
    ]


def main() -> None:
    rows = figures()
    width = max(len(label) for label, _value in rows)
    for label, value in rows:
        print(f"{label:{width}}  {value}")


if __name__ == "__main__":
    main()
