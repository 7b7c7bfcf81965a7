"""Turns the catalogues of locale/ into the form that Django reads.

python -m desabinaan.lib.catalogues compile
"""

import os
import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_catalogues(locale: Path = LOCALE) -> list[Path]:
    """Every django.po has a django.mo of the same age; those made now."""
    return [
        _compiled(source)
        for source in sorted(locale.glob("*/*/LC_MESSAGES/django.po"))
        if _is_stale(source)
    ]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    written = source.stat().st_mtime_ns
    return not compiled.exists() or compiled.stat().st_mtime_ns != written


def _compiled(source: Path) -> Path:
    """Readers see the old file or the new one, never half of it."""
    written = source.stat().st_mtime_ns
    unfinished = source.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(source.read_text("utf-8")).save_as_mofile(str(unfinished))
    os.utime(unfinished, ns=(written, written))
    return unfinished.rename(source.with_suffix(".mo"))


def main(words: list[str]) -> None:
    if words != ["compile"]:
        sys.exit(__doc__)
    try:
        fresh = compile_catalogues()
    except OSError as problem:
        sys.exit(f"A catalogue cannot be read: {problem}.")
    sys.stdout.write(f"{len(fresh)} catalogues compiled\n")


if __name__ == "__main__":
    main(sys.argv[1:])
