"""Static files of installed packages, served from where they are installed."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

# Public path -> (package, path inside it). The source map is beside its file because
# the manifest storage follows the file's last line to it.
FILES = {
    f"vendor/bootstrap/{name}": (
        "js_lib_bootstrap5",
        f"static/js-lib-bootstrap5/css/{name}",
    )
    for name in ("bootstrap-reboot.min.css", "bootstrap-reboot.min.css.map")
} | {
    f"vendor/leaflet/{name}": ("leaflet", f"static/leaflet/{name}")
    for name in (
        "leaflet.css",
        "leaflet.js",
        "leaflet.js.map",
        "images/layers.png",
        "images/layers-2x.png",
        "images/marker-icon.png",
    )
}


def locate(public_path: str) -> Path:
    """Return the path of a public file; the package is not imported."""
    package, inner = FILES[public_path]
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {package} is not installed.")
    return Path(spec.origin).parent / inner


class PackageStorage(FileSystemStorage):
    """Reads the listed files; writes nothing."""

    def path(self, name: str) -> str:
        return str(locate(name))


class PackageFilesFinder(BaseFinder):
    """Offer the files of FILES to runserver and collectstatic."""

    storage = PackageStorage(location="/")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(f"A static file of a package is missing: {path}", id="lib.E001")
            for path in FILES
            if not _is_there(path)
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(locate(path))] if path in FILES and _is_there(path) else []
        if find_all or kwargs.get("all"):
            return found
        return found[0] if found else []

    def list(
        self, ignore_patterns: Iterable[str] | None
    ) -> Iterator[tuple[str, PackageStorage]]:
        for path in FILES:
            yield path, self.storage


def _is_there(public_path: str) -> bool:
    try:
        return locate(public_path).is_file()
    except FileNotFoundError:
        return False
