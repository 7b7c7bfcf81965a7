"""One field for every section; users find only what they may see."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.dataset import Dataset, make_session, make_village
from tests.plan import reporting as telling
from tests.plans import read_whole, selects
from tests.sessions import sessions as scene
from villages.places.models import Region

pytestmark = pytest.mark.django_db


def found(client: Client, typed: str) -> dict[str, list[str]]:
    groups = client.get("/cari/", {"q": typed}).context["groups"]
    return {
        str(group.title): [hit.title for hit in group.hits]
        for group in groups
        if group.hits
    }


@pytest.fixture
def searched(dataset: Dataset) -> Dataset:
    """A village, a session, an action and an agency that share the word Mangrove."""
    Region.objects.filter(pk="36.04.13.2008").update(name="Mangrove Jum'at")
    make_village("36.04.13.2008", dataset.serang)
    scene.action(dataset, title="Menanam mangrove")
    make_session(dataset.serang, dataset.people["serang"], theme="Hutan Mangrove")
    dataset.agencies["polres"].name = "Dinas Mangrove"
    dataset.agencies["polres"].save(update_fields=["name"])
    return dataset


EVERYTHING = {
    "Desa": ["Mangrove Jum'at, Tirtayasa"],
    "FGD": ["Hutan Mangrove"],
    "Rencana aksi": ["Menanam mangrove"],
    "Instansi": ["Polres Serang"],
}


@pytest.mark.parametrize("typed", ["mangrove", "MANGROVE", " mangro ", "mangrove*"])
def test_every_section_ignores_case(searched, signed_in, typed: str) -> None:
    assert found(signed_in("serang"), typed) == EVERYTHING


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("kanwil", {"Desa", "FGD", "Rencana aksi", "Instansi"}),
        ("auditor", {"Desa", "FGD", "Rencana aksi", "Instansi"}),
        ("pimpasa", {"FGD", "Rencana aksi", "Instansi"}),
        ("official", {"Rencana aksi", "Instansi"}),
        ("dinsos", {"Rencana aksi", "Instansi"}),
        ("tangerang", {"Instansi"}),
        ("mixed", {"Instansi"}),
        ("triage", {"Instansi"}),
    ],
)
def test_nobody_finds_invisible_rows(searched, signed_in, name, sections) -> None:
    assert set(found(signed_in(name), "mangrove")) == sections


@pytest.mark.parametrize("name", ["nobody", "admin", "leader"])
def test_users_without_a_section_have_no_search(searched, signed_in, name) -> None:
    client = signed_in(name)
    assert client.get("/cari/", {"q": "mangrove"}).status_code == 403
    assert 'action="/cari/"' not in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["kanwil", "official", "dinsos", "triage"])
def test_the_field_is_on_top_of_every_page(dataset, signed_in, name) -> None:
    page = signed_in(name).get("/").content.decode()
    assert 'action="/cari/"' in page
    assert 'href="/cari/"' in page


@pytest.mark.parametrize("typed", ["jum'at", "Jum’at", "jumat", "mangrove jum"])
def test_an_apostrophe_does_not_count(searched, signed_in, typed: str) -> None:
    assert found(signed_in("serang"), typed) == {"Desa": EVERYTHING["Desa"]}


@pytest.mark.parametrize("typed", ["", " ", "m", "'", "m'", "& | !", "%"])
def test_too_short_a_search_is_refused(dataset, signed_in, typed: str) -> None:
    page = signed_in("serang").get("/cari/", {"q": typed})
    message = "paling sedikit dua huruf" if typed.strip() else "Ketik nama"
    assert message in page.content.decode()
    assert page.context["groups"] == []


@pytest.mark.parametrize("typed", ["zzz", "lontar & !", ":* | zz", "x" * 100, "<b>tak"])
def test_nothing_found_and_odd_signs_show_a_hint(dataset, signed_in, typed) -> None:
    page = signed_in("serang").get("/cari/", {"q": typed})
    assert page.status_code == 200
    assert "<b>tak" not in page.content.decode()
    if typed != "lontar & !":
        assert "Tidak ada yang cocok" in page.content.decode()


@pytest.mark.parametrize("typed", ["x" * 101, "a\0b"])
def test_what_cannot_be_a_word_is_refused(dataset, signed_in, typed) -> None:
    page = signed_in("serang").get("/cari/", {"q": typed})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_an_action_is_found_by_its_number(dataset: Dataset, signed_in) -> None:
    action = telling.action(dataset)
    for typed in (action.reference, f"rtl {action.pk}", action.reference.lower()):
        assert found(signed_in("dinsos"), typed) == {"Rencana aksi": [action.title]}
    assert found(signed_in("tangerang"), action.reference) == {}


def test_a_village_of_exactly_this_name_comes_first(
    dataset: Dataset, signed_in
) -> None:
    for number in range(6):
        code = f"36.04.13.21{number:02}"
        Region.objects.create(
            code=code, name=f"Aa Lontar {number}", level=4, parent_id="36.04.13"
        )
        make_village(code, dataset.serang)
    names = found(signed_in("serang"), "lontar")["Desa"]
    assert names[0] == "Lontar, Tirtayasa"
    assert len(names) == 5


def test_more_than_five_lead_to_the_narrowed_list(dataset: Dataset, signed_in) -> None:
    for day in range(1, 8):
        scene.action(dataset, title="Patroli malam", due_on=date(2026, 3, day))
        make_session(dataset.serang, dataset.people["serang"], theme="Patroli malam")
    client = signed_in("serang")
    groups = client.get("/cari/?q=patroli").context["groups"]
    urls = [group.all_url for group in groups if group.are_more]
    assert urls == ["/fgd/?cari=patroli", "/rencana-aksi/?q=patroli"]
    assert [len(group.hits) for group in groups if group.hits] == [5, 5]
    rows = client.get(urls[1]).context["rows"]
    assert [row["title"] for row in rows] == 7 * ["Patroli malam"]


def test_finished_actions_are_found_in_ones_own_plan_too(dataset, signed_in) -> None:
    telling.action(dataset, "verified_done", title="Rampung")
    client = signed_in("dinsos")
    assert client.get("/rencana-aksi/").context["rows"] == []
    [row] = client.get("/rencana-aksi/?q=rampung").context["rows"]
    assert row["title"] == "Rampung"


def test_a_search_takes_the_same_queries_whatever_it_finds(
    searched, signed_in, many_matches
) -> None:
    client = signed_in("kanwil")
    with CaptureQueriesContext(connection) as few:
        client.get("/cari/?q=mangrove")
    many_matches(20)
    with CaptureQueriesContext(connection) as lots:
        client.get("/cari/?q=mangrove")
    assert len(lots) == len(few) <= 9


@pytest.fixture
def many_matches(searched: Dataset) -> Any:
    def lay(count: int) -> None:
        for _number in range(count):
            scene.action(searched, title="Mangrove lagi")
            make_session(searched.serang, searched.people["serang"], theme="Mangrove")

    return lay


# --- A hundred thousand rows -------------------------------------------------

ROWS = """
    INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
    SELECT '36.04.' || (20 + n / 1000) || '.' || (3000 + n %% 1000), 4, 'desa',
        'Desa ' || n, n::text, '36.04.13'
    FROM generate_series(1, 30000) n;
    INSERT INTO register_village (region_id, office_id, name, district_name,
        regency_id, regency_name, status, reason, access_note, profile, version)
    SELECT code, %(office)s, name, 'Tirtayasa', '36.04', 'Kabupaten Serang',
        'designated', '', '', '', 1
    FROM places_region WHERE name LIKE 'Desa %%';
    INSERT INTO fgd_sessions_session (office_id, theme, purpose, starts_at,
        ends_at, venue,
        status, version, created_by_id, created_at, finalised_at, closing_note)
    SELECT %(office)s, 'Pertemuan ' || n, '', t, t + interval '4 hours', 'Balai',
        'finalised', 1, %(user)s, t, t, ''
    FROM generate_series(1, 36000) n,
        LATERAL (SELECT timestamptz '2010-01-01' + n * interval '4 hours' t) day;
    INSERT INTO plan_recommendation (session_id, number, text, version)
    SELECT id, 1, 'Rekomendasi', 1 FROM fgd_sessions_session
    WHERE theme LIKE 'Pertemuan %%';
    INSERT INTO plan_action (recommendation_id, session_id, office_id, title,
        lead_agency_id, due_on, indicator, pillar, funding, status, percent,
        agreed_at, evidence_count, villages_open, created_at, version,
        done_reason, return_reason)
    SELECT r.id, r.session_id, %(office)s, 'Langkah ' || r.id, %(agency)s,
        date '2027-01-01', 'x', 'service', '', 'in_progress', 10, now(), 0, 0,
        now(), 1, '', ''
    FROM plan_recommendation r WHERE r.text = 'Rekomendasi';
    SELECT gin_clean_pending_list(indexrelid) FROM pg_index
        JOIN pg_class ON pg_class.oid = indexrelid
        WHERE relname IN
            ('village_search', 'session_search', 'action_search');
    ANALYZE;
