"""Catalogues: compiled without gettext, and kept in step with the code."""

import gettext
from pathlib import Path

import pytest

from desabinaan.lib import catalogues
from desabinaan.settings import CATALOGUES
from tests.tools import messages

VIEW = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Village")
_("Hello %(name)s")
pgettext("month", "May")
ngettext("%(n)d row", "%(n)d rows", n)
"""
PAGE = """{% load i18n %}
<p>{% translate "Save" %} {% blocktranslate trimmed %}
  Dear {{ name }}
{% endblocktranslate %}</p>
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small tree: one view in villages, one page of the same app."""
    for name, text in {
        "desabinaan/lib/pages.py": '_("Save")',
        "villages/views.py": f'{VIEW}_("Save")',
        "templates/villages/page.html": PAGE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def complaints(house: Path, name: str) -> list[str]:
    return list(messages.complaints(name, messages.messages_in_code(house), house))


def translate(house: Path, name: str, old: str, new: str) -> None:
    path = messages.catalogue_path(name, house)
    path.write_text(path.read_text().replace(old, new))


def test_the_list_of_catalogues_is_the_one_in_the_settings():
    assert tuple(messages.FOLDERS) == CATALOGUES


def test_update_writes_what_code_and_templates_say(house):
    messages.update("lib", house)
    messages.update("villages", house)
    found = messages.read_catalogue("villages", house)
    assert {(key.context, key.msgid) for key in found} == {
        ("", "Village"),
        ("", "Hello %(name)s"),
        ("", "Dear %(name)s"),
        ("", "%(n)d row"),
        ("month", "May"),
    }


def test_update_keeps_translations_and_drops_what_is_gone(house):
    messages.update("villages", house)
    translate(
        house,
        "villages",
        'msgid "Village"\nmsgstr ""',
        'msgid "Village"\nmsgstr "Desa"',
    )
    (house / "villages/views.py").write_text('_("Village")')
    messages.update("villages", house)
    text = messages.catalogue_path("villages", house).read_text()
    assert 'msgstr "Desa"' in text
    assert "May" not in text


def test_a_message_that_moves_down_takes_its_translation_along(house):
    messages.update("villages", house)
    translate(
        house, "villages", 'msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Simpan"'
    )
    messages.update("lib", house)
    assert 'msgstr "Simpan"' in messages.catalogue_path("lib", house).read_text()
    assert "left over: 'Save'" in complaints(house, "villages")


def test_updating_twice_changes_nothing(house):
    messages.update("villages", house)
    before = messages.catalogue_path("villages", house).read_text()
    messages.update("villages", house)
    assert messages.catalogue_path("villages", house).read_text() == before


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ('msgstr ""', "empty"),
        ('msgstr "Hello %(name)s"', "not translated"),
        ('msgstr "Halo"', "placeholders differ"),
        ('msgstr "Halo %(nama)s"', "placeholders differ"),
    ],
)
def test_check_names_a_broken_translation(house, translation, problem):
    messages.update("villages", house)
    translate(
        house,
        "villages",
        'msgid "Hello %(name)s"\nmsgstr ""',
        f'msgid "Hello %(name)s"\n{translation}',
    )
    assert f"{problem}: 'Hello %(name)s'" in complaints(house, "villages")


def test_check_finds_missing_and_left_over_messages(house):
    messages.update("villages", house)
    (house / "villages/views.py").write_text('_("Hamlet")')
    told = complaints(house, "villages")
    assert "missing: 'Hamlet'" in told
    assert "left over: 'Village'" in told


def test_a_word_alike_in_both_languages_may_stay(house):
    messages.update("lib", house)
    translate(house, "lib", 'msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Save"')
    assert complaints(house, "lib") == ["not translated: 'Save'"]
    (house / "locale/same.txt").write_text("# alike\nSave\n")
    assert complaints(house, "lib") == []


def test_compiling_makes_a_catalogue_that_gettext_reads(house):
    messages.update("villages", house)
    translate(
        house,
        "villages",
        'msgid "Village"\nmsgstr ""',
        'msgid "Village"\nmsgstr "Desa"',
    )
    (compiled,) = catalogues.compile_catalogues(house / "locale")
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Village") == "Desa"
    assert catalogues.compile_catalogues(house / "locale") == []


def test_a_changed_catalogue_is_compiled_again(house):
    messages.update("villages", house)
    catalogues.compile_catalogues(house / "locale")
    translate(
        house,
        "villages",
        'msgid "Village"\nmsgstr ""',
        'msgid "Village"\nmsgstr "Desa"',
    )
    assert len(catalogues.compile_catalogues(house / "locale")) == 1
