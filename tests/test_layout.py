"""Sizes, layers and names of the apps, read from the source."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("desabinaan", "villages", "fgd", "reports")
MOST_LINES_OF_AN_APP = 5_500
MOST_LINES_OF_A_FILE = 300
#: Django reads its settings from one file, as a list of values.
SETTINGS = ROOT / "desabinaan" / "settings.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LAYERS = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
#: our apps, by dotted name
APPS = {
    config.name: Path(config.path)
    for config in apps.get_app_configs()
    if config.name.partition(".")[0] in PACKAGES
}


def sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_every_app_has_its_layer() -> None:
    named = {
        name for layer in LAYERS for name in re.findall(r"[\w.]+", layer.strip("()"))
    }
    assert APPS.keys() - named == set()


def test_every_app_has_its_layers_inside() -> None:
    """`lib` is framework code in folders, `demo` only data and its command."""
    containers = set(PROJECT["tool"]["importlinter"]["contracts"][1]["containers"])
    assert APPS.keys() - containers == {"desabinaan.lib", "desabinaan.demo"}


@pytest.mark.parametrize("name", sorted(APPS))
def test_every_app_has_a_folder_of_tests(name: str) -> None:
    folder = ROOT / "tests" / name.rpartition(".")[2]
    assert list(folder.glob("test_*.py"))


@pytest.mark.parametrize("name", sorted(APPS))
def test_no_app_is_too_large(name: str) -> None:
    assert sum(map(lines, sources(APPS[name]))) <= MOST_LINES_OF_AN_APP


@pytest.mark.parametrize("name", sorted(APPS))
def test_every_app_says_what_it_holds(name: str) -> None:
    module = ast.parse((APPS[name] / "__init__.py").read_text())
    assert ast.get_docstring(module)


def test_no_file_of_the_product_is_too_long() -> None:
    long = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sources(ROOT / package)
        if lines(path) > MOST_LINES_OF_A_FILE and path != SETTINGS
    ]
    assert long == []


def test_no_class_name_is_used_twice() -> None:
    places = defaultdict(list)
    for package in PACKAGES:
        for path in sources(ROOT / package):
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(str(path.relative_to(ROOT)))
    places.pop("Command", None)  # Django names every management command so
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


#: folders of templates and static files that belong to no app of ours
SHARED_FOLDERS = {
    "templates": {"admin", "bootstrap5", "components", "django", "errors", "layouts"},
    "static": {"css", "img", "js"},
}


@pytest.mark.parametrize("folder", sorted(SHARED_FOLDERS))
def test_templates_and_static_files_lie_in_folders_named_like_apps(folder: str) -> None:
    named = {path.name for path in (ROOT / folder).iterdir() if path.is_dir()}
    apps_named = {name.rpartition(".")[2] for name in APPS}
    assert named - SHARED_FOLDERS[folder] - apps_named == set()


#: Functions of selectors that return the sentence of a refusal.
REFUSALS = {
    "villages/people/selectors/people.py": {"refusal_of_code"},
    "villages/register/selectors/nearness.py": {"refuse_far"},
}
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def test_selectors_return_no_texts_and_no_addresses() -> None:
    """Only a refusal may contain a translated sentence."""
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for name in APPS
        for path in sources(APPS[name])
        if (
            "selectors" in path.relative_to(APPS[name]).parts
            or path.name == "selectors.py"
        )
        for line in _texts_and_addresses(path)
    ]
    assert found == []


def _texts_and_addresses(path: Path) -> Iterator[int]:
    refusing = REFUSALS.get(str(path.relative_to(ROOT)), set())
    module = ast.parse(path.read_text())
    refusals = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.Raise)
        or (isinstance(node, ast.FunctionDef) and node.name in refusing)
        for inner in ast.walk(node)
    }
    for node in ast.walk(module):
        if id(node) not in refusals and _makes_text(node):
            yield node.lineno  # type: ignore[attr-defined]


def _makes_text(node: ast.AST) -> bool:
    """Tell a translation, a URL, a written date or the label of a choice."""
    if isinstance(node, ast.Attribute):
        return (
            node.attr == "label"
            or re.fullmatch(r"get_\w+_display", node.attr) is not None
        )
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in TRANSLATES | {"reverse", "date_format"}
    return False


def test_text_is_folded_in_one_place() -> None:
    """Names are compared by lib.text.folding; user names and e-mails by `lower`."""
    found = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sources(ROOT / package)
        if re.search(r"\.casefold\(|unicodedata\.", path.read_text())
    ]
    assert found == ["desabinaan/lib/text/folding.py"]
