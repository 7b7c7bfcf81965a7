"""The columns a list of focal points may have, and the headings they go by."""

from django.utils.translation import gettext_lazy as _

from desabinaan.uploads.columns import Columns, ColumnSpec
from villages.people.columns import ACCOUNT, BEGIN, NAME

FOCAL_POINT_COLUMNS: Columns = {
    **NAME,
    "agency": ColumnSpec(
        _("Agency"), ("instansi", "nama instansi", "lembaga", "dinas", "agency")
    ),
    "position": ColumnSpec(_("Position"), ("jabatan", "position")),
    **ACCOUNT,
    **BEGIN,
}
