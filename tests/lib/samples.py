"""Files for tests, made on the spot: ordinary ones, and sixty made to harm."""

import hashlib
import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)

GPS_WORDS = b"GPS-HERE"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


# --- Ordinary ----------------------------------------------------------------


def picture(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height))
    ImageDraw.Draw(image).rectangle((10, 10, width // 2, height // 2), fill=200)
    return image


def jpg(width: int = 320, height: int = 200, mode: str = "RGB", **options) -> bytes:
    out = BytesIO()
    picture(width, height, mode).save(out, "JPEG", **options)
    return out.getvalue()


def png(width: int = 320, height: int = 200, mode: str = "RGB", **options) -> bytes:
    out = BytesIO()
    picture(width, height, mode).save(out, "PNG", **options)
    return out.getvalue()


def deep_png(*samples: int, colour: int) -> bytes:
    """One row of 16-bit samples; `colour` is PNG's: 0 grey, 2 RGB, 4 grey and alpha."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checked = zlib.crc32(name + content)
        return (
            struct.pack(">I", len(content))
            + name
            + content
            + struct.pack(">I", checked)
        )

    width = len(samples) // {0: 1, 2: 3, 4: 2}[colour]
    row = b"\0" + struct.pack(f">{len(samples)}H", *samples)
    head = struct.pack(">IIBBBBB", width, 1, 16, colour, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", zlib.compress(row)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def noisy_jpg(width: int, height: int, quality: int = 95) -> bytes:
    grain = hashlib.shake_128(b"grain").digest(width * height * 3)
    out = BytesIO()
    Image.frombytes("RGB", (width, height), grain).save(out, "JPEG", quality=quality)
    return out.getvalue()


def photo_with_gps(orientation: int = 6) -> bytes:
    """A phone's photo: place, serial number, comment, and lying on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = GPS_WORDS.decode()
    exif[0xA431] = "SERIAL-12345"
    exif[0x8825] = {1: "S", 2: (6.0, 7.0, 12.0), 3: "E", 4: (106.0, 9.0, 1.0)}
    return jpg(400, 300, exif=exif.tobytes(), comment=GPS_WORDS, icc_profile=b"I" * 200)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Rahasia Contoh")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Rahasia Contoh</x:xmpmeta>")
    return png(mode="RGBA", pnginfo=words)


def writer(pages: int = 1) -> PdfWriter:
    made = PdfWriter()
    for _page in range(pages):
        made.add_blank_page(595, 842)
    return made


def written(made: PdfWriter) -> bytes:
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    made = writer(pages)
    made.add_metadata({"/Author": "Rahasia Contoh", "/Title": "Surat"})
    note = FreeText(text="Catatan", rect=(50, 550, 200, 650))
    made.add_annotation(page_number=0, annotation=note)
    return written(made)


def pdf_of_photo() -> bytes:
    """A photo put on a page as it came from the phone."""
    made = writer()
    photo = EncodedStreamObject()
    photo._data = photo_with_gps()
    for name, value in (
        ("/Type", NameObject("/XObject")),
        ("/Subtype", NameObject("/Image")),
        ("/Filter", NameObject("/DCTDecode")),
        ("/ColorSpace", NameObject("/DeviceRGB")),
        ("/BitsPerComponent", NumberObject(8)),
        ("/Width", NumberObject(400)),
        ("/Height", NumberObject(300)),
    ):
        photo[NameObject(name)] = value
    image = DictionaryObject({NameObject("/Foto"): made._add_object(photo)})
    resources = DictionaryObject({NameObject("/XObject"): image})
    made.pages[0][NameObject("/Resources")] = resources
    return written(made)


def ordinary() -> dict[str, bytes]:
    return {
        "foto.jpg": jpg(),
        "FOTO.JPG": jpg(),
        "IMG_20251111_093012.jpeg": jpg(1200, 900),
        "foto besar.jpg": noisy_jpg(1800, 1400),
        "abu-abu.jpg": jpg(mode="L"),
        "cetak.jpg": jpg(mode="CMYK"),
        "bertahap.jpg": jpg(progressive=True),
        "panorama.jpg": jpg(6000, 500),
        "gps.jpg": photo_with_gps(),
        "foto desa ke-2 (salinan).jpg": jpg(quality=40),
        "tangkapan.png": png(),
        "tembus.png": png(mode="RGBA"),
        "palet.png": png(mode="P"),
        "hitam-putih.png": png(mode="1"),
        "abu.png": png(mode="LA"),
        "kata.png": png_with_words(),
        "surat.pdf": pdf(),
        "laporan 11.11.2025.pdf": pdf(12),
        "kosong.PDF": written(writer()),
        "tautan.pdf": _pdf_with_link(),
        "foto.pdf": pdf_of_photo(),
    }


def _pdf_with_link() -> bytes:
    made = writer()
    made.add_uri(
        page_number=0, uri="https://contoh.id", rect=RectangleObject((10, 10, 100, 30))
    )
    made.add_outline_item(title="Bab 1", page_number=0)
    return written(made)


# --- Made to harm ------------------------------------------------------------


def malicious() -> dict[str, bytes]:
    """Sixty of them; the key is the file's name."""
    samples = _mismatched() | _two_in_one() | _markup() | _office()
    samples |= _archives() | _floods() | _too_large() | _names() | _eicar()
    return samples | _active_pdfs() | _broken()


def _mismatched() -> dict[str, bytes]:
    return {
        "a1.jpg": png(),
        "a2.png": jpg(),
        "a3.pdf": jpg(),
        "a4.jpg": pdf(),
        "a5.jpg": b"MZ\x90\x00" + bytes(400),
        "a6.pdf": b"\x7fELF" + bytes(400),
        "a7.png": b"GIF89a" + bytes(400),
        "a8.jpg": b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(400),
    }


def _two_in_one() -> dict[str, bytes]:
    photo = jpg()
    return {
        "b1.jpg": photo[:20] + b"%PDF-1.7\n" + photo[20:] + b"%%EOF",
        "b2.jpg": b"%PDF-1.4\n" + photo,
        "b3.png": b"GIF89a/*<script>alert(1)</script>*/" + png(),
        "b4.jpg": photo + b"<script>alert(1)</script>",
        "b5.jpg": jpg(comment=b"<?php system($_GET['c']); ?>"),
        "b6.jpg": photo + archive(),
        "b7.png": png() + b"<HTML><body>",
        "b8.pdf": pdf() + b"<html><script>1</script>",
    }


def _markup() -> dict[str, bytes]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    return {
        "c1.svg": svg,
        "c2.png": svg,
        "c3.jpg": b"<!doctype html><script>1</script>",
        "c4.html": b"<html></html>",
        "c5.pdf": b"<?xml version='1.0'?><a/>",
        "c6.jpg": b"<!ENTITY xxe SYSTEM 'file:///etc/passwd'>",
    }


def _office() -> dict[str, bytes]:
    old_office = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    return {
        "d1.doc": old_office,
        "d2.pdf": old_office,
        "d3.docm": archive("word/vbaProject.bin"),
        "d4.pdf": archive("word/vbaProject.bin"),
        "d5.xlsx": archive("xl/workbook.xml"),
        "d6.jpg": b"{\\rtf1\\ansi\\objdata}",
    }


def _archives() -> dict[str, bytes]:
    return {
        "e1.zip": archive(),
        "e2.jpg": archive("../../etc/passwd"),
        "e3.png": b"\x1f\x8b\x08" + bytes(200),
        "e4.pdf": b"Rar!\x1a\x07\x00" + bytes(200),
        "e5.pdf": b"7z\xbc\xaf\x27\x1c" + bytes(200),
        "e6.pdf": pdf() + archive(),
    }


def archive(name: str = "isi.txt") -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b"0" * 20_000)
    return out.getvalue()


