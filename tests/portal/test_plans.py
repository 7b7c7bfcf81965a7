"""With a hundred thousand rows no home and no village's page reads a whole table."""

from functools import partial

import pytest
from django.db import connection

from tests.dataset import Dataset
from tests.monthly.months import SignedIn
from tests.plans import read_whole, selects

#: Villages are bounded by the map; these are not.
GROWING = {
    "plan_action",
    "plan_actionvillage",
    "plan_fgdevent",
    "fgd_sessions_session",
    "plan_progressupdate",
    "monthly_monthlyevent",
    "monthly_reportslot",
}
ROWS = """
    INSERT INTO fgd_sessions_session (office_id, theme, purpose, starts_at,
        ends_at, venue,
        status, version, created_by_id, created_at, finalised_at, closing_note)
    SELECT %(office)s, 'FGD ' || n, '', t, t + interval '4 hours', 'Balai',
        'finalised', 1, %(user)s, t, t, ''
    FROM generate_series(1, 5000) n,
        LATERAL (SELECT timestamptz '2018-01-01' + n * interval '12 hours' t) day;
    INSERT INTO plan_recommendation (session_id, number, text, version)
    SELECT id, 1, 'Rekomendasi', 1 FROM fgd_sessions_session WHERE theme LIKE 'FGD %%';
    INSERT INTO plan_action (recommendation_id, session_id, office_id, title,
        lead_agency_id, due_on, indicator, pillar, funding, status, percent,
        agreed_at, evidence_count, villages_open, created_at, version,
        reported_by_id, reported_at, verified_by_id, verified_at,
        done_reason, return_reason)
    SELECT r.id, r.session_id, %(office)s, 'Aksi', %(agency)s,
        s.starts_at::date + 60, 'x', 'service', '',
        'verified_done', 100, now(), 1, 0, now(), 1,
        %(user)s, now(), %(other)s, now(), '', ''
    FROM plan_recommendation r JOIN fgd_sessions_session s ON s.id = r.session_id,
        generate_series(1, 4) WHERE r.text = 'Rekomendasi';
    INSERT INTO plan_actionvillage (action_id, village_id, status, reason,
        decision_note, version)
    SELECT id, %(far)s, 'done', '', '', 1 FROM plan_action WHERE title = 'Aksi';
    INSERT INTO monthly_reportslot (village_id, month, due_on, status, excuse)
    SELECT %(far)s, m, m + interval '1 month 4 days', 'verified', ''
    FROM generate_series(date '2000-01-01', date '2099-10-01', '1 month') m;
    INSERT INTO monthly_monthlyevent (slot_id, verb, from_status, to_status, note,
        occurred_at, recorded_at)
    SELECT id, 'verify', 'submitted', 'verified', '', now(), now()
    FROM monthly_reportslot, generate_series(1, 3) WHERE status = 'verified';
    INSERT INTO plan_progressupdate (action_id, percent, text, agency_id,
        is_on_behalf, occurred_on, reported_by_id, recorded_at)
    SELECT id, 100, 'Selesai', %(agency)s, false, due_on, %(user)s, now()
    FROM plan_action WHERE title = 'Aksi';
    ANALYZE;
"""


@pytest.fixture
def crowded(busy: Dataset) -> Dataset:
    values = {
        "office": busy.serang.pk,
        "agency": busy.agencies["polres"].pk,
        "user": busy.people["serang"].pk,
        "other": busy.people["kanwil"].pk,
        "far": busy.villages["pulopanjang"].pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(ROWS, values)
    return busy


PAGES = [
    ("kanwil", "/"),
    ("serang", "/"),
    ("pimpasa", "/"),
    ("official", "/"),
    ("dinsos", "/"),
    ("leader", "/"),
    ("kanwil", "/desa/36.04.13.2007/"),
    ("official", "/desa/36.04.13.2007/"),
    ("serang", "/desa/zonasi/"),
    ("serang", "{handover}"),
    ("serang", "{recap}"),
]


def test_no_page_reads_a_whole_table(crowded: Dataset, signed_in: SignedIn) -> None:
    found = {}
    pimpasa = crowded.villages["lontar"].assignments.get(user__username="pimpasa")
    named = {
        "handover": f"/desa/36.04.13.2007/petugas/{pimpasa.pk}/serah-terima/",
        "recap": f"/rekap/petugas/{pimpasa.user_id}/",
    }
    for name, address in PAGES:
        path = address.format(**named)
        asked = selects(partial(signed_in(name).get, path))
        found[name, path] = read_whole(asked, GROWING)
    assert {page: tables for page, tables in found.items() if tables} == {}
