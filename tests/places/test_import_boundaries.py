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
