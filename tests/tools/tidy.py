"""Check files before a commit: no key, no giant, no conflict, tidy line ends.

python -m tests.tools.tidy FILE ...
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

LARGEST = 1_000_000  # bytes
FINDINGS = {
    "holds a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "holds a conflict": re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE),
    "has spaces at a line's end": re.compile(rb"[ \t]+$", re.MULTILINE),
    "has Windows line ends": re.compile(rb"\r\n"),
    "lacks a last line end": re.compile(rb"[^\n]\Z"),
}


def findings(path: Path) -> Iterator[str]:
    """What a reviewer would send back about the file."""
    if path.stat().st_size > LARGEST:
        yield f"{path} is larger than {LARGEST // 1_000_000} MB"
        return
    content = path.read_bytes()
    if b"\0" in content:
        return
    for words, pattern in FINDINGS.items():
        if pattern.search(content):
            yield f"{path} {words}"


def main(names: list[str]) -> None:
    problems = [line for name in names for line in findings(Path(name))]
    sys.exit("\n".join(problems) if problems else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
