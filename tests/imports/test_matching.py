"""Codes and names that do not agree, joined cells, and villages in one cell."""

from typing import Any

import pytest

from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import UploadRow
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import problems_of, row
from tests.lib import sheets
from villages.imports.kind import VILLAGE_LISTS
from villages.places.models import Region


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def checked(dataset: Dataset, **cells: Any) -> UploadRow:
    found = lists.previewed(dataset.kanwil, dataset.user("kanwil"), [row(**cells)])
    return lists.only_row(found)


# --- Codes that the rest of the row contradicts --------------------------------


@pytest.mark.parametrize(
    ("cells", "problem", "offered"),
    [
        # the name is exactly another village of the district
        (
            {"code": "36.03.07.2008", "village": "Pagedangan Udik"},
            "code_and_name_differ",
            {"36.03.07.2008", "36.03.07.2009"},
        ),
        (
            {"code": "36.02.14.1002", "village": "Rangkasbitung Timur"},
            "code_and_name_differ",
            {"36.02.14.1002", "36.02.14.2017"},
        ),
        # the regency is another one, by name or by kind
        (
            {"code": "36.04.13.2007", "village": "Lontar", "regency": "Kota Cilegon"},
            "code_elsewhere",
            {"36.04.13.2007"},
        ),
        (
            {"code": "36.04.13.2007", "village": "Lontar", "regency": "Kota Serang"},
            "code_elsewhere",
            {"36.04.13.2007"},
        ),
        (
            {"code": "36.03.09.2003", "regency": "Kota Tangerang Selatan"},
            "code_elsewhere",
            {"36.03.09.2003"},
        ),
        # the district is another one
        (
            {"code": "36.04.13.2007", "village": "Lontar", "district": "Pontang"},
            "code_elsewhere",
            {"36.04.13.2007"},
        ),
    ],
)
def test_a_code_that_the_row_contradicts_is_asked(
    dataset: Dataset, cells: dict[str, Any], problem: str, offered: set[str]
) -> None:
    found = checked(dataset, **cells)
    assert (problems_of(found), found.check_result) == ([problem], "doubtful")
    assert offered <= set(found.candidates)


@pytest.mark.parametrize(
    "cells",
    [
        {"regency": "Kab. Serang"},
        {"regency": "SERANG"},
        {"district": "Kec. Tirtayasa"},
        {"village": "Desa Lontar", "regency": "Kabupaten Serang"},
        {"village": "Lontarr"},
    ],
)
def test_a_code_that_the_row_confirms_is_sure(
    dataset: Dataset, cells: dict[str, Any]
) -> None:
    found = checked(dataset, code="36.04.13.2007", **cells)
    assert (found.subject, found.check_result) == ("36.04.13.2007", "known")


def test_ten_digits_without_a_name_are_asked(dataset: Dataset) -> None:
    """Codes of the statistics office look the same and name other villages."""
    rows = [row(code=code) for code in ("3601072001", "3601072002", "3604132007")]
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), rows)
    for found in listed.rows.all():
        assert problems_of(found) == ["code_alone"]
        assert list(found.candidates) == [found.subject]
        (problem,) = VILLAGE_LISTS.in_words(found.problems)
        assert "BPS" in problem
        assert "Kemendagri" in problem


def test_a_heading_that_names_the_ministry_makes_the_code_sure(
    dataset: Dataset,
) -> None:
    content = b"Kode Kemendagri;Penduduk\n3604132007;3.100\n"
    listed = lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)
    assert lists.only_row(listed).subject == "36.04.13.2007"
    assert lists.only_row(listed).check_result == "ready"


# --- Cells joined, or left blank below a filled one ----------------------------

GROUPED = (
    ("Kabupaten/Kota", "Kecamatan", "Nama Desa/Kelurahan"),
    ("Kabupaten Serang", "Tirtayasa", "Desa Lontar"),
    (None, None, "Desa Sujung"),
    (None, "Pontang", "Desa Sukajaya"),
    ("Kabupaten Tangerang", "Mekar Baru", "Desa Jenggot"),
    (None, None, "Desa Kedaung"),
)


def test_joined_districts_count_for_all_their_rows(dataset: Dataset) -> None:
    content = sheets.xlsx(GROUPED, merged=["A2:A4", "B2:B3", "A5:A6", "B5:B6"])
    listed = lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)
    districts = dict(Region.objects.filter(level=4).values_list("code", "parent__name"))
    assert [
        (districts[found.subject], found.check_result) for found in listed.rows.all()
    ] == [
        ("Tirtayasa", "known"),
        ("Tirtayasa", "ready"),
        ("Pontang", "ready"),
        ("Mekar Baru", "ready"),
        ("Mekar Baru", "ready"),
    ]


def test_a_blank_below_a_filled_district_is_asked(dataset: Dataset) -> None:
    listed = lists.previewed_file(
        dataset.kanwil, dataset.user("kanwil"), sheets.xlsx(GROUPED)
    )
    asked = [problems_of(found)[:1] for found in listed.rows.all()]
    assert asked == [[], ["blank_below"], ["blank_below"], [], ["blank_below"]]
    offered = [found.candidates[0][:8] for found in listed.rows.all()[1:2]]
    assert offered == ["36.04.13"]


def test_blanks_may_be_said_to_repeat_the_cell_above(dataset: Dataset) -> None:
    user = dataset.user("kanwil")
    listed = lists.previewed_file(dataset.kanwil, user, sheets.xlsx(GROUPED))
    uploads_services.preview_upload(
        VILLAGE_LISTS, listed, listed.columns, fills_down=True, acting_user=user
    )
    assert [found.check_result for found in listed.rows.all()] == [
        "known",
        *["ready"] * 4,
    ]


# --- A village in one cell, or in another district ------------------------------


@pytest.mark.parametrize(
    "village",
    [
        "Lontar, Kec. Tirtayasa",
        "Desa Lontar Kecamatan Tirtayasa",
        "Lontar (Tirtayasa)",
        "36.04.13.2007 Lontar",
        "Lontar, Tirtayasa, Kab. Serang",
        "Lontar (36.04.13.2007)",
    ],
)
def test_a_village_with_its_district_in_one_cell(
    dataset: Dataset, village: str
) -> None:
    found = checked(dataset, village=village)
    assert (found.subject, found.check_result) == ("36.04.13.2007", "known")


def test_the_only_village_of_that_name_in_the_regency_is_offered(
    dataset: Dataset,
) -> None:
    found = checked(
        dataset, village="Sukajaya", district="Tirtayasa", regency="Kab. Serang"
    )
    assert problems_of(found) == ["in_other_district"]
    assert [code[:8] for code in found.candidates] == ["36.04.12"]
    assert found.check_result == "doubtful"


@pytest.mark.parametrize(
    ("village", "district", "districts"),
    [
        ("Wanayasa", "Tirtayasa", {"36.04.05", "36.04.12"}),
        ("Desa Wanayasa", "Kec. Tirtayasa", {"36.04.05", "36.04.12"}),
    ],
)
def test_all_villages_of_that_name_in_the_regency_are_offered(
    dataset: Dataset, village: str, district: str, districts: set[str]
) -> None:
    found = checked(dataset, village=village, district=district, regency="Kab. Serang")
    assert problems_of(found) == ["in_other_districts"]
    assert {code[:8] for code in found.candidates} == districts
    (problem,) = [VILLAGE_LISTS.sentence(*one) for one in found.problems]
    assert "Pontang" in problem
    assert "Kramatwatu" in problem
    assert (found.check_result, found.subject) == ("doubtful", "")
