"""The map: what it counts, for whom, how it gathers, and that it stays small."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from desabinaan.portal import grid
from desabinaan.portal.models import MapCell, RegencyCoverage, VillageCoverage
from desabinaan.portal.services.coverage import refresh_coverage
from reports.monthly.models import ReportSlot
from reports.monthly.selectors.totals import totals
from tests.dataset import Dataset, assign
from tests.monthly import months
from villages.outreach.models import OutreachActivity, OutreachVillage
from villages.places.models import ActivityKind
from villages.register.models import Village

pytestmark = pytest.mark.django_db

PAGE, POINTS, OUTLINES = "/desa/peta/", "/desa/peta/titik/", "/desa/peta/batas/"
BANTEN = "105,-7.2,107,-5.5"
NEAR = "106.2,-6.1,106.5,-5.9"
TODAY = timezone.localdate()
PLACES = {
    "lontar": ("-6.00", "106.29"),
    "tengkurak": ("-6.02", "106.35"),
    "kronjo": ("-6.05", "106.43"),
}


@pytest.fixture
def located(dataset: Dataset) -> Dataset:
    """Three villages on the map and one without coordinates, with fresh figures."""
    for name, (latitude, longitude) in PLACES.items():
        Village.objects.filter(pk=dataset.villages[name].pk).update(
            latitude=latitude, longitude=longitude
        )
    refresh_coverage()
    return dataset


def visit(village: Village, day: date | None) -> None:
    kind, _new = ActivityKind.objects.get_or_create(name="Sambang desa")
    activity = OutreachActivity.objects.create(
        kind=kind,
        pillar="knowledge",
        office=village.office,
        starts_at=timezone.now(),
        created_by=village.office.assignments.first().user,
    )
    OutreachVillage.objects.create(activity=activity, village=village, held_on=day)


def points(client: Client, zoom: int = 16, bbox: str = BANTEN, **more: str) -> Any:
    return client.get(POINTS, {"bbox": bbox, "zoom": zoom, **more}).json()


def gathered(found: Any) -> int:
    """How many villages the answer stands for."""
    return len(found["villages"]) + sum(row[2] for row in found["groups"])


def names(found: Any) -> set[str]:
    return {row[7] for row in found["villages"]}


def test_a_visit_counts_for_ninety_days(located: Dataset) -> None:
    for name, ago in (("lontar", 90), ("tengkurak", 91)):
        visit(located.villages[name], TODAY - timedelta(days=ago))
    visit(located.villages["kronjo"], None)
    assert refresh_coverage() == 2
    visited = dict(VillageCoverage.objects.values_list("village__name", "visited"))
    assert visited == {"Lontar": 1, "Tengkurak": 0, "Kronjo": 0, "Pulo Panjang": 0}


def test_a_report_counts_for_last_month_once_it_was_sent(located: Dataset) -> None:
    for name in ("lontar", "kronjo"):
        months.make_slot(located.villages[name])
    earlier = months.make_slot(located.villages["tengkurak"], months.EARLIER)
    months.send(earlier, located.user("mixed"))
    slot = located.villages["lontar"].report_slots.get()
    months.send(slot, located.user("official"))
    refresh_coverage()
    reported = VillageCoverage.objects.filter(reported=1)
    assert [one.village.name for one in reported] == ["Lontar"]


def test_reports_are_counted_of_the_villages_that_owed_one(
    located: Dataset, signed_in
) -> None:
    """The map and the leader's page have one whole."""
    slots = {
        name: months.make_slot(located.villages[name])
        for name in ("lontar", "tengkurak", "kronjo")
    }
    months.send(slots["lontar"], located.user("official"))
    ReportSlot.objects.filter(pk=slots["kronjo"].pk).update(
        status="excused", excuse="Banjir."
    )
    refresh_coverage()
    counts = totals(located.user("leader"), slots["lontar"].month)
    page = signed_in("kanwil").get(PAGE).context
    assert (counts.sent, counts.owed, counts.completeness) == (1, 2, 50)
    assert page["totals"]["all_reported"] == counts.sent
    assert page["totals"]["all_owed"] == counts.owed
    shares = {row["name"]: row["reported_share"] for row in page["regencies"]}
    assert shares == {"Kabupaten Serang": 50, "Kabupaten Tangerang": 0}
    found = points(signed_in("kanwil"), bbox=NEAR)["villages"]
    assert {row[7]: (row[4], row[6]) for row in found} == {
        "Lontar": (1, 1),
        "Tengkurak": (0, 1),
        "Kronjo": (0, 0),
    }
    for zoom in grid.ROLLED_UP:
        owed = MapCell.objects.filter(zoom=zoom).values_list("owed", flat=True)
        assert sum(owed) == 2


