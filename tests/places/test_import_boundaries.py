"""import_boundaries: idempotent, whole or not at all, bad features by number."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.dataset import Dataset
from villages.places.models import Boundary
from villages.places.outlines import simplified

pytestmark = pytest.mark.django_db

SQUARE = [[106.0, -6.0], [106.5, -6.0], [106.5, -6.5], [106.0, -6.5], [106.0, -6.0]]
WriteOutlines = Callable[..., Path]


def feature(code: str, ring: Any = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


@pytest.fixture
def write_outlines(tmp_path: Path) -> WriteOutlines:
    def write(*features: Any) -> Path:
        path = tmp_path / "batas.geojson"
        path.write_text(json.dumps({"features": features}))
        return path

    return write


def test_outlines_come_in_twice_and_stay_the_same(
    dataset: Dataset, write_outlines: WriteOutlines, capsys
):
    path = write_outlines(feature("36.04"), feature("36.04.13", kind="MultiPolygon"))
    call_command("import_boundaries", path)
    call_command("import_boundaries", path)
    assert Boundary.objects.count() == 2
    kept = Boundary.objects.get(pk="36.04.13")
    assert (kept.level, kept.west, kept.south) == (3, 106.0, -6.5)
    assert kept.outline == [SQUARE]
    assert "2" in capsys.readouterr().out.splitlines()[1]


def test_a_new_outline_takes_the_place_of_the_old(
    dataset: Dataset, write_outlines: WriteOutlines
):
    call_command("import_boundaries", write_outlines(feature("36.04")))
    moved = [[x + 0.1, y] for x, y in SQUARE]
    call_command("import_boundaries", write_outlines(feature("36.04", moved)))
    assert Boundary.objects.get().west == pytest.approx(106.1)


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (feature("99.99"), "kode"),
        (feature(""), "tanpa kode"),
        (feature("36.04", [[y, x] for x, y in SQUARE]), "tertukar"),
        (feature("36.04", [[x - 90, y] for x, y in SQUARE]), "luar Indonesia"),
        (feature("36.04", SQUARE[:3]), "tertutup"),
        (feature("36.04", [["a", "b"]] * 4), "angka"),
        (feature("36.04", 7), "angka"),
        (feature("36.03"), "dua kali"),
        (feature("36.04") | {"geometry": None}, "poligon"),
        ("no feature", "tanpa kode"),
    ],
)
def test_one_bad_feature_is_named_and_nothing_is_imported(
    dataset: Dataset, write_outlines: WriteOutlines, bad: Any, word: str
):
    path = write_outlines(feature("36.03"), bad)
    with pytest.raises(CommandError) as refused:
        call_command("import_boundaries", path)
    assert "2" in str(refused.value)
    assert word in str(refused.value)
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "{", '{"features": []}', "\x89PNG"]
)
def test_what_is_no_geojson_is_refused(dataset: Dataset, tmp_path: Path, content: str):
    path = tmp_path / "batas.geojson"
    path.write_text(content, "latin-1")
    with pytest.raises(CommandError):
        call_command("import_boundaries", path)
    with pytest.raises(CommandError):
        call_command("import_boundaries", tmp_path / "tidak-ada.geojson")


def test_points_on_the_line_and_tiny_islands_fall_away():
    side = [(106.0 + step / 100, -6.0) for step in range(51)]
    ring = [*side, (106.5, -6.5), (106.0, -6.5), (106.0, -6.0)]
    islet = [(105.0, -6.0), (105.001, -6.0), (105.001, -6.001), (105.0, -6.0)]
    assert simplified([islet, ring], 0.01) == [SQUARE]


def test_even_the_smallest_region_keeps_an_area():
    islet = [(105.0, -6.0), (105.001, -6.0), (105.001, -6.001), (105.0, -6.0)]
    assert len(simplified([islet], 0.01)[0]) == 4


# --- Files as they come from elsewhere ----------------------------------------

LONTAR = "36.04.13.2007"
FIELD = [[106.35, -6.0], [106.4, -6.0], [106.4, -5.95], [106.35, -5.95], [106.35, -6.0]]


def imported(path: Path, **options: Any) -> list[str]:
    call_command("import_boundaries", path, **options)
    return list(Boundary.objects.order_by("pk").values_list("pk", flat=True))


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(CommandError) as error:
        call_command("import_boundaries", path, **options)
    assert not Boundary.objects.exists()
    return str(error.value)


def shaped(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def test_the_properties_of_the_file_are_named_and_one_can_be_chosen(
    dataset: Dataset, write_outlines: WriteOutlines
):
    names = {"KDEPUM": LONTAR, "KDEBPS": "3604110007", "WADMKD": "Lontar"}
    path = write_outlines(shaped(polygon(FIELD), **names))
    message = refused(path)
    assert "KDEPUM, KDEBPS, WADMKD" in message
    assert "--property" in message
    assert "BPS" in refused(path, property="KDEBPS")
    assert imported(path, property="KDEPUM") == [LONTAR]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3604132007", LONTAR),
        (3604132007, LONTAR),
        (3604132007.0, LONTAR),
        ("360413", "36.04.13"),
        ("3604", "36.04"),
        (36.04, "36.04"),
        (36, "36"),
        (f" {LONTAR} ", LONTAR),
    ],
)
def test_dots_are_supplied(
    dataset: Dataset, write_outlines: WriteOutlines, written: Any, code: str
):
    assert imported(write_outlines(shaped(polygon(FIELD), code=written))) == [code]


def test_supplied_dots_are_said(
    dataset: Dataset, write_outlines: WriteOutlines, capsys
):
    path = write_outlines(
        shaped(polygon(FIELD), code="3604132007"),
        shaped(polygon(FIELD), code="36.04.13.2008"),
    )
    imported(path)
    printed = capsys.readouterr().out.splitlines()[1]
    assert "1 kode" in printed
    assert "3604132007" in printed
    assert LONTAR in printed


@pytest.mark.parametrize("code", ["3604110007", "36041", "0", ""])
def test_a_code_of_nobody_is_refused(
    dataset: Dataset, write_outlines: WriteOutlines, code: str
):
    assert "kode" in refused(write_outlines(shaped(polygon(FIELD), code=code)))


@pytest.mark.parametrize(
    ("code", "west", "south"),
    [
        (LONTAR, 140.0, -4.0),  # Papua
        (LONTAR, 118.38, -6.68),  # metres taken for degrees
        ("36.04.13", 106.35, 5.5),  # north of the equator
        ("36.04", 110.4, -7.0),
        ("36", 98.7, 3.6),
    ],
)
def test_an_outline_far_from_its_villages_is_asked(
    dataset: Dataset,
    write_outlines: WriteOutlines,
    code: str,
    west: float,
    south: float,
):
    ring = [[x - 106.35 + west, y + 6.0 + south] for x, y in FIELD]
    path = write_outlines(shaped(polygon(ring), code=code))
    assert "--accept-far" in refused(path)
    assert imported(path, accept_far=True) == [code]


def test_one_island_of_many_on_the_wrong_side_is_asked(
    dataset: Dataset, write_outlines: WriteOutlines
):
    islet = [[x + 30, y] for x, y in FIELD]
    both = {"type": "MultiPolygon", "coordinates": [[FIELD], [islet]]}
    assert "--accept-far" in refused(write_outlines(shaped(both, code="36.04")))


@pytest.mark.parametrize(
    "ring",
    [
        [[106.3, -6.0], [106.31, -6.0], [106.32, -6.0], [106.3, -6.0]],
        [[106.3, -6.0], [106.31, -6.1], [106.3, -6.0], [106.3, -6.0]],
        [[106.3, -6.0]] * 4,
    ],
)
def test_an_outline_without_an_area_is_refused(
    dataset: Dataset, write_outlines: WriteOutlines, ring: Any
):
    assert "luas" in refused(write_outlines(shaped(polygon(ring), code=LONTAR)))
    hole = write_outlines(shaped(polygon(FIELD, ring), code=LONTAR))
    assert "luas" in refused(hole)


def test_heights_and_holes_are_read(dataset: Dataset, write_outlines: WriteOutlines):
    high = [[x, y, 12.5] for x, y in FIELD]
    hole = [[106.36, -5.99], [106.38, -5.99], [106.38, -5.97], [106.36, -5.99]]
    assert imported(write_outlines(shaped(polygon(high, hole), code=LONTAR)))
    assert Boundary.objects.get().outline == [FIELD, hole]


@pytest.mark.parametrize(
    ("geometry", "word"),
    [
        (polygon([[y, x] for x, y in FIELD]), "tertukar"),
        (polygon([[x * 6_000, y * -1_500_000] for x, y in FIELD]), "luar Indonesia"),
        (None, "poligon"),
        (
            {"type": "GeometryCollection", "geometries": [polygon(FIELD)]},
            "poligon",
        ),
        ({"type": "MultiPolygon", "coordinates": []}, "titik"),
    ],
)
def test_other_shapes_are_refused_in_a_sentence(
    dataset: Dataset, write_outlines: WriteOutlines, geometry: Any, word: str
):
    assert word in refused(write_outlines(shaped(geometry, code=LONTAR)))


def test_the_same_code_with_and_without_dots_is_there_twice(
    dataset: Dataset, write_outlines: WriteOutlines
):
    path = write_outlines(
        shaped(polygon(FIELD), code=LONTAR),
        shaped(polygon(FIELD), code="3604132007"),
    )
    assert "dua kali" in refused(path)
