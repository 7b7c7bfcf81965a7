"""A list of villages row by row: which village is meant, and every fault by name."""

from datetime import date
from typing import Any

import pytest

from tests.remembered import remembered
from tests.villages import lists
from tests.villages.lists import decree, notes_of, problems_of, row
from tests.world import World
from villages.actions import importing
from villages.models import Designation, Region, Village, VillageImportRow
from villages.selectors.importing.words import in_words

#: fostered in the small world: Lontar
SERVED = "36.04.13.2007"
PONTANG = {"district": "Pontang"}
TIRTAYASA = {"district": "Tirtayasa", "regency": "Kabupaten Serang"}
#: in Pontang, which the small world does not foster
SUKAJAYA = {"village": "Sukajaya", "district": "Pontang", "regency": "Kab. Serang"}


@pytest.fixture
def world(db: None) -> World:
    return remembered(lists.banten)


def judged(world: World, **cells: Any) -> VillageImportRow:
    found = lists.previewed(world.kanwil, world.user("kanwil"), [row(**cells)])
    return lists.only_row(found)


# --- Which village -----------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "confidence"),
    [
        ({"code": "36.04.13.2007"}, 99),
        ({"code": "3604132007", "village": "LONTAR"}, 100),
        ({"code": 3604132007, "village": "Ds. Lontar"}, 100),
        ({"village": "Lontar", **TIRTAYASA}, 100),
        (
            {
                "village": "Desa Lontar",
                "district": "Kec. Tirtayasa",
                "regency": "Kab Serang",
            },
            100,
        ),
        (
            {
                "village": "Kel. LONTAR",
                "district": "KECAMATAN TIRTAYASA",
                "regency": "SERANG",
            },
            100,
        ),
        ({"village": "Nagori Lontar", **TIRTAYASA}, 100),
        ({"village": "Lontar", "district": "Tirtayasa"}, 95),
        ({"village": "Lontar", "regency": "Kabupaten Serang"}, 92),
    ],
)
def test_a_village_is_known_by_code_or_by_folded_names(
    world: World, cells: dict[str, Any], confidence: int
) -> None:
    found = judged(world, **cells)
    assert (found.region_id, found.confidence) == ("36.04.13.2007", confidence)
    assert found.verdict == "ready"


def test_a_spelling_that_lists_mix_up_is_the_same_name(world: World) -> None:
    found = judged(world, village="Pulau Panjang", district="Puloampel")
    assert (found.region_id, found.confidence) == ("36.04.08.2009", 95)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"district": "Tirtayasa"}, "no_village"),
        ({"code": "36.04.13.2999"}, "unknown_code"),
        ({"code": "36.04.13.2007", "village": "Kronjo"}, "code_and_name_differ"),
        ({"village": "Lontar", "regency": "Kabupaten Bandung"}, "unknown_regency"),
        ({"village": "Lontar", "district": "Cibeber Hilir Jaya"}, "unknown_district"),
        ({"village": "Antah Berantah", **TIRTAYASA}, "unknown_village"),
        ({"village": "Lontra", **TIRTAYASA}, "similar_village"),
        ({"village": "Lontar"}, "several"),
        ({"village": "Mauk", "district": "Mauk"}, "district_as_village"),
        ({"village": "Pontang", "regency": "Kab. Serang"}, "village_or_district"),
        ({"village": "Kec. Mauk", "regency": "Kab. Tangerang"}, "district_as_village"),
    ],
)
def test_a_doubt_about_the_village_is_named(
    world: World, cells: dict[str, Any], problem: str
) -> None:
    found = judged(world, **cells)
    assert problem in problems_of(found)
    assert found.verdict == "doubtful"


def test_a_similar_name_offers_the_village_that_may_be_meant(world: World) -> None:
    assert judged(world, village="Lontra", **TIRTAYASA).candidates == ["36.04.13.2007"]


