"""Named contents one after another in a stream, none of them held in memory.

A frame is a kind (1 sign), a length (4 bytes) and that many bytes. A content is a
frame N with its name, frames D with the bytes, and a frame E with their SHA-256.
A frame Z ends the archive: nothing may follow.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator
from typing import Protocol

FRAME = struct.Struct(">cI")
LONGEST_FRAME = 1024 * 1024


class ArchiveBroken(Exception):
    """The stream is no archive as this module writes it."""


class Sink(Protocol):
    def write(self, content: bytes, /) -> object: ...


class ArchiveWriter:
    def __init__(self, sink: Sink) -> None:
        self._sink = sink

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """The content stands in the archive; answers how many bytes it has."""
        self._frame(b"N", name.encode())
        whole, size = hashlib.sha256(), 0
        for piece in pieces:
            whole.update(piece)
            size += len(piece)
            for start in range(0, len(piece), LONGEST_FRAME):
                self._frame(b"D", piece[start : start + LONGEST_FRAME])
        self._frame(b"E", whole.digest())
        return size

    def finish(self) -> None:
        self._frame(b"Z", b"")

    def _frame(self, kind: bytes, content: bytes) -> None:
        self._sink.write(FRAME.pack(kind, len(content)))
        self._sink.write(content)


def contents(chunks: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each name with its pieces; what the caller leaves of them is read over.

    ArchiveBroken when anything is missing, left over or not as it was written.
    """
    frames = _frames(chunks)
    for kind, content in frames:
        if kind == b"Z":
            if next(frames, None) is not None:
                raise ArchiveBroken
            return
        if kind != b"N":
            raise ArchiveBroken
        pieces = _pieces(frames)
        yield content.decode(), pieces
        for _left in pieces:
            pass
    raise ArchiveBroken


def _pieces(frames: Iterator[tuple[bytes, bytes]]) -> Iterator[bytes]:
    whole = hashlib.sha256()
    for kind, content in frames:
        if kind == b"D":
            whole.update(content)
            yield content
        elif kind == b"E" and content == whole.digest():
            return
        else:
            raise ArchiveBroken
    raise ArchiveBroken


def _frames(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= FRAME.size:
            kind, length = FRAME.unpack_from(waiting)
            end = FRAME.size + length
            if length > LONGEST_FRAME:
                raise ArchiveBroken
            if len(waiting) < end:
                break
            yield kind, bytes(waiting[FRAME.size : end])
            del waiting[:end]
    if waiting:
        raise ArchiveBroken
