"""Uploaded files: checked by content, stored outside the web root, without a URL."""

import hashlib
import logging
import secrets
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desabinaan.lib.files.limited_processes import LimitExceeded, Limits, run_limited
from desabinaan.lib.files.pdfs import clean_pdf
from desabinaan.lib.files.pictures import clean_picture, refuse_costly

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


logger = logging.getLogger(__name__)

IMAGE = frozenset({"image"})
PDF = frozenset({"pdf"})
IMAGE_OR_PDF = IMAGE | PDF

LIMIT = 10 * 1024 * 1024
LIMITS = Limits(cpu_seconds=4, seconds=20, megabytes=300)
MEGABYTE = 1024 * 1024
#: extension as typed -> what the content must be
CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
MARKUP = (b"<script", b"<html", b"<!doctype", b"<?php", b"<svg", b"<iframe")
END_OF_ARCHIVE = b"PK\x05\x06"
PDF_HEAD = b"%PDF-"
PDF_END = b"%%EOF"


class FileGone(Http404):
    """The row exists, but its file is missing on the disk."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file as we store it: re-encoded, under a random name.

    `sha256` is that of the stored bytes, `extension` has no dot.
    """

    content: "ContentFile[bytes]"
    extension: str
    content_type: str
    size: int
    sha256: str


# --- Checking ----------------------------------------------------------------


def clean_upload(upload: "UploadedFile[bytes]", kinds: Set[str]) -> CleanFile:
    """Return the upload re-encoded without metadata, or raise ValidationError.

    `kinds` holds "image" (JPG, PNG) or "pdf" or both. The content decides, and the
    extension must agree with it. Nothing of the original name is stored.
    """
    _refuse_size(upload.size or 0)
    expected = _expected_type(upload.name or "", kinds)
    content = upload.read()
    _refuse_other_content(content, expected, kinds)
    _refuse_second_file(content, expected)
    return _clean_file(_reencoded(content, expected), expected)


def _reencoded(content: bytes, content_type: str) -> bytes:
    try:
        if content_type == "application/pdf":
            return run_limited(clean_pdf, content, limits=LIMITS)
        refuse_costly(content, content_type)
        return run_limited(clean_picture, content, content_type, limits=LIMITS)
    except LimitExceeded as exceeded:
        raise ValidationError(
            _(
                "The file takes too much time or memory to open. Take the photo again, "
                "or print the document to a new PDF, and choose that one."
            ),
            "too_costly",
        ) from exceeded


def _clean_file(content: bytes, content_type: str) -> CleanFile:
    extension = EXTENSIONS[content_type]
    return CleanFile(
        content=ContentFile(content, name=f"{secrets.token_hex(16)}.{extension}"),
        extension=extension,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _refuse_size(size: int) -> None:
    if not size:
        raise ValidationError(
            _("The file is empty. Choose it again, or take the photo again."), "empty"
        )
    if size > LIMIT:
        raise ValidationError(
            _(
                "The file is %(size)s MB, the limit is %(limit)s MB. "
                "Choose another one, or take the photo again in a smaller size."
            ),
            "too_large",
            # Rounded up: "10.0 MB, the limit is 10 MB" would puzzle people.
            {
                "size": number_format(-(-size * 10 // MEGABYTE) / 10, 1),
                "limit": LIMIT // MEGABYTE,
            },
        )


def _expected_type(name: str, kinds: Set[str]) -> str:
    extension = PurePath(name).suffix.lower().removeprefix(".")
    expected = CONTENT_TYPES.get(extension, "")
    if not expected or _kind(expected) not in kinds:
        raise ValidationError(
            _(
                "This type of file is not accepted. Choose a file of the type "
                "%(kinds)s."
            ),
            "kind",
            {"kinds": _named(kinds)},
        )
    return expected


def _refuse_other_content(content: bytes, expected: str, kinds: Set[str]) -> None:
    found = filetype.guess_mime(content[:8192])
    if found != expected:
        raise ValidationError(
            _(
                "The name says %(said)s, but the content is something else. Save it "
                "again as %(kinds)s, then choose that file."
            ),
            "content",
            {"said": EXTENSIONS[expected].upper(), "kinds": _named(kinds)},
        )


def _refuse_second_file(content: bytes, expected: str) -> None:
    """Refuse what another program would open as a web page, an archive or a PDF."""
    is_pdf = expected == "application/pdf"
    suspect = content[content.rfind(PDF_END) :] if is_pdf else content
    lowered = suspect.lower()
    if (
        any(mark in lowered for mark in MARKUP)
        or END_OF_ARCHIVE in content[-65_600:]
        or (not is_pdf and PDF_HEAD in content[:1024])
    ):
        raise ValidationError(
            _(
                "A second file is hidden in this one. "
                "Take a new photo, or export the document once more."
            ),
            "second_file",
        )


def _kind(content_type: str) -> str:
    return "pdf" if content_type == "application/pdf" else "image"


def _named(kinds: Set[str]) -> str:
    if kinds >= IMAGE_OR_PDF:
        return _("JPG, PNG or PDF")
    return "PDF" if "pdf" in kinds else _("JPG or PNG")


# --- Storing -----------------------------------------------------------------


@contextmanager
def stored_together() -> Iterator[list[FieldFile]]:
    """Yield a list in a transaction; its files are deleted if that fails."""
    stored: list[FieldFile] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for file in stored:
            if file.name:
                file.storage.delete(file.name)
        raise


# --- Serving -----------------------------------------------------------------


def serve(file: FieldFile, filename: str, content_type: str) -> FileResponse:
    """Return the file for a user whose right was checked, or raise FileGone.

    The browser does not cache it; a PDF is saved, not shown.
    """
    try:
        opened = file.storage.open(file.name or "", "rb")
    except (FileNotFoundError, IsADirectoryError) as missing:
        logger.error("The stored file %s is missing.", file.name)
        raise FileGone from missing
    answer = FileResponse(
        opened,
        as_attachment=_kind(content_type) == "pdf",
        filename=filename,
        content_type=content_type,
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
