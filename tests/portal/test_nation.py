"""With every village of the nation the register and the map stay as they are."""

import gzip
from functools import partial

from django.db import connection

from desabinaan.portal.services.coverage import refresh_coverage
from tests.dataset import Dataset
from tests.monthly.months import SignedIn
from tests.plans import read_whole, selects
from tests.portal.test_map import POINTS, gathered, points

NATION = "95,-11,141,6"
STREETS = "106.2,-6.1,106.3,-6.0"
MANY = """
    SET LOCAL session_replication_role = replica;
    INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
    SELECT '36.04.' || 15 + n / 1000 || '.' || 3000 + n %% 1000, 4, 'desa',
        'Desa ' || n, n::text, '36.04.13'
    FROM generate_series(0, 83999) n;
    INSERT INTO register_village (region_id, office_id, name, district_name,
        regency_id, regency_name, status, reason, access_note, profile, version,
        latitude, longitude)
    SELECT code, %(office)s, name, 'Tirtayasa', '36.04', 'Kabupaten Serang',
        'designated', 'x', '', '', 1,
        round((-11 + 17 * random())::numeric, 5),
        round((95 + 46 * random())::numeric, 5)
    FROM places_region WHERE name LIKE 'Desa %%';
    SET LOCAL session_replication_role = origin;
    ANALYZE;
"""

GROWING = {"register_village", "places_region", "portal_villagecoverage"}

#: zoning and vulnerability count the villages of one's own offices, which here are
#: all of them: they are not asked
PAGES = [
    "/desa/",
    "/desa/?urut=nama",
    "/desa/?urut=-nama",
    "/desa/?kabupaten=36.04",
    "/desa/?status=designated",
    "/desa/?pimpasa=tanpa",
    "/desa/?q=4711",
    "/desa/cari/?q=4711",
    "/desa/peta/",
    f"{POINTS}?bbox={NATION}&zoom=3",
    f"{POINTS}?bbox={NATION}&zoom=8",
    f"{POINTS}?bbox={STREETS}&zoom=16",
    "/desa/kegiatan/",
]


def test_eighty_four_thousand_villages(dataset: Dataset, signed_in: SignedIn) -> None:
    """Its parts share the rows: to write them takes longer than to ask of them."""
    with connection.cursor() as cursor:
        cursor.execute(MANY, {"office": dataset.serang.pk})
    refresh_coverage()
    client = signed_in("kanwil")
    for zoom in (3, 5, 8, 16):
        body = client.get(POINTS, {"bbox": NATION, "zoom": zoom}).content
        assert len(gzip.compress(body)) < 200_000, zoom
    assert gathered(points(client, 5, NATION)) == 84_000
    found = {
        page: read_whole(selects(partial(client.get, page)), GROWING) for page in PAGES
    }
    assert {page: tables for page, tables in found.items() if tables} == {}
