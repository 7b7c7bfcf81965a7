"""A point far from its regency is refused before it is shown on the map."""

import pytest
from django.core.exceptions import ValidationError

from tests.dataset import Dataset
from tests.imports import lists
from villages.places.models import Boundary, Region
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


def test_without_an_outline_the_other_villages_decide(dataset: Dataset):
    assert boxes_of([SERANG]) == {}
    edit(dataset, NEAR)
    with pytest.raises(ValidationError):
        edit(dataset, ABROAD)


def test_nothing_known_refuses_nothing(dataset: Dataset):
    edit(dataset, ABROAD)


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
