"""Later decrees: a pause over the end of a quarter, and a correction."""

from dataclasses import replace
from datetime import date

from desabinaan.demo.files import paper
from desabinaan.demo.portal import Portal
from desabinaan.lib.files.uploads import PDF, clean_upload
from villages.register.services.decrees import (
    Decree,
    correct_decree,
    decree_of,
    record_decree,
)

SIGNATORY = "Kepala Kantor Wilayah Contoh"
PAUSED = "36.03.13.2010"
PAUSE = (
    ("deactivate", "SK-21/W.12/2026 (contoh)", date(2026, 6, 22)),
    ("reactivate", "SK-24/W.12/2026 (contoh)", date(2026, 7, 9)),
)
ACTING_SIGNATORY = "Pelaksana Harian Kepala Kantor Wilayah Contoh"
MISSPELT = "36.03.06.2018"


def record_decrees(portal: Portal) -> None:
    """Deactivate a village for some weeks, and correct a signatory's name."""
    kanwil = portal.user("kanwil")
    for verb, number, day in PAUSE:
        page = paper(f"Keputusan {number}", "Desa Binaan Imigrasi", SIGNATORY)
        decree = Decree(number, day, SIGNATORY, clean_upload(page, PDF))
        record_decree(portal.villages[PAUSED], verb, decree, acting_user=kanwil)
    first = portal.villages[MISSPELT].designations.get()
    correct_decree(
        first,
        decree=replace(decree_of(first), signatory=ACTING_SIGNATORY),
        reason="Jabatan penanda tangan dicocokkan dengan berkasnya (contoh).",
        version=first.version,
        acting_user=kanwil,
    )