@pytest.mark.parametrize("status", ["draft", "returned", "verified"])
def test_a_month_counts_alike_on_the_map_and_for_the_leader(
    located: Dataset, status: str
) -> None:
    slot = months.make_slot(located.villages["lontar"])
    months.bring_to(located, slot, status)
    refresh_coverage()
    counts = totals(located.user("leader"), slot.month)
    [row] = VillageCoverage.objects.filter(village__name="Lontar")
    assert (row.reported, row.owed) == (counts.sent, counts.owed)
    assert counts.owed == 1


def test_only_a_pimpasa_of_today_is_an_officer(located: Dataset) -> None:
    assign(
        located.people["serang2"],
        "pimpasa",
        village=located.villages["pulopanjang"],
        ends_on=TODAY - timedelta(days=1),
    )
    refresh_coverage()
    with_officer = VillageCoverage.objects.filter(has_officer=True)
    assert {one.village.name for one in with_officer} == {"Lontar", "Kronjo"}


def test_the_roll_ups_equal_the_villages(located: Dataset) -> None:
    visit(located.villages["lontar"], TODAY)
    refresh_coverage()
    assert sum(RegencyCoverage.objects.values_list("villages", flat=True)) == 4
    assert sum(RegencyCoverage.objects.values_list("located", flat=True)) == 3
    for zoom in grid.ROLLED_UP:
        cells = MapCell.objects.filter(zoom=zoom)
        assert sum(cells.values_list("villages", flat=True)) == 3
        assert sum(cells.values_list("visited", flat=True)) == 1


def test_refreshing_again_changes_nothing(located: Dataset, capsys) -> None:
    before = list(MapCell.objects.values_list("pk", flat=True))
    call_command("refresh_coverage")
    assert "0" in capsys.readouterr().out
    assert list(MapCell.objects.values_list("pk", flat=True)) == before


def test_a_village_that_moves_office_moves_in_the_figures(located: Dataset) -> None:
    Village.objects.filter(name="Lontar").update(office=located.tangerang)
    refresh_coverage()
    offices = set(RegencyCoverage.objects.values_list("regency", "office"))
    assert ("36.04", located.tangerang.pk) in offices


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("kanwil", {"Lontar", "Tengkurak", "Kronjo"}),
        ("auditor", {"Lontar", "Tengkurak", "Kronjo"}),
        ("serang", {"Lontar", "Tengkurak"}),
        ("tangerang", {"Kronjo"}),
        ("pimpasa", {"Lontar"}),
        ("mixed", {"Kronjo"}),
    ],
)
@pytest.mark.parametrize("zoom", [4, 16])
def test_everybody_sees_the_own_area(located, signed_in, person, seen, zoom) -> None:
    found = points(signed_in(person), zoom, NEAR)
    if zoom == 16:
        assert names(found) == seen
    assert gathered(found) == len(seen)
    page = signed_in(person).get(PAGE)
    regencies = {row["regency_id"] for row in page.context["regencies"]}
    assert ("36.03" in regencies) == ("Kronjo" in seen)


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"kabupaten": "36.03"}, {"Kronjo"}),
        ({"pimpasa": "tanpa"}, {"Tengkurak"}),
        ({"pimpasa": "ada"}, {"Lontar", "Kronjo"}),
        ({"status": "proposed"}, set()),
        ({"q": "tirtayasa"}, {"Lontar", "Tengkurak"}),
        ({"q": "lon", "kabupaten": "36.04"}, {"Lontar"}),
        ({"kabupaten": "99.99"}, set()),
    ],
)
def test_filters_are_those_of_the_register(located, signed_in, query, seen) -> None:
    client = signed_in("kanwil")
    assert names(points(client, 16, NEAR, **query)) == seen
    far = points(client, 4, **query)
    assert gathered(far) == len(seen)
    page = client.get(PAGE, query)
    assert page.context["list_url"].startswith("/desa/?")
    listed = client.get("/desa/", query)
    rows = {row["name"] for row in listed.context["rows"]} - {"Pulo Panjang"}
    assert rows == seen
    assert listed.context["map_url"].startswith("/desa/peta/?")


