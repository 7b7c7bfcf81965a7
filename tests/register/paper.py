"""Decrees and letters as they would lie on a desk."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter

from desabinaan.lib.files.uploads import PDF, clean_upload
from villages.register.services.assignments import Letter
from villages.register.services.decrees import Decree


def pdf_bytes() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_upload(name: str = "surat.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_bytes(), "application/pdf")


def decree(number: str = "W.11-007", day: date = date(2026, 3, 2)) -> Decree:
    return Decree(number, day, "Kepala Kantor Contoh", clean_upload(pdf_upload(), PDF))


def letter(starts_on: date = date(2026, 1, 5), ends_on: date | None = None) -> Letter:
    return Letter("ST-007/2026", starts_on, ends_on, clean_upload(pdf_upload(), PDF))
