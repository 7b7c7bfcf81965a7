"""What the pages of a PDF may hold: everything else is taken off them.

By ISO 32000-1: tables 15, 29, 30 (streams, page tree, pages), 164 (annotations) and
198 (actions). What acts by itself is refused before, by lib.files.pdfs.
"""

from typing import Any
from urllib.parse import urlsplit

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

#: of a page and of the nodes above it
PAGE_KEYS = frozenset(
    {
        "/Type", "/Parent", "/Kids", "/Count", "/Resources", "/Contents", "/MediaBox",
        "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
        "/Group", "/StructParents", "/Tabs", "/Annots",
    }
)  # fmt: skip
#: what is drawn on a page, notes and marks among it
ANNOTATIONS = frozenset(
    {
        "/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon",
        "/PolyLine", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp",
        "/Caret", "/Ink", "/Widget",
    }
)  # fmt: skip
ANNOTATION_KEYS = frozenset(
    {
        "/Type", "/Subtype", "/Rect", "/Contents", "/F", "/AP", "/AS", "/Border", "/BS",
        "/BE", "/C", "/IC", "/CA", "/QuadPoints", "/InkList", "/L", "/LE", "/LL",
        "/LLE", "/Vertices", "/RD", "/DA", "/DS", "/Q", "/CL", "/IT", "/Name", "/Open",
        "/H", "/P", "/StructParent", "/Lang", "/A", "/Dest", "/MK", "/Cap", "/CP",
        "/Sy",
    }
)  # fmt: skip
#: keys of an action that leads to a page of the same file, or to an address
ACTION_KEYS = {"/GoTo": ("/D",), "/URI": ("/URI",)}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: anywhere: what happens by itself, other files, traces of the program that wrote it
DROPPED = (
    "/AA", "/AF", "/Alternates", "/LastModified", "/Metadata", "/OPI", "/PieceInfo",
    "/Ref",
)  # fmt: skip
#: the bytes of a stream are in the file itself, not in another one
EXTERNAL = ("/F", "/FFilter", "/FDecodeParms")


def keep_allowed(found: DictionaryObject) -> None:
    """Take off one dictionary of the file what it may not hold."""
    for key in DROPPED:
        found.pop(NameObject(key), None)
    if isinstance(found, StreamObject):
        for key in EXTERNAL:
            found.pop(NameObject(key), None)
    elif _is_annotation(found):
        _keep_annotation(found)
    elif _read(found.get("/Type")) in ("/Page", "/Pages"):
        _keep_only(found, PAGE_KEYS)
        _keep_annotations(found)


def _keep_only(found: DictionaryObject, keys: frozenset[str]) -> None:
    for key in set(found) - keys:
        del found[NameObject(key)]


def _is_annotation(found: DictionaryObject) -> bool:
    return "/Rect" in found and "/Subtype" in found


def _keep_annotations(page: DictionaryObject) -> None:
    """Take annotations of other kinds off the page; what is no list goes as a whole."""
    if "/Annots" not in page:
        return
    listed = page["/Annots"]
    found = listed if isinstance(listed, ArrayObject) else ()
    kept = ArrayObject(one for one in found if _is_allowed(one))
    page[NameObject("/Annots")] = kept


def _is_allowed(reference: Any) -> bool:
    found = _read(reference)
    if not isinstance(found, DictionaryObject) or not _is_annotation(found):
        return False
    return _read(found.get("/Subtype")) in ANNOTATIONS


def _keep_annotation(found: DictionaryObject) -> None:
    """Keep how it looks and where a link leads; of another kind, nothing."""
    if _read(found.get("/Subtype")) not in ANNOTATIONS:
        found.clear()
        return
    _keep_only(found, ANNOTATION_KEYS)
    if "/A" in found and not _keep_action(_read(found["/A"])):
        del found[NameObject("/A")]


def _keep_action(action: Any) -> bool:
    """Take everything but the aim off an action; return whether it may stay."""
    verb = _read(action.get("/S")) if isinstance(action, DictionaryObject) else ""
    if verb not in ACTION_KEYS:
        return False
    _keep_only(action, frozenset({"/Type", "/S", *ACTION_KEYS[verb]}))
    return verb != "/URI" or _is_address(action.get("/URI"))


def _is_address(found: Any) -> bool:
    text = _read(found)
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    if not isinstance(text, str) or not text.isprintable():
        return False
    try:
        return urlsplit(text.strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _read(found: Any) -> Any:
    return found.get_object() if isinstance(found, IndirectObject) else found