def test_the_same_name_in_two_districts_is_offered_as_a_choice(world: World) -> None:
    found = judged(world, village="Lontar")
    assert {"36.03.09.2003", "36.04.13.2007"} <= set(found.candidates)


def test_a_district_listed_as_a_village_offers_its_villages(world: World) -> None:
    found = judged(world, village="Mauk", regency="Kabupaten Tangerang")
    assert found.candidates
    assert {code[:8] for code in found.candidates} == {"36.03.08"}


def test_the_village_of_that_name_is_offered_before_the_district(world: World) -> None:
    found = judged(world, village="Pontang", regency="Kab. Serang")
    assert Region.objects.get(pk=found.candidates[0]).name == "Pontang"
    assert len(found.candidates) > 2
    for clear in ({"village": "Ds. Pontang"}, {"village": "Pontang"} | PONTANG):
        assert problems_of(judged(world, regency="Kab. Serang", **clear)) == []


def test_a_blank_district_is_told_and_does_no_harm(world: World) -> None:
    found = judged(world, village="Lontar", regency="Kabupaten Serang")
    assert "blank_district" in notes_of(found)


def test_a_village_of_another_office_is_foreign(world: World) -> None:
    cells = row(code="36.03.07.2001")
    listed = lists.previewed(world.serang, world.user("serang"), [cells])
    assert problems_of(lists.only_row(listed)) == ["foreign_area"]


def test_the_second_row_of_the_same_village_is_told(world: World) -> None:
    rows = [row(code="36.04.13.2007"), row(village="Lontar", **TIRTAYASA)]
    listed = lists.previewed(world.kanwil, world.user("kanwil"), rows)
    first, second = listed.rows.all()
    assert (problems_of(first), problems_of(second)) == ([], ["twin"])


# --- What is said of it ------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    ["12/11/2025", "12-11-2025", "12 November 2025", "2025-11-12", date(2025, 11, 12)],
)
def test_a_decree_of_each_way_to_write_a_day_designates(world: World, day: Any) -> None:
    listed = lists.previewed(
        world.kanwil, world.user("kanwil"), [row(**SUKAJAYA, **decree(day))]
    )
    importing.apply_import(listed, acting_user=world.user("kanwil"))
    found = Designation.objects.get(source=listed)
    assert found.decree_date == date(2025, 11, 12)
    assert found.village.status == "designated"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (decree("12/11/2099"), "future_decree"),
        (decree("32/11/2025"), "bad_decree_date"),
        ({"decree_number": "W.11-001"}, "decree_incomplete"),
        ({"status": "entah"}, "bad_status"),
        ({"status": "dicabut"}, "decree_by_hand"),
        ({"latitude": "106,26", "longitude": "-6,01"}, "swapped_coordinates"),
        ({"latitude": "-6.01", "longitude": "10.26"}, "outside_indonesia"),
        ({"latitude": "-6.01"}, "half_coordinates"),
        ({"latitude": "selatan", "longitude": "106"}, "bad_latitude"),
    ],
)
def test_a_fault_in_what_is_said_is_named(
    world: World, cells: dict[str, Any], problem: str
) -> None:
    found = judged(world, **SUKAJAYA, **cells)
    assert problem in problems_of(found)
    assert found.verdict == "doubtful"


def test_one_number_has_one_day(world: World) -> None:
    rows = [
        row(code="36.04.12.2001", **decree("12/11/2025")),
        row(code="36.04.12.2002", **decree("13/11/2025")),
    ]
    listed = lists.previewed(world.kanwil, world.user("kanwil"), rows)
    first, second = listed.rows.all()
    assert (problems_of(first), problems_of(second)) == ([], ["decree_of_other_day"])


def test_indonesian_separators_are_read(world: World) -> None:
    listed = lists.previewed(
        world.kanwil,
        world.user("kanwil"),
        [row(**SUKAJAYA, latitude="-6,01234", longitude="106,26123")],
    )
    importing.apply_import(listed, acting_user=world.user("kanwil"))
    village = Village.objects.get(region=lists.only_row(listed).region_id)
    assert (str(village.latitude), str(village.longitude)) == ("-6.01234", "106.26123")


