"""The columns a list of villages may have, and the words that stand above them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Known:
    """A column: its name for people, and its headings in the lists of offices."""

    label: StrOrPromise
    words: tuple[str, ...]


COLUMNS = {
    "code": Known(
        _("Code"),
        ("kode", "kode desa", "kode wilayah", "kode kemendagri", "code"),
    ),
    "village": Known(
        _("Village"),
        (
            "desa",
            "nama desa",
            "desa kelurahan",
            "nama desa kelurahan",
            "desa binaan",
            "kelurahan",
            "nagori",
            "village",
        ),
    ),
    "district": Known(
        _("District"), ("kecamatan", "nama kecamatan", "kec", "district")
    ),
    "regency": Known(
        _("Regency or city"),
        (
            "kabupaten",
            "kabupaten kota",
            "kab kota",
            "kabupaten atau kota",
            "kab",
            "regency",
            "regency or city",
        ),
    ),
    "status": Known(_("State"), ("status", "keadaan", "status desa", "state")),
    "decree_number": Known(
        _("Decree number"),
        (
            "nomor surat keputusan",
            "nomor sk",
            "no sk",
            "sk nomor",
            "nomor keputusan",
            "decree number",
            "sk",
        ),
    ),
    "decree_date": Known(
        _("Date of the decree"),
        (
            "tanggal surat keputusan",
            "tanggal sk",
            "tgl sk",
            "sk tanggal",
            "tanggal keputusan",
            "date of the decree",
        ),
    ),
    "signatory": Known(
        _("Signed by"),
        (
            "ditandatangani oleh",
            "penandatangan",
            "sk penandatangan",
            "penanda tangan",
            "signed by",
        ),
    ),
    "officer": Known(
        "PIMPASA", ("pimpasa", "nama pimpasa", "petugas", "petugas pimpasa")
    ),
    "letter_number": Known(
        _("Letter of assignment"),
        ("nomor surat tugas", "surat tugas", "no surat tugas", "letter of assignment"),
    ),
    "letter_date": Known(
        _("Serves from"),
        ("tanggal surat tugas", "mulai bertugas", "tmt", "serves from"),
    ),
    "latitude": Known(
        _("Latitude"), ("lintang", "latitude", "lat", "koordinat lintang")
    ),
    "longitude": Known(
        _("Longitude"), ("bujur", "longitude", "long", "lng", "koordinat bujur")
    ),
    "population": Known(
        _("Inhabitants"), ("penduduk", "jumlah penduduk", "jiwa", "inhabitants")
    ),
    "households": Known(
        _("Households"), ("rumah tangga", "kk", "jumlah kk", "households")
    ),
    "schemes": Known(
        _("Other schemes"), ("program lain", "program", "skema", "other schemes")
    ),
    "contact_name": Known(
        _("Contact"), ("nama kontak", "narahubung", "kepala desa", "contact")
    ),
    "contact_position": Known(
        _("Position of the contact"), ("jabatan kontak", "jabatan", "position")
    ),
    "contact_phone": Known(
        _("Telephone of the contact"),
        ("telepon kontak", "telepon", "no hp", "nomor hp", "hp", "telephone"),
    ),
    "reason": Known(
        _("Why this village"),
        ("alasan", "alasan pengusulan", "mengapa desa ini", "why this village"),
    ),
}
WORDS = {name: known.words for name, known in COLUMNS.items()}
