"""What came after the first decrees: a pause over a quarter's end, and a correction."""

from dataclasses import replace
from datetime import date

from desabinaan.lib.files import PDF, clean_upload
from reports.recap.demonstration.files import paper
from reports.recap.demonstration.portal import Portal
from villages.actions.decrees import Decree, correct_decree, decree_of, record_decree

SIGNATORY = "Kepala Kantor Wilayah Contoh"
PAUSED = "36.03.13.2010"
PAUSE = (
    ("deactivate", "SK-21/W.12/2026 (contoh)", date(2026, 6, 22)),
    ("reactivate", "SK-24/W.12/2026 (contoh)", date(2026, 7, 9)),
)
ACTING_SIGNATORY = "Pelaksana Harian Kepala Kantor Wilayah Contoh"
MISSPELT = "36.03.06.2018"


def tell_decrees(portal: Portal) -> None:
    """A village rests for some weeks, and a misspelt signatory is set right."""
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
