"""The tar inside a backup: uploads, the dump of the database, and a manifest.

    uploads/...      the files, under their own paths
    database.dump    pg_dump's custom format
    manifest.json    versions, counts, and the SHA-256 of each of the others

The manifest comes last, since its sums are made while the others are written.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import IO

from desabinaan.backups.age_files import Readable, read_to_the_end

FORMAT = 1
DATABASE = "database.dump"
MANIFEST = "manifest.json"
UPLOADS = "uploads/"


class ArchiveProblem(Exception):
    """The archive is not laid out as this module writes it."""


class NewerFormat(Exception):
    """The archive is laid out by rules that this portal does not know yet."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    `migrations` are "app.name", `rows` count by table, `sha256` is by member.
    """

    format: int
    portal: str
    made_at: str
    server: int
    migrations: list[str]
    rows: dict[str, int]
    files: int
    total_bytes: int
    sha256: dict[str, str]

    def __str__(self) -> str:
        return (
            f"portal {self.portal}, {self.made_at}: {sum(self.rows.values())} rows in "
            f"{len(self.rows)} tables, {self.files} uploads, {self.total_bytes} bytes"
        )

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        try:
            fields = json.loads(content)
            if int(fields["format"]) > FORMAT:
                raise NewerFormat
            return cls(**fields)
        except (KeyError, TypeError, ValueError) as problem:
            raise ArchiveProblem from problem

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()


def upload_path(name: str) -> PurePosixPath | None:
    """Return the path below the folder of uploads; None when it leads elsewhere."""
    parts = PurePosixPath(name.removeprefix(UPLOADS)).parts
    if not name.startswith(UPLOADS) or not parts or {"..", "/"} & set(parts):
        return None
    return None if "\0" in name else PurePosixPath(*parts)


class Sums:
    """The SHA-256 and the bytes of members, added up as they pass."""

    def __init__(self) -> None:
        self.sha256: dict[str, str] = {}
        self.total_bytes = 0

    @property
    def uploads(self) -> set[str]:
        return self.sha256.keys() - {DATABASE}

    def add(self, name: str, member: "_Summed") -> None:
        self.sha256[name] = member.sha256.hexdigest()
        self.total_bytes += member.bytes


class _Summed:
    """A member that is hashed and counted while it is read."""

    def __init__(self, content: Readable) -> None:
        self._content = content
        self.sha256 = hashlib.sha256()
        self.bytes = 0

    def read(self, size: int, /) -> bytes:
        try:
            chunk = self._content.read(size)
        except tarfile.TarError as problem:
            raise ArchiveProblem from problem
        self.sha256.update(chunk)
        self.bytes += len(chunk)
        return chunk


class ArchiveWriter:
    """Writes members one after another into a tar that is open for a stream."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.sums = Sums()

    def add(self, name: str, content: Readable, size: int, modified: float) -> None:
        summed = _Summed(content)
        self._write(name, summed, size, modified)
        self.sums.add(name, summed)

    def add_manifest(self, manifest: Manifest, modified: float) -> None:
        content = manifest.as_json()
        self._write(MANIFEST, io.BytesIO(content), len(content), modified)

    def _write(self, name: str, content: Readable, size: int, modified: float) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size, int(modified), 0o600
        self._tar.addfile(member, content)  # type: ignore[arg-type]
        # tarfile would keep every member in memory
        self._tar.members.clear()  # type: ignore[attr-defined]


class ArchiveReader:
    """Reads members one after another from a stream that holds a tar.

    ArchiveProblem when it is not laid out as `ArchiveWriter` does it.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._manifest: bytes | None = None
        self.sums = Sums()

    def __iter__(self) -> Iterator[tuple[str, Readable]]:
        """Iterate over all members but the manifest: name and content.

        What the caller does not read of a content is skipped.
        """
        try:
            with tarfile.open(fileobj=self._stream, mode="r|") as tar:
                while member := tar.next():
                    # tarfile would keep every member in memory
                    tar.members.clear()  # type: ignore[attr-defined]
                    content = tar.extractfile(member) if member.isreg() else None
                    after_the_end = self._manifest is not None
                    if not content or after_the_end or member.name in self.sums.sha256:
                        raise ArchiveProblem
                    if member.name == MANIFEST:
                        self._manifest = content.read()
                        continue
                    summed = _Summed(content)
                    yield member.name, summed
                    read_to_the_end(summed)
                    self.sums.add(member.name, summed)
        except tarfile.TarError as problem:
            raise ArchiveProblem from problem

    def manifest(self) -> Manifest:
        """The manifest, once all members were read and are those it lists."""
        if self._manifest is None:
            raise ArchiveProblem
        manifest = Manifest.from_json(self._manifest)
        if (
            DATABASE not in self.sums.sha256
            or not all(map(upload_path, self.sums.uploads))
            or manifest.sha256 != self.sums.sha256
            or manifest.files != len(self.sums.uploads)
            or manifest.total_bytes != self.sums.total_bytes
        ):
            raise ArchiveProblem
        return manifest
