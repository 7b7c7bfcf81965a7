"""Templates and static files as such: contracts, weight, nothing inline."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from desabinaan.lib.web import assets

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OURS = [page for page in TEMPLATES if "admin" not in page.parts]
FIRST_VISIT = [
    "vendor/bootstrap/bootstrap-reboot.min.css",
    "css/theme.css",
    "css/layout.css",
    "css/forms.css",
    "css/components.css",
    "js/portal.js",
    "img/mark.svg",
    "img/down.svg",
]


def weight(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str), name
    return len(gzip.compress(Path(found).read_bytes()))


def test_the_files_of_a_first_visit_stay_light():
    assert sum(weight(name) for name in FIRST_VISIT) < 25_000
    assert weight("js/portal.js") < 5_000


def test_the_first_visit_is_what_the_base_page_asks_for():
    asked = re.findall(
        r'{% static "([^"]+)" %}', (ROOT / "templates/base.html").read_text()
    )
    assert set(asked) == set(FIRST_VISIT) - {"img/down.svg"}


def test_files_of_packages_are_found_where_they_lie():
    finder = assets.PackageFilesFinder()
    assert {path for path, _ in finder.list(None)} == set(assets.FILES)
    assert finder.check() == []
    name = "vendor/bootstrap/bootstrap-reboot.min.css"
    assert Path(finder.find(name)).is_file()
    assert finder.find(name, find_all=True) == [finder.find(name)]
    assert finder.find("vendor/other.css") == []


def test_a_missing_file_of_a_package_is_reported_at_start(monkeypatch):
    gone = {"a.css": ("no_such_package", "a.css"), "b.css": ("crispy_forms", "b.css")}
    monkeypatch.setattr(assets, "FILES", gone)
    finder = assets.PackageFilesFinder()
    assert [error.id for error in finder.check()] == ["lib.E001", "lib.E001"]
    assert finder.find("a.css") == []


def test_no_colour_is_chosen_outside_the_theme():
    loose = re.compile(r"#[0-9a-f]{3,6}\b")
    for name in ("layout", "forms", "components"):
        css = (ROOT / f"static/css/{name}.css").read_text()
        assert set(loose.findall(css)) <= {"#fff", "#000"}, name


@pytest.mark.parametrize("folder", ["layouts", "components"])
def test_each_component_names_its_variables(folder: str):
    for page in (ROOT / "templates" / folder).glob("*.html"):
        head = page.read_text().split("{% endcomment %}")[0]
        assert "{% comment %}" in head, page
        assert "Variables" in head, page


def test_nothing_inline_and_nothing_marked_safe():
    handlers = r"\son(?:click|change|submit|input|load|error|focus|blur|toggle|key\w+)="
    inline = re.compile(
        rf"<style|<script(?![^>]*\bsrc=)|\sstyle=|{handlers}|\|safe\b", re.IGNORECASE
    )
    for page in OURS:
        assert not inline.search(page.read_text()), page


def test_every_template_compiles():
    for page in TEMPLATES:
        get_template(str(page.relative_to(ROOT / "templates")))
