"""Pictures re-encoded: upright, of moderate size, without camera data."""

import struct
import zlib
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

LONGEST_EDGE = 2400
QUALITY = 85
#: the greatest of 65,536 levels becomes the greatest of 256
SIXTEEN_TO_EIGHT_BITS = 257
START_OF_SCAN = b"\xda"
#: JPG segments with place, camera and people: Exif, XMP, IPTC, comment.
PRIVATE_MARKERS = {b"\xe1", b"\xed", b"\xfe"}
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
#: A JPG is decoded small (`draft`), a PNG only in full: it may be smaller.
MOST_SCANS = 50
#: of a PNG: bytes of all its pixels, and channels by type of colour
MOST_UNPACKED = 100_000_000
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
MEGAPIXELS = {"image/jpeg": 64, "image/png": 24}
FLOODED = (Image.DecompressionBombError, Image.DecompressionBombWarning)
#: Exceptions of Pillow on malformed files.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
)


def refuse_costly(content: bytes, content_type: str) -> None:
    """Refuse by its bytes alone a picture that would cost too much to decode.

    A JPG is decoded once for each of its scans; a PNG of 16 bits needs twice the
    memory of the same picture in 8.
    """
    if content_type == "image/jpeg":
        is_costly = content.count(b"\xff" + START_OF_SCAN) > MOST_SCANS
    else:
        head = content.ljust(26, b"\0")
        width, height, bits, colours = struct.unpack_from(">IIBB", head, 16)
        unpacked = width * height * bits * CHANNELS.get(colours, 4) // 8
        is_costly = unpacked > MOST_UNPACKED
    if is_costly:
        raise _too_many_pixels(content_type)


def clean_picture(content: bytes, content_type: str) -> bytes:
    """Return the picture re-encoded in its format, at most 2400 px long."""
    try:
        _verify(content, content_type)
        return _reencoded(content, content_type)
    except FLOODED as flood:
        raise _too_many_pixels(content_type) from flood
    except BROKEN as problem:
        raise ValidationError(
            _(
                "The picture is broken or incomplete. "
                "Send it once more, or take the photo again."
            ),
            "broken",
        ) from problem


def _verify(content: bytes, content_type: str) -> None:
    with _opened(content, content_type) as image:
        if image.width * image.height > MEGAPIXELS[content_type] * 1_000_000:
            raise Image.DecompressionBombError
        image.verify()


def _reencoded(content: bytes, content_type: str) -> bytes:
    with _opened(content, content_type) as image:
        image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(image)
    picture = _in_eight_bits(upright).convert(_mode(upright, content_type))
    picture.info.clear()
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    encoded = BytesIO()
    if content_type == "image/png":
        picture.save(encoded, "PNG", optimize=True)
    else:
        picture.save(encoded, "JPEG", quality=QUALITY, progressive=True)
    return encoded.getvalue()


def _opened(content: bytes, content_type: str) -> Image.Image:
    return Image.open(BytesIO(content), formats=[FORMATS[content_type]])


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey scan of 16 bits in 8; converted as it is, all would be white."""
    if not image.mode.startswith("I"):
        return image
    return image.point(lambda level: level * (1 / SIXTEEN_TO_EIGHT_BITS)).convert("L")


def _mode(image: Image.Image, content_type: str) -> str:
    keeps_holes = content_type == "image/png" and image.has_transparency_data
    return "RGBA" if keeps_holes else "RGB"


def _too_many_pixels(content_type: str) -> ValidationError:
    return ValidationError(
        _(
            "The picture has too many pixels, the limit is %(limit)s million. "
            "Make it smaller, then choose it again."
        ),
        "pixels",
        {"limit": MEGAPIXELS[content_type]},
    )


def without_camera_data(jpeg: bytes) -> bytes:
    """Return the JPG without place, camera and comments; pixels stay the same."""
    segments, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != START_OF_SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1 : at + 2] not in PRIVATE_MARKERS:
            segments.append(jpeg[at:end])
        at = end
    return b"".join([*segments, jpeg[at:]])
