"""Read what the project says: its names, its English texts and its translations.

Names are those that the project defines; names of other packages are not read. Texts
are comments, docstrings, messages of the product, templates, docs and the Makefile.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("desabinaan", "villages", "fgd", "reports")
TEXTS = ("README.md", "Makefile", "pyproject.toml", "docs/**/*.md", "requirements/*.in")
#: files whose purpose is to hold the banned words
LISTS = {
    "tests/test_words.py",
    "tests/tools/banned_words.py",
    "tests/tools/banned_words_id.py",
}
#: generated, or data
SKIPPED = {"migrations", "__pycache__", "data"}
SENTENCE = re.compile(r"[a-z,;:]+ [a-z]+", re.IGNORECASE)
#: a string that names something: a route, a task, a field behind a relation
NAME_STRING = re.compile(r"[a-z]+:[a-z_]+|[a-z]+(?:_+[a-z]+)+")
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
TAG = re.compile(r"{%-?\s*(\w+)(.*?)%}|{{(.*?)}}|{#(.*?)#}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment[^%]*%}(.*?){%\s*endcomment\s*%}", re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
MARKUP = re.compile(r"<[^>]*>", re.DOTALL)
CLASSES = re.compile(r"(?:class|id)=\"([^\"{]*)")
SELECTOR = re.compile(r"[.#]([a-zA-Z][\w-]*)(?=[^;{}]*{)")
SCRIPT_COMMENT = re.compile(r"/\*(.*?)\*/|(?:^|\s)//([^\n]*)", re.DOTALL)
SCRIPT_NAME = re.compile(r"\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)")


@dataclass(frozen=True)
class Text:
    """Something the project says: where, and what."""

    path: str
    line: int
    content: str


@cache
def words_of(name: str) -> str:
    """Return `OneTwo`, `ONE_TWO` and `one-two` as `_one_two_`."""
    return f"_{'_'.join(part.lower() for part in PARTS.findall(name))}_"


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files(*patterns: str) -> list[Path]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return sorted(
        path
        for path in found
        if path.is_file()
        and not SKIPPED & set(path.relative_to(ROOT).parts)
        and relative(path) not in LISTS
    )


def python_files() -> list[Path]:
    return files(
        "manage.py", *(f"{package}/**/*.py" for package in (*PRODUCT, "tests"))
    )


# --- Python ------------------------------------------------------------------


@cache
def python() -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """Return the names and the English texts of all Python files."""
    found: tuple[list[Text], list[Text]] = ([], [])
    for path in python_files():
        source = path.read_text()
        nodes = list(ast.walk(ast.parse(source)))
        is_product = path.relative_to(ROOT).parts[0] in PRODUCT
        for texts, pairs in zip(
            found,
            (defined_names(nodes), [*strings(nodes, is_product), *comments(source)]),
            strict=True,
        ):
            texts += (Text(relative(path), line, said) for line, said in pairs)
    return tuple(found[0]), tuple(found[1])


def defined_names(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the names that a module gives to something of its own."""
    for node in nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Constant) and NAME_STRING.fullmatch(str(node.value)):
            yield node.lineno, str(node.value)


def strings(nodes: list[ast.AST], with_messages: bool) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and, if wanted, the sentences among the other strings."""
    docstrings = {
        node.body[0].value
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node, clean=False) is not None
        and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (node in docstrings or (with_messages and SENTENCE.search(node.value)))
        ):
            yield node.lineno, " ".join(node.value.split())


def comments(source: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


# --- Names -------------------------------------------------------------------


@cache
def names() -> tuple[Text, ...]:
    return (*python()[0], *_template_names(), *_static_names(), *_file_names())


def _template_names() -> Iterator[Text]:
    """Yield the tags, variables, routes and classes that templates mention."""
    for path in files("templates/**/*.*"):
        source = COMMENT.sub(_blank, path.read_text())
        for found in TAG.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            for name in _names_in_tag(found):
                yield Text(relative(path), line, name)
        for found in CLASSES.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            for name in found[1].split():
                yield Text(relative(path), line, name)


def _names_in_tag(found: re.Match[str]) -> list[str]:
    tag, inside, shown, _comment = found.groups()
    variables = re.findall(r"[A-Za-z_]\w*", QUOTED.sub(" ", inside or shown or ""))
    routes = QUOTED.findall(inside) if tag == "url" else []
    return [*([tag] if tag else []), *routes, *variables]


def _static_names() -> Iterator[Text]:
    for pattern, finder in (
        ("static/**/*.css", SELECTOR),
        ("static/**/*.js", SCRIPT_NAME),
    ):
        for path in files(pattern):
            for name in sorted(set(finder.findall(path.read_text()))):
                yield Text(relative(path), 0, name)


def _file_names() -> Iterator[Text]:
    named = ("templates/**/*.*", "static/**/*.*", "docs/**/*.md")
    for path in [*python_files(), *files(*named)]:
        yield Text(relative(path), 0, path.name.partition(".")[0])


# --- English texts -----------------------------------------------------------


@cache
def english() -> tuple[Text, ...]:
    return (*python()[1], *_other_texts(), *_messages())


def _messages() -> Iterator[Text]:
    """Yield every message; `strings` finds only those of several words."""
    for path, entry in _catalogue():
        for said in filter(None, [entry.msgid, entry.msgid_plural]):
            yield Text(relative(path), entry.linenum, said)


def _catalogue() -> Iterator[tuple[Path, polib.POEntry]]:
    for path in files("locale/**/id/LC_MESSAGES/*.po"):
        for entry in polib.pofile(str(path)):
            yield path, entry


def _other_texts() -> Iterator[Text]:
    for path in files("templates/**/*.*"):
        yield from _by_line(path, template_text(path.read_text()))
    for path in files(*TEXTS):
        yield from _by_line(path, path.read_text())
    for path in files("static/**/*.css", "static/**/*.js"):
        source = path.read_text()
        for found in SCRIPT_COMMENT.finditer(source):
            line = source.count("\n", 0, found.start()) + 1
            yield Text(relative(path), line, found[1] or found[2] or "")


def _by_line(path: Path, text: str) -> Iterator[Text]:
    for number, line in enumerate(text.splitlines(), start=1):
        yield Text(relative(path), number, line.strip())


def _blank(found: re.Match[str]) -> str:
    return " " + "\n" * found[0].count("\n")


def template_text(source: str) -> str:
    """Return comments, visible text and translated strings on their own lines."""

    def text_of(found: re.Match[str]) -> str:
        tag, inside, _shown, comment = found.groups()
        said = QUOTED.findall(inside) if tag in {"translate", "trans"} else []
        return f" {' '.join(said)} {comment or ''}{_blank(found)}"

    return MARKUP.sub(_blank, TAG.sub(text_of, source))


# --- Indonesian texts --------------------------------------------------------


@cache
def indonesian() -> tuple[Text, ...]:
    return tuple(
        Text(relative(path), entry.linenum, said)
        for path, entry in _catalogue()
        for said in [entry.msgstr, *entry.msgstr_plural.values()]
    )
