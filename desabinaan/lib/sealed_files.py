"""A file sealed with a key: whatever was cut, swapped or flipped in it is refused.

    header  magic 14 · format 1 · name of the key 8 · salt 16
    chunks  AES-256-GCM of 1 MiB each (the last one shorter) with its tag of 16

Every file has a key of its own, derived from the salt. A chunk's nonce is its
number and whether it is the last; the header is authenticated with each chunk.
So a chunk opens only in its place, and only the true last one ends the file.
"""

import binascii
import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"PORTAL SEALED\n"
FORMAT = 1
KEY_LENGTH = 32
NAME_LENGTH = 8
SALT_LENGTH = 16
HEADER_LENGTH = len(MAGIC) + 1 + NAME_LENGTH + SALT_LENGTH
CHUNK = 1024 * 1024
TAG = 16


class SealRefused(Exception):
    """Why a key or a sealed file is of no use, as a sentence for the operator."""


def key_from(words: str) -> bytes:
    """The key written as 43 signs, as `secrets.token_urlsafe(32)` makes them."""
    try:
        key = urlsafe_b64decode(words.strip() + "=")
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_LENGTH:
        raise SealRefused(
            "The backup key is not a key; it has 43 signs, as "
            '`python3 -c "import secrets; print(secrets.token_urlsafe(32))"` '
            "prints them."
        )
    return key


class Sealer:
    """Writes a sealed file; without `finish` it is refused as cut off."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        self._target = target
        salt = secrets.token_bytes(SALT_LENGTH)
        self._header = MAGIC + bytes([FORMAT]) + _name_of(key) + salt
        self._cipher = _cipher(key, salt)
        self._waiting = bytearray()
        self._number = 0
        target.write(self._header)

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, content: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._target.write(self._cipher.encrypt(nonce, content, self._header))
        self._number += 1


def opened(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """The content chunk by chunk; SealRefused as soon as one is not as it was sealed.

    Only when the last chunk came is the file whole.
    """
    header = source.read(HEADER_LENGTH)
    _refuse_header(header, key)
    cipher = _cipher(key, header[-SALT_LENGTH:])
    number = 0
    sealed = source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        nonce = _nonce(number, last=not following)
        try:
            yield cipher.decrypt(nonce, sealed, header)
        except (InvalidTag, ValueError):
            raise SealRefused(
                "The file is damaged or was cut off; nothing of it was used."
            ) from None
        if not following:
            return
        sealed, number = following, number + 1


def _refuse_header(header: bytes, key: bytes) -> None:
    if len(header) < HEADER_LENGTH or not header.startswith(MAGIC):
        raise SealRefused("This is no backup of the portal, or only its beginning.")
    if header[len(MAGIC)] != FORMAT:
        raise SealRefused(
            "The file was written by another version of the portal; restore it with "
            "that version."
        )
    name = header[len(MAGIC) + 1 : -SALT_LENGTH]
    if not hmac.compare_digest(name, _name_of(key)):
        raise SealRefused(
            "The file was sealed with another key, or its beginning is damaged; set "
            "BACKUP_KEY to the key of that day."
        )


def _name_of(key: bytes) -> bytes:
    """Tells keys apart without telling anything about them."""
    return hmac.digest(key, b"name of the key", hashlib.sha256)[:NAME_LENGTH]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_LENGTH, salt, b"chunks of a sealed file")
    return AESGCM(derived.derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