def _floods() -> dict[str, bytes]:
    return {
        "f1.png": png_head(50_000, 50_000),
        "f2.png": png_head(12_000, 8_000),
        "f3.png": png_head(100_000, 1_000),
        "f4.jpg": jpg_claiming(60_000, 60_000),
    }


def png_head(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def jpg_claiming(width: int, height: int) -> bytes:
    photo = bytearray(jpg())
    marker = photo.index(b"\xff\xc0")
    photo[marker + 5 : marker + 9] = struct.pack(">HH", height, width)
    return bytes(photo)


def _too_large() -> dict[str, bytes]:
    return {
        "g1.jpg": jpg() + bytes(30 * 1024 * 1024),
        "g2.pdf": pdf() + bytes(10 * 1024 * 1024),
        "g3.png": png() + bytes(100 * 1024 * 1024),
    }


def _names() -> dict[str, bytes]:
    return {
        "foto.jpg.exe": jpg(),
        "foto.jpg.php": jpg(),
        "foto.": jpg(),
        "foto": jpg(),
        ".jpg": jpg(),
        "foto.jpg::$DATA": jpg(),
        "foto.jpg;.asp": jpg(),
        "foto.jpg ": jpg(),
        "foto‮gpj.exe": jpg(),
        ".htaccess": b"AddType application/x-httpd-php .jpg",
    }


def _eicar() -> dict[str, bytes]:
    return {"h1.jpg": EICAR, "h2.pdf": EICAR, "h3.com": EICAR}


def _broken() -> dict[str, bytes]:
    half_pdf = pdf(12)
    return {
        "kosong.jpg": b"",
        "kosong.pdf": b"",
        "j1.jpg": noisy_jpg(200, 200)[:-4000],
        "j2.png": png(mode="RGBA")[:-30],
        "j3.pdf": half_pdf[: len(half_pdf) // 2],
        "j4.pdf": b"%PDF-1.7\n%%EOF",
    }


def _active_pdfs() -> dict[str, bytes]:
    attached = writer()
    attached.add_attachment(filename="alat.exe", data=b"MZ")
    locked = writer()
    locked.encrypt(user_password="rahasia", algorithm="RC4-128")
    return {
        "i1.pdf": with_action("/JavaScript", JS=TextStringObject("app.alert(1)")),
        "i2.pdf": written(attached),
        "i3.pdf": written(locked),
        "i4.pdf": with_action("/Launch", F=TextStringObject("cmd.exe")),
        "i5.pdf": with_xfa(),
        "i6.pdf": with_rich_media(),
    }


def locked_by_aes_256() -> bytes:
    """A PDF locked as most programs lock it today, whose content nobody can read."""
    keys = " ".join(f"/{key} <{'5a' * 48}> /{key}E <{'5a' * 32}>" for key in "OU")
    lock = (
        f"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 {keys} "
        f"/Perms <{'5a' * 16}> "
        "/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> "
        "/StmF /StdCF /StrF /StdCF >>"
    )
    ids = f"/ID [ <{'5a' * 16}> <{'5a' * 16}> ]"
    return written(writer()).replace(b"\n/Root", f"\n{lock}\n{ids}\n/Root".encode())


def with_action(kind: str, **more) -> bytes:
    """A PDF that does something when it is opened."""
    made = writer()
    made.root_object[NameObject("/OpenAction")] = action(kind, **more)
    return written(made)


def with_page_action(kind: str, **more) -> bytes:
    """A PDF that does something when its page is shown."""
    made = writer()
    shown = DictionaryObject({NameObject("/O"): action(kind, **more)})
    made.pages[0][NameObject("/AA")] = shown
    return written(made)


def action(kind: str, **more) -> DictionaryObject:
    entries = {NameObject(f"/{name}"): value for name, value in more.items()}
    return DictionaryObject({NameObject("/S"): NameObject(kind)} | entries)


def with_xfa() -> bytes:
    made = writer()
    stream = DecodedStreamObject()
    stream.set_data(b"<xdp:xdp/>")
    form = {NameObject("/XFA"): made._add_object(stream)}
    made.root_object[NameObject("/AcroForm")] = DictionaryObject(form)
    return written(made)


def with_rich_media() -> bytes:
    made = writer()
    film = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/RichMedia"),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
        }
    )
    made.pages[0][NameObject("/Annots")] = ArrayObject([made._add_object(film)])
    return written(made)
