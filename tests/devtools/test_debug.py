"""What DEBUG, which `make dev` sets, changes in the portal."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from desabinaan.devtools.paths import REPOSITORY

PRINT_SETTINGS = """
import json
from django.conf import settings
from django.template.loader import engines
loaders = engines["django"].engine.template_loaders
print(json.dumps({
    "DEBUG": settings.DEBUG,
    "zeal": ["zeal" in settings.INSTALLED_APPS, settings.MIDDLEWARE[0]],
    "loaders": [type(loader).__module__.rpartition(".")[2] for loader in loaders],
    "static files": settings.STORAGES["staticfiles"]["BACKEND"].rpartition(".")[2],
}))
"""
WITHOUT_ZEAL = """
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: name != "zeal" and found(name, *more)
import desabinaan.settings as settings
print("zeal" in settings.INSTALLED_APPS, settings.DEBUG)
"""
POLICY = "Content-Security-Policy"


def printed(*command: str, **variables: str) -> str:
    """What a Python program of the repository prints with these variables."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def settings_with(debug: str) -> dict[str, object]:
    command = ("manage.py", "shell", "-v0", "-c", PRINT_SETTINGS)
    found: dict[str, object] = json.loads(printed(*command, DEBUG=debug))
    return found


def test_edits_show_at_once_and_n_plus_one_queries_are_detected():
    assert settings_with("1") == {
        "DEBUG": True,
        "zeal": [True, "zeal.middleware.zeal_middleware"],
        "loaders": ["filesystem", "app_directories"],
        "static files": "StaticFilesStorage",
    }


def test_without_debug_templates_are_compiled_once_and_zeal_is_not_used():
    found = settings_with("")
    assert found["DEBUG"] is False
    assert found["loaders"] == ["cached"]
    assert found["zeal"] == [False, "csp.middleware.CSPMiddleware"]
    assert found["static files"] == "CompressedManifestStaticFilesStorage"


def test_debug_works_where_zeal_is_not_installed():
    assert printed("-c", WITHOUT_ZEAL, DEBUG="1").split() == ["False", "True"]


@pytest.mark.django_db
def test_the_policy_holds_on_every_page_but_the_debug_pages(client: Client, settings):
    settings.DEBUG = True
    missing = client.get("/tidak-ada/")
    assert missing.status_code == 404
    assert "DEBUG = True" in missing.content.decode()
    assert POLICY not in missing
    assert "style-src 'self'" in client.get("/masuk/")[POLICY]


def test_without_debug_a_missing_page_keeps_the_policy(client: Client):
    assert "style-src 'self'" in client.get("/tidak-ada/")[POLICY]


def test_an_edited_stylesheet_is_served_on_the_next_request(tmp_path, settings):
    settings.DEBUG = True
    settings.STATICFILES_DIRS = [tmp_path]
    sheet = tmp_path / "edited.css"
    for rule in ("p { color: red }", "p { color: blue; margin: 0 }"):
        sheet.write_text(rule)
        found = Client().get("/static/edited.css")
        assert b"".join(found) == rule.encode()
        assert "max-age=0" in found["Cache-Control"]
