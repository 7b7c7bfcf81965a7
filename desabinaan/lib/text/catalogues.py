"""Compile the catalogues of locale/, without gettext programs.

python -m desabinaan.lib.text.catalogues compile
"""

import os
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[3] / "locale"


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Write a django.mo for every new or changed django.po; return those written."""
    return [
        _compile(source)
        for source in sorted(locale.glob("*/LC_MESSAGES/django.po"))
        if _is_stale(source)
    ]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    changed_at = source.stat().st_mtime_ns
    return not compiled.exists() or compiled.stat().st_mtime_ns != changed_at


def _compile(source: Path) -> Path:
    """Replace the compiled file in one step: a reader never sees half of it."""
    changed_at = source.stat().st_mtime_ns
    unfinished = source.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(source.read_text("utf-8")).save_as_mofile(str(unfinished))
    os.utime(unfinished, ns=(changed_at, changed_at))
    return unfinished.rename(source.with_suffix(".mo"))


def main(arguments: list[str]) -> None:
    if arguments != ["compile"]:
        sys.exit(__doc__)
    try:
        compiled = compile_catalogues()
    except OSError as problem:
        sys.exit(f"A catalogue cannot be read: {problem}.")
    sys.stdout.write(f"Catalogues compiled: {len(compiled)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
