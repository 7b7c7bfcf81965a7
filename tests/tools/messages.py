"""Keeps locale/ in step with the code; needs no gettext programs.

    python -m tests.tools.messages update [CATALOGUE ...]
    python -m tests.tools.messages check [CATALOGUE ...]

`update` adds new msgids, drops those no longer used, and keeps translations.
`check` names whatever is missing, left over, empty, fuzzy, untranslated or broken.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]

# Lowest first: a msgid of a lower catalogue is not repeated in a higher one.
FOLDERS = {
    "lib": ["desabinaan", "templates", "reports"],
    "accounts": ["desabinaan/accounts", "templates/accounts"],
    "notices": ["desabinaan/notices", "templates/notices"],
    "villages": ["villages", "templates/villages"],
    "fgd": ["fgd", "templates/fgd"],
    "monthly": ["reports/monthly", "templates/reports/monthly"],
    "followup": ["reports/followup", "templates/reports/followup"],
    "recap": ["reports/recap", "templates/reports/recap"],
}
OWNERS = {folder: name for name, folders in FOLDERS.items() for folder in folders}
KEYWORDS = {
    name + suffix: None
    for name in ("_", "gettext", "ngettext", "pgettext", "npgettext", "gettext_noop")
    for suffix in ("", "_lazy")
}
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[sd]|\{\w*\}")
HEADER = {
    "Language": "id",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True, order=True)
class Key:
    """What tells two messages apart."""

    msgid: str
    context: str


Plurals = dict[Key, str]
Needed = dict[str, Plurals]


# --- What the code says ------------------------------------------------------


def messages_in_code(root: Path) -> Needed:
    """Per catalogue, every message its code and templates translate."""
    needed: Needed = {name: {} for name in FOLDERS}
    for top in sorted({folder.partition("/")[0] for folder in OWNERS}):
        for path in sorted((root / top).rglob("*.*")):
            if path.suffix in {".py", ".html", ".txt"}:
                found = needed[_owner(path.relative_to(root))]
                for key, plural in _messages_in(path):
                    found[key] = plural or found.get(key, "")
    return needed


def _owner(path: Path) -> str:
    """The catalogue of the nearest folder that has one."""
    folders = (str(folder) for folder in path.parents)
    return next(OWNERS[folder] for folder in folders if folder in OWNERS)


def _messages_in(path: Path) -> Iterator[tuple[Key, str]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    calls = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {})
    for _line, function, words, _comments in calls:
        known = _constants(words)
        context = known.pop(0) if "pgettext" in function and known else ""
        if known:
            yield Key(known[0], context), known[1] if len(known) > 1 else ""


def _constants(words: str | Sequence[str | None] | None) -> list[str]:
    return [words] if isinstance(words, str) else [word for word in words or () if word]


# --- What the catalogues say -------------------------------------------------


def catalogue_path(name: str, root: Path) -> Path:
    return root / "locale" / name / "id" / "LC_MESSAGES" / "django.po"


def read_catalogue(name: str, root: Path) -> dict[Key, polib.POEntry]:
    path = catalogue_path(name, root)
    if not path.exists():
        return {}
    entries = polib.pofile(path.read_text("utf-8"), wrapwidth=0)
    return {
        Key(entry.msgid, entry.msgctxt or ""): entry
        for entry in entries
        if not entry.obsolete
    }


def expected(name: str, needed: Needed, root: Path) -> Plurals:
    """The catalogue's messages without those a lower one already translates."""
    lower = list(FOLDERS)[: list(FOLDERS).index(name)]
    told_below = {
        key
        for other in lower
        for key in read_catalogue(other, root).keys() & needed[other].keys()
    }
    return {key: needed[name][key] for key in needed[name] if key not in told_below}


# --- update ------------------------------------------------------------------


def update(name: str, root: Path = ROOT) -> None:
    """The catalogue holds exactly the expected messages; translations are kept."""
    memory: dict[Key, polib.POEntry] = {}
    for other in [*FOLDERS, name]:
        memory |= {
            key: entry
            for key, entry in read_catalogue(other, root).items()
            if _first_translation(entry)
        }
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = HEADER
    for key, plural in sorted(expected(name, messages_in_code(root), root).items()):
        catalogue.append(_entry(key, plural, memory.get(key)))
    path = catalogue_path(name, root)
    if catalogue or path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{catalogue}\n", "utf-8")


def _entry(key: Key, plural: str, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=key.msgid, msgctxt=key.context or None)
    if known:
        entry.flags = list(known.flags)
        entry.tcomment = known.tcomment
    translation = _first_translation(known) if known else ""
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = {0: translation}
    else:
        entry.msgstr = translation
    return entry


def _first_translation(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


# --- check -------------------------------------------------------------------


def complaints(name: str, needed: Needed, root: Path = ROOT) -> Iterator[str]:
    """One line for each thing in the catalogue that a reader would stumble over."""
    wanted = expected(name, needed, root)
    found = read_catalogue(name, root)
    for key in sorted(wanted.keys() - found.keys()):
        yield f"missing: {key.msgid!r}"
    for key in sorted(found.keys() - wanted.keys()):
        yield f"left over: {key.msgid!r}"
    same = _allowed_to_stay(root)
    for key in sorted(found.keys() & wanted.keys()):
        if problem := _problem(found[key], wanted[key], same):
            yield f"{problem}: {key.msgid!r}"


def _allowed_to_stay(root: Path) -> set[str]:
    """The words of locale/same.txt, which are alike in both languages."""
    path = root / "locale" / "same.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {line.strip() for line in lines if not line.startswith("#")}


def _problem(entry: polib.POEntry, plural: str, same: set[str]) -> str:
    translation = _first_translation(entry)
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
    return set(PLACEHOLDER.findall(text)) - {"%%"}


# --- Command line ------------------------------------------------------------


def main(words: list[str]) -> None:
    verb, *names = words or [""]
    if verb not in {"update", "check"} or set(names) - FOLDERS.keys():
        sys.exit(f"{__doc__}\nCatalogues: {', '.join(FOLDERS)}")
    if verb == "update":
        for name in names or FOLDERS:
            update(name)
    needed = messages_in_code(ROOT)
    lines = [
        f"locale/{name}: {line}"
        for name in names or FOLDERS
        for line in complaints(name, needed)
    ]
    print("\n".join([*lines, f"{len(lines)} messages need work"]))
    sys.exit(bool(lines) and verb == "check")


if __name__ == "__main__":
    main(sys.argv[1:])