"""
#: Agencies are some hundreds; a table of that size is quickest read whole.
GROWING = {"register_village", "fgd_sessions_session", "plan_action"}


@pytest.fixture
def crowded(searched: Dataset) -> Dataset:
    with connection.cursor() as cursor:
        cursor.execute(
            ROWS,
            {
                "office": searched.serang.pk,
                "agency": searched.agencies["kanim"].pk,
                "user": searched.people["serang"].pk,
            },
        )
    rows = sum(map(_estimated, GROWING))
    assert rows > 100_000
    return searched


PAGES = [
    *(
        (name, f"/cari/?q={word}")
        for name in ("kanwil", "pimpasa", "official", "dinsos")
        for word in ("mangrove", "tidakada")
    ),
    ("kanwil", "/desa/?q=mangrove"),
    ("kanwil", "/fgd/?cari=mangrove"),
    ("kanwil", "/rencana-aksi/?q=mangrove"),
    ("kanwil", "/fgd/instansi/?cari=mangrove"),
]


def test_a_rare_word_is_found_without_reading_a_table(crowded, signed_in) -> None:
    read = {}
    for name, path in PAGES:
        asked = selects(partial(signed_in(name).get, path))
        searches = [sql for sql in asked if " @@ " in sql]
        assert searches
        read[name, path] = read_whole(searches, GROWING, walks=True)
    assert {page: tables for page, tables in read.items() if tables} == {}


def _estimated(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])
