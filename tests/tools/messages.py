"""Keep locale/id/LC_MESSAGES/django.po in step with the code, without gettext.

    python -m tests.tools.messages update
    python -m tests.tools.messages check

`update` adds new msgids, drops those no longer used, keeps translations, and lays the
file out as `makemessages --add-location=file --no-wrap` does.
`check` names whatever is missing, left over, empty, fuzzy, untranslated or broken.
"""

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("desabinaan", "villages", "fgd", "reports", "templates")
KEYWORDS = {
    name + suffix: None
    for name in ("_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_noop")
    for suffix in ("", "_lazy")
}
FORMATS = {
    "python-format": re.compile(r"%\(\w+\)[a-z]|%[sd]"),
    "python-brace-format": re.compile(r"\{\w*\}"),
}
LOCATIONS = re.compile(r"^#: (.+)$", re.MULTILINE)
HEADER = {
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True, order=True)
class Key:
    """What makes two messages different."""

    msgid: str
    context: str


@dataclass
class Message:
    """Plural of a message, and the files that use it, in their order."""

    plural: str = ""
    files: list[str] = field(default_factory=list)


Messages = dict[Key, Message]
Entries = dict[Key, polib.POEntry]


# --- What the code says ------------------------------------------------------


def messages_in_code(root: Path = ROOT) -> Messages:
    """Return every message of code and templates, by file, then by position."""
    found: Messages = {}
    for name in sorted(source_names(root)):
        for key, plural in _messages_in(root / name):
            message = found.setdefault(key, Message())
            message.plural = message.plural or plural
            if name not in message.files:
                message.files.append(name)
    return found


def source_names(root: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for path in (root / folder).rglob("*.*"):
            if path.suffix in {".py", ".html", ".txt"}:
                yield path.relative_to(root).as_posix()


def _messages_in(path: Path) -> Iterator[tuple[Key, str]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    calls = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {})
    for _line, function, arguments, _comments in calls:
        constants = _constants(arguments)
        context = constants.pop(0) if "pgettext" in function and constants else ""
        if constants:
            yield Key(constants[0], context), "".join(constants[1:2])


def _constants(arguments: str | Sequence[str | None] | None) -> list[str]:
    if isinstance(arguments, str):
        return [arguments]
    return [argument for argument in arguments or () if argument]


# --- What the catalogue says -------------------------------------------------


def catalogue_path(root: Path = ROOT) -> Path:
    return root / "locale" / "id" / "LC_MESSAGES" / "django.po"


def read_entries(root: Path = ROOT) -> list[polib.POEntry]:
    path = catalogue_path(root)
    if not path.exists():
        return []
    entries = polib.pofile(path.read_text("utf-8"), wrapwidth=0)
    return [entry for entry in entries if not entry.obsolete]


def entries_by_key(entries: list[polib.POEntry]) -> Entries:
    """Index the entries; of two with one key, a translated one is kept."""
    by_key: Entries = {}
    for entry in entries:
        if _key(entry) not in by_key or _translation(entry):
            by_key[_key(entry)] = entry
    return by_key


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgctxt or "")


def _translation(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


# --- update ------------------------------------------------------------------


def update(root: Path = ROOT) -> None:
    """Write the messages of the code; translations of known ones are kept."""
    path = catalogue_path(root)
    text = catalogue_text(messages_in_code(root), entries_by_key(read_entries(root)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def catalogue_text(messages: Messages, known: Entries) -> str:
    """Return the file's text; every location has its own line, for small diffs."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    for key, message in messages.items():
        catalogue.append(_entry(key, message, known.get(key)))
    return LOCATIONS.sub(_one_line_each, str(catalogue))


def _one_line_each(locations: re.Match[str]) -> str:
    return "\n".join(f"#: {name}" for name in locations[1].split())


def _entry(key: Key, message: Message, known: polib.POEntry | None) -> polib.POEntry:
    translation = _translation(known) if known else ""
    entry = polib.POEntry(msgid=key.msgid, msgctxt=key.context or None)
    entry.occurrences = [(name, "") for name in message.files]
    if known:
        entry.tcomment = known.tcomment
        entry.flags = [flag for flag in known.flags if flag == "fuzzy"]
    text = key.msgid + message.plural
    entry.flags += [name for name, form in FORMATS.items() if form.search(text)]
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: translation}
    else:
        entry.msgstr = translation
    return entry


# --- check -------------------------------------------------------------------


def complaints(root: Path = ROOT) -> Iterator[str]:
    """Yield one line for each fault of the catalogue."""
    wanted = messages_in_code(root)
    entries = read_entries(root)
    found = entries_by_key(entries)
    for key in sorted(wanted.keys() - found.keys()):
        yield f"missing: {key.msgid!r}"
    for key in sorted(found.keys() - wanted.keys()):
        yield f"left over: {key.msgid!r}"
    for key, count in Counter(map(_key, entries)).items():
        if count > 1:
            yield f"repeated: {key.msgid!r}"
    same = _same_in_both_languages(root)
    for key in sorted(found.keys() & wanted.keys()):
        if problem := _problem(found[key], wanted[key].plural, same):
            yield f"{problem}: {key.msgid!r}"
    text = catalogue_text(wanted, found)
    if wanted.keys() == found.keys() and _text_differs(catalogue_path(root), text):
        yield "order or locations differ: run `make messages`"


def _text_differs(path: Path, text: str) -> bool:
    return path.exists() and path.read_text("utf-8") != text


def _same_in_both_languages(root: Path) -> set[str]:
    path = root / "locale" / "same.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {line.strip() for line in lines if not line.startswith("#")}


def _problem(entry: polib.POEntry, plural: str, same: set[str]) -> str:
    translation = _translation(entry)
    problems = {
        "empty": not translation.strip(),
        "fuzzy": entry.fuzzy,
        "plural differs": entry.msgid_plural != plural,
        "not translated": translation == entry.msgid and translation not in same,
        "placeholders differ": _placeholders(translation)
        != _placeholders(plural or entry.msgid),
    }
    return next((problem for problem, holds in problems.items() if holds), "")


def _placeholders(text: str) -> set[str]:
    text = text.replace("%%", "")
    return {found for form in FORMATS.values() for found in form.findall(text)}


# --- Command line ------------------------------------------------------------


def main(arguments: list[str]) -> None:
    if arguments not in (["update"], ["check"]):
        sys.exit(__doc__)
    if arguments == ["update"]:
        update()
    lines = list(complaints())
    print("\n".join([*lines, f"{len(lines)} messages need work"]))
    sys.exit(bool(lines) and arguments == ["check"])


if __name__ == "__main__":
    main(sys.argv[1:])
