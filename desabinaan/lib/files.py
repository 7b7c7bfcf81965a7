"""Uploaded files: taken in by content, kept outside the web root, never by URL."""

import hashlib
import logging
import secrets
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from desabinaan.lib.pdfs import clean_pdf
from desabinaan.lib.pictures import clean_picture

logger = logging.getLogger(__name__)

IMAGE = frozenset({"image"})
PDF = frozenset({"pdf"})
IMAGE_OR_PDF = IMAGE | PDF

LIMIT = 10 * 1024 * 1024
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


class PrivateStorage(FileSystemStorage):
    """Files under MEDIA_ROOT without an address: views serve them, row by row."""

    def url(self, name: str | None) -> str:
        raise ValueError("Uploads have no address of their own; serve them by a view.")

    def _save(self, name: str, content: "File[bytes]") -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]
        except OSError:
            self.delete(name)  # a full disk leaves no half file
            raise
        return kept


class FileGone(Http404):
    """The row stands, its file is missing on the disk."""


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file as we keep it: written anew, under a random name.

    `sha256` is that of the kept bytes, `extension` has no dot.
    """

    content: "ContentFile[bytes]"
    extension: str
    content_type: str
    size: int
    sha256: str


# --- Taking in ---------------------------------------------------------------


def clean_upload(upload: "UploadedFile[bytes]", kinds: Set[str]) -> CleanFile:
    """The upload written anew without metadata; ValidationError says what is wrong.

    `kinds` holds "image" (JPG, PNG) or "pdf" or both. The content decides, and the
    extension must agree with it. Nothing of the original name is kept.
    """
    _refuse_size(upload.size or 0)
    expected = _expected_type(upload.name or "", kinds)
    content = upload.read()
    _refuse_other_content(content, expected, kinds)
    _refuse_second_file(content, expected)
    if expected == "application/pdf":
        return _kept(clean_pdf(content), expected)
    return _kept(clean_picture(content, expected), expected)


def _kept(content: bytes, content_type: str) -> CleanFile:
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
            _("We cannot take this kind of file. Choose a file of the kind %(kinds)s."),
            "kind",
            {"kinds": _named(kinds)},
        )
    return expected


def _refuse_other_content(content: bytes, expected: str, kinds: Set[str]) -> None:
    found = filetype.guess_mime(content[:8192])
    if found != expected:
        raise ValidationError(
            _(
                "The name says %(said)s, but the content is something else. "
                "Save it anew as %(kinds)s, then choose that file."
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


# --- Keeping -----------------------------------------------------------------


@contextmanager
def stored_together() -> Iterator[list[FieldFile]]:
    """A transaction with its files: those put in the list go when it fails."""
    stored: list[FieldFile] = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for file in stored:
            if file.name:
                file.storage.delete(file.name)
        raise


# --- Giving out --------------------------------------------------------------


def serve(file: FieldFile, filename: str, content_type: str) -> FileResponse:
    """The file for somebody whose right was checked; FileGone when it is missing.

    Nothing of it is kept by the browser's cache; a PDF is saved, not shown.
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
