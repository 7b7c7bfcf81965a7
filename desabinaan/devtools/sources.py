"""Whether source files changed, for programs that do not watch them themselves."""

from collections.abc import Iterator
from pathlib import Path

from desabinaan.devtools.paths import REPOSITORY


class SourceWatch:
    """The files that match some patterns below a folder, and when they changed."""

    def __init__(self, *patterns: str, folder: Path = REPOSITORY) -> None:
        self._patterns = patterns
        self._folder = folder
        self._seen = dict(self._times())

    def changed(self) -> bool:
        """Whether a file was edited, added or removed since the last call."""
        before, self._seen = self._seen, dict(self._times())
        return before != self._seen

    def _times(self) -> Iterator[tuple[Path, int]]:
        for pattern in self._patterns:
            for file in self._folder.glob(pattern):
                try:
                    yield file, file.stat().st_mtime_ns
                except FileNotFoundError:  # removed a moment ago
                    continue
