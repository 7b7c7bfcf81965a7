"""PDFs written again: pages and what they may hold, no scripts and no metadata."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from desabinaan.lib.files.pdf_parts import keep_allowed
from desabinaan.lib.files.pictures import without_camera_data

MOST_OBJECTS = 60_000
#: The end mark is in the last kilobyte, or the file was cut off.
TAIL = 1024
#: Keys of the document's root that are kept: pages, and what screen readers need.
ALLOWED_KEYS = frozenset(
    {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/PageLabels"}
)
#: Exceptions of pypdf on malformed files.
BROKEN = (
    PyPdfError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    RecursionError,
    struct.error,
    zlib.error,
)
REFUSALS: dict[str, Promise] = {
    "script": gettext_lazy(
        "The PDF contains a script (JavaScript). Print it to a new PDF, then choose "
        "that one."
    ),
    "program": gettext_lazy(
        "The PDF tries to start a program. Print it to a new PDF, then choose that one."
    ),
    "files": gettext_lazy(
        "The PDF contains other files. Send each file separately, or print it to a "
        "new PDF."
    ),
    "media": gettext_lazy(
        "The PDF contains video, sound or a 3D model. Print it to a new PDF, then "
        "choose that one."
    ),
    "form": gettext_lazy(
        "The PDF is an interactive form (XFA). "
        "Print it to a new PDF, then choose that one."
    ),
    "sends": gettext_lazy(
        "The PDF sends form entries to another place. Print it to a new PDF, then "
        "choose that one."
    ),
}
ACTING = {
    "/JavaScript": "script",
    "/Launch": "program",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMediaExecute": "media",
    "/SubmitForm": "sends",
    "/ImportData": "sends",
}
SUBTYPES = {
    "/FileAttachment": "files",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
}
KEYS = {"/JS": "script", "/JavaScript": "script", "/EF": "files", "/XFA": "form"}


def clean_pdf(content: bytes) -> bytes:
    """Return the pages as a new PDF; ValidationError names what is not allowed."""
    if b"%%EOF" not in content[-TAIL:]:
        raise _broken()
    try:
        reader = _reader(content)
        _refuse_acting(reader.trailer["/Root"])
        return _pages_only(reader)
    except BROKEN as problem:
        raise _broken() from problem


def _reader(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content))
    except DependencyError:
        reader = None  # locked with AES, which pypdf tries with another package only
    if reader is None or reader.is_encrypted:
        raise ValidationError(
            _(
                "The PDF is locked by a password. "
                "Save it without a password, then choose it again."
            ),
            "encrypted",
        )
    return reader


def _broken() -> ValidationError:
    return ValidationError(
        _("The PDF is broken or incomplete. Export it once more, then choose it."),
        "broken",
    )


def _refuse_acting(root: Any) -> None:
    for found in _dictionaries(root):
        if reason := _acting(found):
            raise ValidationError(str(REFUSALS[reason]), reason)


def _acting(found: DictionaryObject) -> str:
    """Return the reason to refuse this dictionary, or ""."""
    for key, reason in KEYS.items():
        if key in found:
            return reason
    if found.get("/Type") == "/EmbeddedFile":
        return "files"
    verb, kind = found.get("/S"), found.get("/Subtype")
    return _listed(ACTING, verb) or _listed(SUBTYPES, kind)


def _listed(reasons: dict[str, str], name: object) -> str:
    if isinstance(name, IndirectObject):
        name = name.get_object()
    return reasons.get(name, "") if isinstance(name, str) else ""


def _dictionaries(root: Any) -> Iterator[DictionaryObject]:
    """Yield every dictionary reachable from the document's root once."""
    waiting: list[Any] = [root]
    seen: set[int] = set()
    while waiting:
        found = waiting.pop()
        if isinstance(found, IndirectObject):
            if found.idnum in seen:
                continue
            seen.add(found.idnum)
            if len(seen) > MOST_OBJECTS:
                raise ValueError("too many objects")
            found = found.get_object()
        if isinstance(found, DictionaryObject):
            yield found
            waiting.extend(found.values())
        elif isinstance(found, ArrayObject):
            waiting.extend(found)


def _pages_only(reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    if not len(writer.pages):
        raise ValueError("no page")
    root = writer.root_object
    for key in set(root) - ALLOWED_KEYS:
        del root[NameObject(key)]
    writer.metadata = None
    for found in _dictionaries(root):
        keep_allowed(found)
        if isinstance(found, StreamObject) and _is_photo(found):
            # The only access to the bytes of a stream without decoding the picture.
            found._data = without_camera_data(found._data)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _is_photo(found: DictionaryObject) -> bool:
    kinds = found.get("/Filter")
    return kinds == "/DCTDecode" or kinds == ["/DCTDecode"]
