"""The project's own rules, read from the source: sizes, layers, open routes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from desabinaan.accounts.access import CAPABILITIES
from desabinaan.lib.workflow.transitions import Table
from tests.tools.workflow_tables import workflow_tables

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("desabinaan", "villages", "fgd", "reports", "tests")
SOURCES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
CODE = [path for path in SOURCES if "tests" not in path.relative_to(ROOT).parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static").rglob("*.js"))

#: Routes that answer without sign-in; docs/permissions.md says why each is open.
OPEN_ROUTES = {
    "health",
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:language",
    "accounts:forgot",
    "accounts:use_code",
    "accounts:set_password",
    "accounts:new_password",
    "portal:privacy",
    "portal:help",
    "outreach:test_code",
    "outreach:test_answer",
    "outreach:test_done",
    "outreach:test_again",
}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def is_view(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return path.name == "views.py" or "views" in inside


def is_service(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return path.name == "services.py" or "services" in inside


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_no_file_passes_400_lines() -> None:
    long = [p for p in SOURCES if len(p.read_text().splitlines()) > 400]
    assert long == []


def test_no_function_passes_50_lines_and_no_view_25() -> None:
    long = [
        f"{where(path, node.lineno)} {node.name}"
        for path in SOURCES
        for node in functions(path)
        if length(node) > (25 if is_view(path) else 50)
    ]
    assert long == []


def test_no_template_passes_120_lines() -> None:
    long = [p for p in TEMPLATES if len(p.read_text().splitlines()) > 120]
    assert long == []


def test_views_fetch_through_selectors_and_scoped_rows() -> None:
    bare = [
        where(path, node.lineno)
        for path in CODE
        if is_view(path)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert bare == []


def test_views_do_not_compare_roles() -> None:
    named = [p for p in CODE if is_view(p) and re.search(r"\bRole\.", p.read_text())]
    assert named == []


def test_a_status_is_set_in_services_only() -> None:
    strays = [
        where(path, line)
        for path in CODE
        if not is_service(path)
        for line in _status_writes(tree(path))
    ]
    assert strays == []


def _status_writes(module: ast.Module) -> Iterator[int]:
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    yield node.lineno
        elif isinstance(node, ast.Call) and _writes_status(node):
            yield node.lineno


def _writes_status(call: ast.Call) -> bool:
    return (
        isinstance(call.func, ast.Attribute)
        and call.func.attr in {"update", "create", "get_or_create", "update_or_create"}
        and any(word.arg == "status" for word in call.keywords)
    )


def test_writes_happen_in_services_and_tables_only() -> None:
    """Forms, views, selectors and querysets write nothing."""
    writers = [
        where(path, node.lineno)
        for path in CODE
        if path.name in {"forms.py", "selectors.py", "querysets.py"}
        or {"forms", "selectors", "views"} & set(path.relative_to(ROOT).parts)
        or path.name == "views.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"bulk_create", "bulk_update", "get_or_create", "delete"}
    ]
    assert writers == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"<script(?![^>]*\ssrc=)",
        r"<style",
        r"\sstyle=[\"']",
        r"\son[a-z]+=[\"']",
        r"\|\s*safe\b",
        r"javascript:",
        r"https?://(?!www\.w3\.org)",
        r"{%\s*autoescape off",
    ],
)
def test_templates_hold_nothing_the_policy_forbids(pattern: str) -> None:
    found = [p for p in TEMPLATES if re.search(pattern, p.read_text(), re.IGNORECASE)]
    assert found == []


def test_scripts_build_no_code_and_no_markup() -> None:
    forbidden = re.compile(r"\beval\(|new Function|innerHTML|document\.write")
    assert [p for p in SCRIPTS if forbidden.search(p.read_text())] == []


def test_the_open_routes_are_those_written_down() -> None:
    found = {
        name
        for name, pattern in named_routes()
        if getattr(pattern.callback, "login_required", True) is False
        and not name.startswith("admin:")
    }
    assert found == OPEN_ROUTES


def named_routes() -> Iterator[tuple[str, URLPattern]]:
    """Every named route of the portal, such as ("sessions:session_list", pattern)."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern
        else:
            space = f"{pattern.namespace}:" if pattern.namespace else prefix
            yield from _walk(pattern.url_patterns, space)


WORKFLOWS = workflow_tables()


def test_the_workflows_are_found() -> None:
    assert {"fgd.plan.ACTION", "villages.register.VILLAGE"} <= WORKFLOWS.keys()


@pytest.mark.parametrize("table", WORKFLOWS.values(), ids=WORKFLOWS)
def test_every_capability_of_a_workflow_is_held_by_some_role(table: Table) -> None:
    capabilities = frozenset().union(*CAPABILITIES.values())
    assert {row.capability for row in table.values()} - {""} <= capabilities


def test_every_capability_of_a_role_is_required_by_code() -> None:
    words = "\n".join(
        path.read_text() for path in CODE if path.name != "access.py"
    ) + "\n".join(path.read_text() for path in TEMPLATES)
    capabilities = frozenset().union(*CAPABILITIES.values())
    assert sorted(name for name in capabilities if f'"{name}"' not in words) == []


def test_url_paths_are_indonesian_and_names_english() -> None:
    names = [name for name, _pattern in named_routes() if not name.startswith("admin:")]
    assert [name for name in names if not re.fullmatch(r"[a-z:_]+", name)] == []
