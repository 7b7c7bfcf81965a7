"""A point far from its regency is refused before it is shown on the map."""

import pytest
from django.core.exceptions import ValidationError

from tests.dataset import Dataset
from tests.imports import lists
from villages.places.extents import Box, extent_of
from villages.places.models import Boundary, Region, ServiceArea
from villages.register import services as register_services
from villages.register.models import Village
from villages.register.selectors.nearness import boxes_of

SERANG = "36.04"
RING = [[105.7, -6.3], [106.4, -6.3], [106.4, -5.8], [105.7, -6.3]]
NEAR, ABROAD = ("-6.01", "106.33"), ("-6.01", "126.33")


@pytest.fixture
def outlined(dataset: Dataset) -> Dataset:
    Boundary.objects.create(
        region=Region.objects.get(pk=SERANG),
        level=2, outline=[RING], sketch=[RING],
        west=105.7, south=-6.3, east=106.4, north=-5.8,
    )  # fmt: skip
    return dataset


def point(pair: tuple[str, str]) -> dict[str, float]:
    return {"latitude": float(pair[0]), "longitude": float(pair[1])}


def edit(dataset: Dataset, pair: tuple[str, str]) -> Village:
    lontar = Village.objects.get(pk=dataset.villages["lontar"].pk)
    return register_services.edit_village(
        lontar, point(pair), version=lontar.version, acting_user=dataset.user("kanwil")
    )


def test_a_point_outside_the_outline_is_refused(outlined: Dataset):
    edit(outlined, NEAR)
    with pytest.raises(ValidationError) as error:
        edit(outlined, ABROAD)
    assert "Kabupaten Serang" in str(error.value)


@pytest.mark.parametrize("far", [ABROAD, ("6.01", "106.33"), ("-6.01", "105.33")])
def test_without_an_outline_the_known_villages_of_the_regency_decide(
    dataset: Dataset, far: tuple[str, str]
):
    edit(dataset, NEAR)
    with pytest.raises(ValidationError, match="Kabupaten Serang"):
        edit(dataset, far)


def test_an_outline_counts_before_the_known_villages(outlined: Dataset):
    Boundary.objects.update(west=106.2)
    assert boxes_of([SERANG])[SERANG].west == pytest.approx(106.0)


def test_a_regency_of_an_unknown_province_has_no_box(dataset: Dataset):
    assert boxes_of(["99.01"]) == {}


def test_a_new_regency_has_the_box_of_its_province():
    box = extent_of("92.03.01.2001")
    assert box is not None
    assert box.covers(Box(133.0, -4.0, 135.0, -1.0))
    assert box.misses({"latitude": -1.0, "longitude": 116.8})


def test_a_small_island_beyond_the_outline_is_near(outlined: Dataset):
    edit(outlined, ("-5.7", "106.5"))


def test_a_list_with_such_a_point_is_in_doubt(outlined: Dataset):
    kanwil = outlined.user("kanwil")
    for (latitude, longitude), problems in ((NEAR, []), (ABROAD, ["far_away"])):
        cells = {"latitude": latitude, "longitude": longitude}
        rows = [lists.row(code="36.04.13.2007", **cells)]
        found = lists.only_row(lists.previewed(outlined.kanwil, kanwil, rows))
        assert lists.problems_of(found) == problems


def test_a_proposal_far_away_is_refused(outlined: Dataset):
    region = Region.objects.get(pk="36.04.13.2008")
    with pytest.raises(ValidationError):
        register_services.propose_village(
            region,
            {"reason": "Pantai."} | point(ABROAD),
            acting_user=outlined.user("serang"),
        )
    assert not Village.objects.filter(region=region).exists()


NORTH_SUMATRA = {
    "12": "Sumatera Utara",
    "12.07": "Kabupaten Deli Serdang",
    "12.07.26": "Percut Sei Tuan",
    "12.07.26.2003": "Sampali",
    "12.07.27": "Batang Kuis",
    "12.07.27.2003": "Sena",
}


@pytest.fixture
def sumatra(dataset: Dataset) -> Dataset:
    """The dataset, and an office north of the equator without any outline."""
    for code, name in NORTH_SUMATRA.items():
        parent = Region.objects.filter(pk=code.rpartition(".")[0]).first()
        level = code.count(".") + 1
        kind = "desa" if level == 4 else ""
        Region.objects.create(
            code=code, name=name, level=level, parent=parent, kind=kind
        )
    ServiceArea.objects.create(office=dataset.serang, region_id="12.07")
    return dataset


@pytest.mark.parametrize(
    ("latitude", "longitude", "problems"),
    [
        ("3.61", "98.80", []),
        ("-3.61", "98.80", ["far_away"]),
        ("\u22123,61", "98,80", ["far_away"]),
        ("3,61 LS", "98,80", ["far_away"]),
        ("3.63", "118.71", ["far_away"]),
        ("0", "98.80", ["far_away"]),
    ],
)
def test_a_sign_turned_is_asked_where_no_outline_is_known(
    sumatra: Dataset, latitude: str, longitude: str, problems: list[str]
):
    place = {"code": "12.07.27.2003", "village": "Sena", "district": "Batang Kuis"}
    rows = [lists.row(**place, latitude=latitude, longitude=longitude)]
    found = lists.only_row(
        lists.previewed(sumatra.kanwil, sumatra.user("kanwil"), rows)
    )
    assert lists.problems_of(found) == problems


def test_a_turned_sign_is_named_beside_another_problem(sumatra: Dataset):
    cells = {"latitude": "-3.61", "longitude": "98.80", "decree_number": "W.2-001"}
    found = lists.only_row(
        lists.previewed(
            sumatra.kanwil,
            sumatra.user("kanwil"),
            [lists.row(code="12.07.27.2003", **cells)],
        )
    )
    assert lists.problems_of(found) == ["decree_incomplete", "far_away"]


def test_the_equator_is_a_latitude_too(dataset: Dataset):
    with pytest.raises(ValidationError):
        edit(dataset, ("0", "106.33"))


def test_a_far_point_is_saved_once_it_is_confirmed(dataset: Dataset, signed_in) -> None:
    lontar = dataset.villages["lontar"]
    client, address = signed_in("kanwil"), f"/desa/{lontar.code}/ubah/"
    form = client.get(address).context["form"]
    assert "point_is_right" not in client.get(address).content.decode()
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"reason": "Contoh", "schemes": []}
    sent |= {"latitude": "6,01", "longitude": "106,33"}
    del sent["point_is_right"]
    refused = client.post(address, sent)
    assert refused.status_code == 200
    assert 'name="point_is_right"' in refused.content.decode()
    assert client.post(address, sent | {"point_is_right": "on"}).status_code == 302
    lontar.refresh_from_db()
    assert str(lontar.latitude) == "6.01000"
    form = client.get(address).context["form"]
    assert form["latitude"].value() is not None
    again = sent | {"version": lontar.version, "access_note": "Lewat tol"}
    assert client.post(address, again).status_code == 302, "it is saved already"
