"""A list of villages that waits to be looked over, with doubts as lists have them."""

from reports.recap.demonstration.portal import Portal
from villages.actions import importing
from villages.selectors.importing.uploads import read_list

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
    """The Kanwil sees three rows that are ready and three that are in doubt."""
    kanwil = portal.user("kanwil")
    listed = importing.upload_list(
        portal.offices["kanwil"],
        read_list(FILENAME, "\n".join(LINES).encode()),
        acting_user=kanwil,
    )
    importing.preview_import(listed, listed.columns, acting_user=kanwil)
