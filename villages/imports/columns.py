"""The columns a list of villages may have, and the headings they go by."""

from django.utils.translation import gettext_lazy as _

from desabinaan.uploads.columns import ColumnSpec

#: headings of a column of contacts that also say their position
HEAD_OF_VILLAGE = (
    "kepala desa",
    "nama kepala desa",
    "kades",
    "nama kades",
    "lurah",
    "nama lurah",
    "kepala desa lurah",
    "nama kepala desa lurah",
    "kepala desa kelurahan",
    "nama kepala desa kelurahan",
)
COLUMNS = {
    "code": ColumnSpec(
        _("Code"),
        (
            "kode",
            "kode desa",
            "kode desa kelurahan",
            "kode wilayah",
            "kode wil",
            "village code",
        ),
    ),
    # Codes of Statistics Indonesia (BPS) look the same without dots.
    "ministry_code": ColumnSpec(
        _("Code of the Ministry of Home Affairs"),
        ("kode kemendagri", "kode kepmendagri", "kode permendagri", "kode mendagri"),
    ),
    "village": ColumnSpec(
        _("Village"),
        (
            "desa",
            "nama desa",
            "desa kelurahan",
            "nama desa kelurahan",
            "nama kelurahan desa",
            "kelurahan desa",
            "desa kel",
            "desa binaan",
            "nama desa binaan",
            "kelurahan",
            "nama kelurahan",
            "nagori",
            "village name",
        ),
    ),
    "district": ColumnSpec(
        _("District"), ("kecamatan", "nama kecamatan", "kec", "district")
    ),
    "regency": ColumnSpec(
        _("Regency or city"),
        (
            "kabupaten",
            "kabupaten kota",
            "kab kota",
            "kabupaten atau kota",
            "nama kabupaten",
            "nama kabupaten kota",
            "kota kabupaten",
            "kab",
            "regency",
        ),
    ),
    "status": ColumnSpec(_("State"), ("status", "keadaan", "status desa", "state")),
    "decree_number": ColumnSpec(
        _("Decree number"),
        (
            "nomor surat keputusan",
            "nomor sk",
            "no sk",
            "sk nomor",
            "sk penetapan nomor",
            "nomor sk penetapan",
            "surat keputusan nomor",
            "nomor keputusan",
            "sk",
        ),
    ),
    "decree_date": ColumnSpec(
        _("Date of the decree"),
        (
            "tanggal surat keputusan",
            "tanggal sk",
            "tgl sk",
            "sk tanggal",
            "sk penetapan tanggal",
            "tanggal sk penetapan",
            "surat keputusan tanggal",
            "tanggal keputusan",
            "decree date",
        ),
    ),
    "signatory": ColumnSpec(
        _("Signed by"),
        (
            "ditandatangani oleh",
            "penandatangan",
            "sk penandatangan",
            "sk penetapan penandatangan",
            "penanda tangan",
        ),
    ),
    "officer": ColumnSpec(
        "PIMPASA",
        (
            "pimpasa",
            "nama pimpasa",
            "petugas",
            "petugas pimpasa",
            "officers (pimpasa)",
        ),
    ),
    "letter_number": ColumnSpec(
        _("Letter of assignment"),
        ("nomor surat tugas", "surat tugas", "no surat tugas"),
    ),
    "letter_date": ColumnSpec(
        _("Serves from"),
        ("tanggal surat tugas", "mulai bertugas", "tmt"),
    ),
    "latitude": ColumnSpec(
        _("Latitude"), ("lintang", "latitude", "lat", "koordinat lintang")
    ),
    "longitude": ColumnSpec(
        _("Longitude"), ("bujur", "longitude", "long", "lng", "koordinat bujur")
    ),
    "population": ColumnSpec(
        _("Inhabitants"),
        (
            "penduduk",
            "jumlah penduduk",
            "jml penduduk",
            "jumlah penduduk jiwa",
            "penduduk jiwa",
            "jumlah jiwa",
            "jiwa",
            "population",
        ),
        _("Of a village where nobody lives any more: “uninhabited”."),
    ),
    "households": ColumnSpec(
        _("Households"),
        ("rumah tangga", "jumlah rumah tangga", "kk", "jumlah kk"),
    ),
    "schemes": ColumnSpec(_("Other schemes"), ("program lain", "program", "skema")),
    "contact_name": ColumnSpec(
        _("Contact"), ("nama kontak", "narahubung", "contact", *HEAD_OF_VILLAGE)
    ),
    "contact_position": ColumnSpec(
        _("Position of the contact"), ("jabatan kontak", "jabatan", "position")
    ),
    "contact_phone": ColumnSpec(
        _("Telephone of the contact"),
        (
            "telepon kontak",
            "telepon",
            "no telepon",
            "nomor telepon",
            "no hp",
            "nomor hp",
            "hp",
            "telephone",
            "phone",
            "phone number",
        ),
    ),
    "reason": ColumnSpec(
        _("Why this village"),
        ("alasan", "alasan pengusulan", "mengapa desa ini"),
    ),
}
#: columns that name the village; they may be filled in though the list lacks them
NAMES = ("code", "ministry_code", "village", "district", "regency")
#: a row with one of them may be asked for the others, though the list lacks them
ASKED_TOGETHER = (
    {"decree_number", "decree_date", "signatory"},
    {"officer", "letter_number", "letter_date"},
    {"latitude", "longitude"},
    {"population", "households"},
    {"contact_name", "contact_position", "contact_phone"},
)
