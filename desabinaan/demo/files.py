"""Small invented files: a page of text as PDF, a drawing instead of a photo."""

from io import BytesIO
from zlib import crc32

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 400)
NOTE = "CONTOH - data latihan, bukan dokumen resmi"


def paper(title: str, *lines: str) -> SimpleUploadedFile:
    """Return a PDF of one page that says that it is invented."""
    text = [f"/F1 16 Tf 60 770 Td ({_plain(title)}) Tj /F1 11 Tf"]
    text += [f"0 -24 Td ({_plain(line)}) Tj" for line in (*lines, NOTE)]
    return SimpleUploadedFile(
        "contoh.pdf", _pdf(f"BT {' '.join(text)} ET"), "application/pdf"
    )


def drawing(title: str, extension: str) -> SimpleUploadedFile:
    """Return a picture in `extension` (jpg or png) with its title."""
    seed = crc32(title.encode())
    image = Image.new("RGB", SIZE, (178 + seed % 40, 214, 224))
    pen = ImageDraw.Draw(image)
    ground = 230 + seed % 60
    pen.rectangle((0, ground, *SIZE), fill=(96, 132 + seed % 40, 104))
    pen.rectangle((210, ground - 90, 430, ground + 40), fill=(240, 232, 214))
    pen.polygon(
        [(190, ground - 90), (320, ground - 150), (450, ground - 90)],
        fill=(150, 72, 52),
    )
    pen.text((24, 20), "FOTO CONTOH", fill=(10, 45, 55), font=_font(26))
    pen.text((24, 350), title, fill=(255, 255, 255), font=_font(22))
    buffer = BytesIO()
    image.save(buffer, "JPEG" if extension == "jpg" else "PNG")
    kind = "image/jpeg" if extension == "jpg" else "image/png"
    return SimpleUploadedFile(f"contoh.{extension}", buffer.getvalue(), kind)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _plain(text: str) -> str:
    return (
        text.encode("ascii", "replace").decode().translate({40: "[", 41: "]", 92: "/"})
    )


def _pdf(page: str) -> bytes:
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    written, starts = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        starts.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    tail = (
        f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    )
    return f"{written}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode(
        "ascii"
    )
