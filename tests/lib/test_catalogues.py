"""The catalogue is compiled without gettext and kept in step with the code."""

import ast
import gettext
from pathlib import Path

import pytest

from desabinaan.lib.text import catalogues
from desabinaan.settings import LOCALE_PATHS
from tests.tools import messages

VIEW = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("Village")
_("Hello %(name)s")
pgettext("month", "May")
ngettext("%(n)d row", "%(n)d rows", n)
"""
DIFFERENT_LAYOUT = "order or locations differ: run `make messages`"
PAGE = """{% load i18n %}
<p>{% translate "Save" %} {% blocktranslate trimmed %}
  Dear {{ name }}
{% endblocktranslate %}</p>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small tree: one module in lib; one view and one page in villages."""
    for name, text in {
        "desabinaan/lib/pages.py": '_("Save")',
        "villages/views.py": f'{VIEW}_("Save")',
        "templates/villages/page.html": PAGE,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    messages.update(tmp_path)
    return tmp_path


def complaints(project: Path) -> list[str]:
    return list(messages.complaints(project))


def catalogue(project: Path) -> str:
    return messages.catalogue_path(project).read_text()


def translate(project: Path, msgid: str, translation: str) -> None:
    old, new = (f'msgid "{msgid}"\nmsgstr "{text}"' for text in ("", translation))
    assert old in catalogue(project)
    messages.catalogue_path(project).write_text(catalogue(project).replace(old, new))


def test_django_reads_the_catalogue_that_is_kept_in_step():
    assert [messages.catalogue_path()] == [
        path / "id/LC_MESSAGES/django.po" for path in LOCALE_PATHS
    ]


def test_no_module_translates_inside_an_f_string():
    """Neither xgettext nor Babel on Python 3.11 finds a message there."""
    found = [
        f"{name}:{string.lineno}"
        for name in messages.source_names(messages.ROOT)
        if name.endswith(".py")
        for string in ast.walk(ast.parse((messages.ROOT / name).read_text()))
        if isinstance(string, ast.JoinedStr)
        for node in ast.walk(string)
        if isinstance(node, ast.Name) and node.id in messages.KEYWORDS
    ]
    assert found == []


def test_update_writes_what_code_and_templates_say(project):
    found = messages.entries_by_key(messages.read_entries(project))
    assert [(key.context, key.msgid) for key in found] == [
        ("", "Save"),
        ("", "Dear %(name)s"),
        ("", "Village"),
        ("", "Hello %(name)s"),
        ("month", "May"),
        ("", "%(n)d row"),
    ]


def test_entries_have_the_form_of_makemessages(project):
    header, *entries = catalogue(project).split("\n\n")
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in header
    assert entries == [
        "#: desabinaan/lib/pages.py\n"
        "#: templates/villages/page.html\n"
        "#: villages/views.py\n"
        'msgid "Save"\nmsgstr ""',
        "#: templates/villages/page.html\n#, python-format\n"
        'msgid "Dear %(name)s"\nmsgstr ""',
        '#: villages/views.py\nmsgid "Village"\nmsgstr ""',
        '#: villages/views.py\n#, python-format\nmsgid "Hello %(name)s"\nmsgstr ""',
        '#: villages/views.py\nmsgctxt "month"\nmsgid "May"\nmsgstr ""',
        "#: villages/views.py\n#, python-format\n"
        'msgid "%(n)d row"\nmsgid_plural "%(n)d rows"\nmsgstr[0] ""\n',
    ]


def test_update_keeps_translations_and_drops_what_is_gone(project):
    translate(project, "Village", "Desa")
    (project / "villages/views.py").write_text('_("Village")')
    messages.update(project)
    assert 'msgstr "Desa"' in catalogue(project)
    assert "May" not in catalogue(project)


def test_a_message_that_moves_takes_its_translation_along(project):
    translate(project, "Village", "Desa")
    (project / "villages/views.py").write_text(VIEW.replace('_("Village")', ""))
    (project / "desabinaan/lib/pages.py").write_text('_("Save")\n_("Village")')
    assert DIFFERENT_LAYOUT in complaints(project)
    messages.update(project)
    assert DIFFERENT_LAYOUT not in complaints(project)
    assert (
        '#: desabinaan/lib/pages.py\nmsgid "Village"\nmsgstr "Desa"\n'
    ) in catalogue(project)


def test_updating_twice_changes_nothing(project):
    before = catalogue(project)
    messages.update(project)
    assert catalogue(project) == before


@pytest.mark.parametrize(
    ("translation", "problem"),
    [
        ("", "empty"),
        ("Hello %(name)s", "not translated"),
        ("Halo", "placeholders differ"),
        ("Halo %(nama)s", "placeholders differ"),
    ],
)
def test_check_names_a_broken_translation(project, translation, problem):
    translate(project, "Hello %(name)s", translation)
    assert f"{problem}: 'Hello %(name)s'" in complaints(project)


def test_check_names_a_fuzzy_translation(project):
    translate(project, "Hello %(name)s", "Halo %(name)s")
    text = catalogue(project).replace(
        '#, python-format\nmsgid "Hello', '#, fuzzy, python-format\nmsgid "Hello'
    )
    messages.catalogue_path(project).write_text(text)
    assert "fuzzy: 'Hello %(name)s'" in complaints(project)


def test_check_finds_missing_and_left_over_messages(project):
    (project / "villages/views.py").write_text('_("Hamlet")')
    found = complaints(project)
    assert "missing: 'Hamlet'" in found
    assert "left over: 'Village'" in found


def test_of_an_entry_repeated_by_a_merge_the_translated_one_is_kept(project):
    path = messages.catalogue_path(project)
    path.write_text(f'{catalogue(project)}\nmsgid "Village"\nmsgstr "Desa"\n')
    path.write_text(f'{catalogue(project)}\nmsgid "Village"\nmsgstr ""\n')
    assert "repeated: 'Village'" in complaints(project)
    messages.update(project)
    assert catalogue(project).count('msgid "Village"\n') == 1
    assert 'msgid "Village"\nmsgstr "Desa"\n' in catalogue(project)


def test_check_names_a_file_that_update_would_lay_out_differently(project):
    for msgid, translation in {
        "Save": "Simpan",
        "Dear %(name)s": "Yth. %(name)s",
        "Village": "Desa",
        "Hello %(name)s": "Halo %(name)s",
        "May": "Mei",
    }.items():
        translate(project, msgid, translation)
    path = messages.catalogue_path(project)
    path.write_text(
        catalogue(project).replace('msgstr[0] ""', 'msgstr[0] "%(n)d baris"')
    )
    assert complaints(project) == []
    (project / "villages/rows.py").write_text('_("Village")')
    assert complaints(project) == [DIFFERENT_LAYOUT]


def test_a_word_alike_in_both_languages_may_stay(project):
    translate(project, "Save", "Save")
    assert "not translated: 'Save'" in complaints(project)
    (project / "locale/same.txt").write_text("# alike\nSave\n")
    assert "not translated: 'Save'" not in complaints(project)


def test_compiling_makes_a_catalogue_that_gettext_reads(project):
    translate(project, "Village", "Desa")
    (compiled,) = catalogues.compile_catalogues(project / "locale")
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Village") == "Desa"
    assert catalogues.compile_catalogues(project / "locale") == []


def test_a_changed_catalogue_is_compiled_again(project):
    catalogues.compile_catalogues(project / "locale")
    translate(project, "Village", "Desa")
    assert len(catalogues.compile_catalogues(project / "locale")) == 1
