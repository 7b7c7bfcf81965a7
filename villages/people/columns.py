"""The columns a list of people may have, and the headings they go by."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from desabinaan.uploads.columns import Columns, ColumnSpec
from villages.people.models import REQUESTED_ROLES

NAME = {"name": ColumnSpec(_("Name"), ("nama", "nama lengkap", "name", "full name"))}
ACCOUNT = {
    "username": ColumnSpec(
        _("User name"), ("nama pengguna", "username", "user name", "akun")
    ),
    "email": ColumnSpec(_("E-mail"), ("surel", "email", "e mail", "alamat surel")),
    "phone": ColumnSpec(
        _("Telephone"),
        (
            "telepon",
            "hp",
            "no hp",
            "nomor hp",
            "wa",
            "no wa",
            "phone",
            "phone number",
            "telephone",
        ),
    ),
}
BEGIN = {
    "starts_on": ColumnSpec(
        _("From"), ("mulai", "sejak", "tmt", "mulai tanggal", "from")
    )
}
ACCOUNT_COLUMNS: Columns = {
    **NAME,
    "role": ColumnSpec(
        _("Role"),
        ("peran", "jabatan", "role"),
        hint=format_lazy("{}; {}; {}", *(role.label for role in REQUESTED_ROLES)),
    ),
    "place": ColumnSpec(
        _("Village or office"),
        (
            "kode desa atau kantor",
            "kode desa",
            "desa",
            "kantor",
            "untuk",
            "village",
            "office",
            "for",
        ),
    ),
    **ACCOUNT,
    "letter_number": ColumnSpec(
        _("Letter of assignment"),
        ("nomor surat", "surat tugas", "nomor surat tugas", "letter"),
    ),
    **BEGIN,
}