def test_near_villages_are_one_group_in_their_middle(located, signed_in) -> None:
    visit(located.villages["lontar"], TODAY)
    refresh_coverage()
    found = points(signed_in("serang"), 7)
    [(latitude, longitude, *figures)] = found["groups"]
    assert found["villages"] == []
    assert (latitude, longitude) == pytest.approx((-6.01, 106.32), abs=0.001)
    assert figures == [2, 1, 0, 1, 0]


def test_a_village_has_its_name_and_last_visit(located, signed_in) -> None:
    visit(located.villages["kronjo"], date(2026, 2, 3))
    refresh_coverage()
    [row] = points(signed_in("tangerang"), 9)["villages"]
    assert row[:2] == pytest.approx([-6.05, 106.43], abs=0.001)
    assert row[7:] == ["Kronjo", "Kronjo", "36.03.07.2001", "3 Februari 2026"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"bbox": BANTEN},
        {"bbox": BANTEN, "zoom": "x"},
        {"bbox": "1,2,3", "zoom": "5"},
        {"bbox": "nan,nan,nan,nan", "zoom": "5"},
        {"bbox": "107,-7,105,-5", "zoom": "5"},
        {"bbox": "a,b,c,d", "zoom": "5"},
    ],
)
@pytest.mark.parametrize("path", [POINTS, OUTLINES])
def test_a_window_that_is_none_is_refused(located, signed_in, path, query) -> None:
    assert signed_in("kanwil").get(path, query).status_code == 400


def test_page_and_answer_take_a_fixed_number_of_queries(
    located, signed_in, django_assert_num_queries
) -> None:
    client = signed_in("kanwil")
    with django_assert_num_queries(7):
        client.get(PAGE)
    with django_assert_num_queries(6):
        points(client, 16, NEAR)
    with django_assert_num_queries(6):
        points(client, 16, NEAR, q="tirtayasa")


def test_the_page_says_what_has_no_coordinates_and_as_of_when(
    located, signed_in
) -> None:
    page = signed_in("kanwil").get(PAGE).content.decode()
    assert "1 desa belum memiliki koordinat" in page
    assert "Data per" in page
    assert "/desa/?kabupaten=36.04" in page


def test_before_the_first_refresh_the_page_asks_for_patience(
    dataset, signed_in
) -> None:
    page = signed_in("kanwil").get(PAGE).content.decode()
    assert "Angka sedang disiapkan" in page
    assert "data-map" not in page


def test_nothing_of_leaflet_is_on_other_pages(located, signed_in) -> None:
    assert "leaflet" in signed_in("kanwil").get(PAGE).content.decode()
    assert "leaflet" not in signed_in("kanwil").get("/desa/").content.decode()


def test_outlines_of_the_level_that_suits_the_zoom(
    located, signed_in, tmp_path
) -> None:
    ring = [[106, -6], [106.5, -6], [106.5, -6.5], [106, -6]]
    path = tmp_path / "batas.geojson"
    features = [
        {
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code in ("36.04", "36.04.13")
    ]
    path.write_text(json.dumps({"features": features}))
    call_command("import_boundaries", path)
    regency = "Kabupaten Serang"
    for zoom, name in ((4, regency), (8, regency), (11, "Tirtayasa")):
        query = {"bbox": BANTEN, "zoom": zoom}
        found = signed_in("serang").get(OUTLINES, query).json()
        assert [one["name"] for one in found["regions"]] == [name]
    elsewhere = {"bbox": "120,-2,121,-1", "zoom": 8}
    assert signed_in("serang").get(OUTLINES, elsewhere).json() == {"regions": []}
