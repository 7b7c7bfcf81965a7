"""Files encrypted with age (age-encryption.org), written and read as streams.

A file is encrypted for recipients (public keys) and opens with the identity (private
key) of any one of them. pyrage copies one whole file into another; a pipe and a
thread let the caller write or read at its own pace, so that memory stays the same
whatever the size.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

MAGIC = b"age-encryption.org/v1\n"
CHUNK = 1024 * 1024


class AgeProblem(Exception):
    """Why a key or a file cannot be used, as a sentence for the operator."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


# --- Keys --------------------------------------------------------------------


def recipients_from(keys: Iterable[str]) -> list[Recipient]:
    """Parse public keys, written as `age-keygen` prints them: age1 and 58 more.

    The sentence never shows the key: it may be a private one, in the wrong place.
    """
    recipients = []
    for number, key in enumerate(keys, start=1):
        try:
            recipients.append(Recipient.from_str(key.strip()))
        except pyrage.RecipientError:
            raise AgeProblem(
                f"Backup key {number} is not a public key of age; it begins with "
                "age1, as `age-keygen` prints it."
            ) from None
    return recipients


def identities_from(text: str) -> list[Identity]:
    """Parse private keys, one a line, as `age-keygen` writes its file."""
    lines = map(str.strip, text.splitlines())
    try:
        identities = [
            Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except pyrage.IdentityError:
        identities = []
    if not identities:
        raise AgeProblem(
            "The file of the backup key holds no private key of age; its line begins "
            "with AGE-SECRET-KEY-1, as `age-keygen` writes it."
        )
    return identities


# --- Streams -----------------------------------------------------------------


@contextlib.contextmanager
def encrypted(
    target: IO[bytes], recipients: Sequence[Recipient]
) -> Iterator[IO[bytes]]:
    """Yield a file to write to; its content reaches `target` encrypted.

    `target` is whole once the block has ended without an error.
    """
    reading, writing = _pipe()
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(_encrypt, reading, target, recipients)
        try:
            yield writing
        finally:
            with contextlib.suppress(BrokenPipeError):  # the thread says why
                writing.close()
            done.result()


@contextlib.contextmanager
def decrypted(source: IO[bytes], identities: Sequence[Identity]) -> Iterator[IO[bytes]]:
    """Yield a file to read the content of `source` from.

    AgeProblem when the block ends and `source` was not whole: until then, what was
    read may be only the beginning of what was encrypted.
    """
    _refuse_other_files(source)
    reading, writing = _pipe()
    with ThreadPoolExecutor(1) as thread:
        done = thread.submit(_decrypt, source, writing, identities)
        try:
            yield reading
            read_to_the_end(reading)
        finally:
            reading.close()
            done.result()


def chunks(file: Readable) -> Iterator[bytes]:
    """Iterate over what is left of a file, a megabyte at a time."""
    while chunk := file.read(CHUNK):
        yield chunk


def read_to_the_end(file: Readable) -> None:
    for _chunk in chunks(file):
        pass


def _pipe() -> tuple[IO[bytes], IO[bytes]]:
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")


class _Target:
    """Keeps the error of a write, of which pyrage passes on only the text."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, content: bytes) -> int:
        try:
            return self._file.write(content)
        except OSError as error:
            self.error = error
            raise


def _encrypt(
    source: IO[bytes], target: IO[bytes], recipients: Sequence[Recipient]
) -> None:
    output = _Target(target)
    with source:
        try:
            pyrage.encrypt_io(source, output, recipients)
        except pyrage.EncryptError as problem:
            raise output.error or problem from None


def _decrypt(
    source: IO[bytes], target: IO[bytes], identities: Sequence[Identity]
) -> None:
    output = _Target(target)
    try:
        with target:
            pyrage.decrypt_io(source, output, identities)
    except BrokenPipeError:
        return  # the caller stopped reading, for a reason of its own
    except (pyrage.DecryptError, OSError) as problem:
        if output.error is None:
            raise AgeProblem(_sentence_for(problem)) from problem


def _refuse_other_files(source: IO[bytes]) -> None:
    start = source.tell()
    if source.read(len(MAGIC)) != MAGIC:
        raise AgeProblem(
            "This is no backup of the portal, or only its beginning; it was not used."
        )
    source.seek(start)


def _sentence_for(problem: Exception) -> str:
    if "No matching keys" in str(problem):
        return (
            "The file was encrypted for another key, or its beginning is damaged; "
            "set BACKUP_IDENTITY_FILE to the private key of that day."
        )
    return "The file is damaged or was cut off; nothing of it was used."
