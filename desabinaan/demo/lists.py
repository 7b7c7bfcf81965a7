"""An uploaded list of villages to check, with the usual ambiguous rows."""

from desabinaan.demo.portal import Portal
from desabinaan.uploads.selectors.uploads import read_upload
from desabinaan.uploads.services import preview_upload, store_upload
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.models import VillageImport

FILENAME = "usulan desa binaan (contoh).csv"
LINES = (
    "No;Kode;Desa;Kecamatan;Kabupaten;Nomor SK;Tanggal SK;Penandatangan",
    "1;36.04.12.2001;Pontang;Pontang;Kabupaten Serang;;;",
    "2;;Ds. Sukajaya;Kec. Pontang;Kab. Serang;;;",
    "3;;LONTAR;;;;;",
    "4;;Tengkurag;Tirtayasa;Kab. Serang;;;",
    "5;;Mauk;;Kab. Tangerang;;;",
    "6;36.04.12.2003;;;;SK-21/W.12/2026 (contoh);12-06-2026;Pejabat Contoh",
)


def upload_a_list(portal: Portal) -> None:
    """Upload a list with three valid rows and three ambiguous ones."""
    kanwil = portal.user("kanwil")
    listed = store_upload(
        VILLAGE_LISTS,
        VillageImport(office=portal.offices["kanwil"]),
        read_upload(VILLAGE_LISTS, FILENAME, "\n".join(LINES).encode()),
        acting_user=kanwil,
    )
    preview_upload(VILLAGE_LISTS, listed, listed.columns, acting_user=kanwil)