def test_without_a_decree_a_village_stands_as_proposed(world: World) -> None:
    listed = lists.previewed(
        world.kanwil, world.user("kanwil"), [row(**SUKAJAYA, status="ditetapkan")]
    )
    assert "designated_without_decree" in notes_of(lists.only_row(listed))
    importing.apply_import(listed, acting_user=world.user("kanwil"))
    assert Village.objects.get(name="Sukajaya").status == "proposed"


def test_a_kanim_proposes_and_its_decree_is_left_out(world: World) -> None:
    listed = lists.previewed(
        world.serang, world.user("serang"), [row(**SUKAJAYA, **decree())]
    )
    assert "decree_by_kanwil" in notes_of(lists.only_row(listed))
    importing.apply_import(listed, acting_user=world.user("serang"))
    village = Village.objects.get(name="Sukajaya")
    assert (village.status, village.office) == ("proposed", world.serang)
    assert not village.designations.exists()


# --- What will be written ----------------------------------------------------


def shown(world: World, signed_in: Any, **cells: Any) -> str:
    rows = [row(code="36.04.13.2007", **cells)]
    listed = lists.previewed(world.kanwil, world.user("kanwil"), rows)
    page = signed_in("kanwil").get(f"/desa/impor/{listed.pk}/").content.decode()
    return " ".join(page.split())


def test_a_ready_row_tells_what_stood_and_what_will_stand(
    world: World, signed_in: Any
) -> None:
    point = {"latitude": "-5.98", "longitude": "106.31"}
    Village.objects.filter(region="36.04.13.2007").update(**point)
    page = shown(world, signed_in, latitude="-5,99", longitude="106,31")
    assert "-5,98 / 106,31 → -5,99 / 106,31" in page


def test_a_decree_is_told_with_its_day_in_words(world: World) -> None:
    found = judged(world, **SUKAJAYA, **decree("03/04/2026", "SK-77"))
    assert "Surat keputusan SK-77 tanggal 3 April 2026" in " ".join(
        in_words(found.notes)
    )


def test_what_stands_already_is_not_told_again(world: World, signed_in: Any) -> None:
    point = {"latitude": "-5.98", "longitude": "106.31"}
    Village.objects.filter(region="36.04.13.2007").update(**point)
    page = shown(world, signed_in, latitude="-5,98", longitude="106,31")
    assert "106,31" not in page


def test_a_contact_is_told_with_all_that_is_written_of_it(
    world: World, signed_in: Any
) -> None:
    headings = ["Kode", "Narahubung", "Jabatan", "Telepon"]
    rows = [headings, [SERVED, "Budi", "Kepala desa", "0812-000"]]
    listed = lists.previewed_file(world.kanwil, world.user("kanwil"), lists.xlsx(rows))
    page = signed_in("kanwil").get(f"/desa/impor/{listed.pk}/").content.decode()
    assert "Kontak: Budi, Kepala desa, 0812-000" in page


def test_only_a_row_that_is_ready_tells_what_it_will_write(
    world: World, signed_in: Any
) -> None:
    point = {"latitude": "-5,99", "longitude": "106,31"}
    ready = row(code=SERVED, **point)
    doubtful = row(**SUKAJAYA, **point, decree_date="32/11/2025")
    listed = lists.previewed(world.kanwil, world.user("kanwil"), [ready, doubtful])
    told, first = "-5,99 / 106,31", listed.rows.all()[0]
    pages = f"/desa/impor/{listed.pk}/", f"/desa/impor/{listed.pk}/baris/{first.pk}/"
    client = signed_in("kanwil")
    assert [client.get(one).content.decode().count(told) for one in pages] == [1, 1]
    importing.leave_out(first, acting_user=world.user("kanwil"))
    assert [client.get(one).content.decode().count(told) for one in pages] == [0, 0]
