"""At a hundred thousand rows no page of the lists reads a whole table."""

from functools import partial

import pytest
from django.db import connection

from reports.monthly import selectors
from tests.dataset import Dataset
from tests.monthly.months import MONTH, SignedIn, make_slot
from tests.plans import read_whole, selects

GROWING = {"monthly_reportslot", "monthly_monthlyreport", "register_village"}
ROWS = """
    INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
    SELECT '36.04.13.' || n, 4, 'desa', 'Desa ' || n, n::text, '36.04.13'
    FROM generate_series(3001, 7200) n;
    INSERT INTO register_village (region_id, office_id, name, district_name,
        regency_id, regency_name, status, reason, access_note, profile, version)
    SELECT code, %(office)s, name, 'Tirtayasa', '36.04', 'Kabupaten Serang',
        'designated', 'x', '', '', 1
    FROM places_region WHERE name LIKE 'Desa %%';
    INSERT INTO monthly_reportslot (village_id, month, due_on, status, excuse)
    SELECT v.id, m, m + interval '1 month 4 days',
        CASE v.id %% 40 WHEN 0 THEN 'open' WHEN 1 THEN 'submitted'
            ELSE 'verified' END, ''
    FROM register_village v,
        generate_series(date '2022-01-01', date '2023-12-01', '1 month') m;
    INSERT INTO monthly_monthlyreport (slot_id, outreach_held, people_reached,
        coordination_meetings, office_questions, job_offers_heard,
        new_recruiters_seen, departures_known, departures_undocumented,
        returns_known, returns_with_problems, families_without_news,
        foreigners_reported, is_nil, channel, entered_by_id, version)
    SELECT id, 1,1,1,1,1,1,1,1,1,1,1,1, false, 'portal', %(user)s, 1
    FROM monthly_reportslot WHERE status = 'submitted' OR id %% 5 = 0;
    SELECT gin_clean_pending_list('village_search');
    ANALYZE;
"""


@pytest.fixture
def crowd(dataset: Dataset) -> Dataset:
    make_slot(dataset.villages["lontar"])
    with connection.cursor() as cursor:
        cursor.execute(
            ROWS, {"office": dataset.serang.pk, "user": dataset.people["official"].pk}
        )
    return dataset


PAGES = [
    ("kanwil", ""),
    ("kanwil", "?urut=tenggat"),
    ("kanwil", "?urut=-bulan"),
    ("kanwil", "?status=submitted"),
    ("kanwil", "?status=terlambat"),
    ("kanwil", "?bulan={month}"),
    ("kanwil", "?cari=4711"),
    ("serang", ""),
    ("serang", "periksa/"),
    ("pimpasa", ""),
    ("official", "?status=verified"),
    ("official", "36.04.13.2007/"),
    ("official", "36.04.13.2007/{month}/"),
    ("official", "36.04.13.2007/{month}/isi/"),
]


def test_no_page_reads_a_whole_growing_table(
    crowd: Dataset, signed_in: SignedIn
) -> None:
    found = {}
    for person, path in PAGES:
        client = signed_in(person)
        address = f"/laporan/bulanan/{path.format(month=f'{MONTH:%Y-%m}')}"
        found[person, path] = read_whole(selects(partial(client.get, address)), GROWING)
    waiting = selects(partial(selectors.waiting_for, crowd.user("serang")))
    # Of every village some months wait: they are joined with its office and report.
    not_joined = GROWING - {"monthly_monthlyreport", "register_village"}
    found["serang", "home"] = read_whole(waiting, not_joined)
    assert {page: tables for page, tables in found.items() if tables} == {}
