"""Checking the rows of a list: the matched village, and every problem by its key."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from desabinaan.uploads import services as uploads_services
from desabinaan.uploads.models import UploadRow
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import decree, notes_of, problems_of, row
from tests.lib import sheets
from villages.imports.kind import VILLAGE_LISTS
from villages.imports.selectors.facts import facts_of
from villages.places.models import Region
from villages.register.models import Designation, Village

#: fostered in the test dataset: Lontar
SERVED = "36.04.13.2007"
PONTANG = {"district": "Pontang"}
TIRTAYASA = {"district": "Tirtayasa", "regency": "Kabupaten Serang"}
#: in Pontang, which the test dataset does not foster
SUKAJAYA = {"village": "Sukajaya", "district": "Pontang", "regency": "Kab. Serang"}


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def checked(dataset: Dataset, **cells: Any) -> UploadRow:
    found = lists.previewed(dataset.kanwil, dataset.user("kanwil"), [row(**cells)])
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
    dataset: Dataset, cells: dict[str, Any], confidence: int
) -> None:
    found = checked(dataset, **cells)
    assert (found.subject, found.confidence) == ("36.04.13.2007", confidence)
    assert found.check_result == "known"


def test_a_spelling_that_lists_mix_up_is_the_same_name(dataset: Dataset) -> None:
    found = checked(dataset, village="Pulau Panjang", district="Puloampel")
    assert (found.subject, found.confidence) == ("36.04.08.2009", 95)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"district": "Tirtayasa"}, "no_village"),
        ({"code": "36.04.13.2999"}, "unknown_code"),
        (
            {"code": "36.04.13.2999", "village": "Lontar", **TIRTAYASA},
            "unknown_code_of_name",
        ),
        (
            {"code": "3604132999.0", "village": "Lontar", **TIRTAYASA},
            "unknown_code_of_name",
        ),
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
    dataset: Dataset, cells: dict[str, Any], problem: str
) -> None:
    found = checked(dataset, **cells)
    assert problem in problems_of(found)
    assert found.check_result == "doubtful"


def test_a_similar_name_offers_the_village_that_may_be_meant(dataset: Dataset) -> None:
    assert checked(dataset, village="Lontra", **TIRTAYASA).candidates == [
        "36.04.13.2007"
    ]


def test_the_same_name_in_two_districts_is_offered_as_a_choice(
    dataset: Dataset,
) -> None:
    found = checked(dataset, village="Lontar")
    assert {"36.03.09.2003", "36.04.13.2007"} <= set(found.candidates)


def test_a_district_listed_as_a_village_offers_its_villages(dataset: Dataset) -> None:
    found = checked(dataset, village="Mauk", regency="Kabupaten Tangerang")
    assert found.candidates
    assert {code[:8] for code in found.candidates} == {"36.03.08"}


def test_the_village_of_that_name_is_offered_before_the_district(
    dataset: Dataset,
) -> None:
    found = checked(dataset, village="Pontang", regency="Kab. Serang")
    assert Region.objects.get(pk=found.candidates[0]).name == "Pontang"
    assert len(found.candidates) > 2
    for clear in ({"village": "Ds. Pontang"}, {"village": "Pontang"} | PONTANG):
        assert problems_of(checked(dataset, regency="Kab. Serang", **clear)) == []


def test_a_blank_district_is_noted_and_does_no_harm(dataset: Dataset) -> None:
    found = checked(dataset, village="Lontar", regency="Kabupaten Serang")
    assert "blank_district" in notes_of(found)


def test_a_village_of_another_office_is_foreign(dataset: Dataset) -> None:
    cells = row(code="36.03.07.2001")
    listed = lists.previewed(dataset.serang, dataset.user("serang"), [cells])
    assert problems_of(lists.only_row(listed)) == ["foreign_area"]


def test_the_second_row_of_the_same_village_is_a_problem(dataset: Dataset) -> None:
    rows = [row(code="36.04.13.2007"), row(village="Lontar", **TIRTAYASA)]
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), rows)
    first, second = listed.rows.all()
    assert (problems_of(first), problems_of(second)) == ([], ["duplicate"])


# --- Facts in the other cells ------------------------------------------------


@pytest.mark.parametrize(
    "day",
    ["12/11/2025", "12-11-2025", "12 November 2025", "2025-11-12", date(2025, 11, 12)],
)
def test_a_decree_of_each_way_to_write_a_day_designates(
    dataset: Dataset, day: Any
) -> None:
    listed = lists.previewed(
        dataset.kanwil, dataset.user("kanwil"), [row(**SUKAJAYA, **decree(day))]
    )
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed, acting_user=dataset.user("kanwil")
    )
    found = Designation.objects.get(import_number=listed.pk)
    assert found.decree_date == date(2025, 11, 12)
    assert found.village.status == "designated"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (decree("12/11/2099"), "future_decree"),
        (decree("32/11/2025"), "bad_decree_date"),
        ({"decree_number": "W.11-001"}, "decree_incomplete"),
        ({"status": "entah"}, "bad_status"),
        ({"status": "dicabut"}, "decree_on_own_page"),
        ({"latitude": "106,26", "longitude": "-6,01"}, "swapped_coordinates"),
        ({"latitude": "-6.01", "longitude": "10.26"}, "outside_indonesia"),
        ({"latitude": "-6.01"}, "half_coordinates"),
        ({"latitude": "selatan", "longitude": "106"}, "bad_latitude"),
    ],
)
def test_a_fault_in_what_is_said_is_named(
    dataset: Dataset, cells: dict[str, Any], problem: str
) -> None:
    found = checked(dataset, **SUKAJAYA, **cells)
    assert problem in problems_of(found)
    assert found.check_result == "doubtful"


def test_one_number_has_one_day(dataset: Dataset) -> None:
    rows = [
        row(code="36.04.12.2001", **decree("12/11/2025")),
        row(code="36.04.12.2002", **decree("13/11/2025")),
    ]
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), rows)
    first, second = listed.rows.all()
    assert (problems_of(first), problems_of(second)) == ([], ["decree_of_other_day"])


def test_indonesian_separators_are_read(dataset: Dataset) -> None:
    listed = lists.previewed(
        dataset.kanwil,
        dataset.user("kanwil"),
        [row(**SUKAJAYA, latitude="-6,01234", longitude="106,26123")],
    )
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed, acting_user=dataset.user("kanwil")
    )
    village = Village.objects.get(region=lists.only_row(listed).subject)
    assert (str(village.latitude), str(village.longitude)) == ("-6.01234", "106.26123")


def test_without_a_decree_a_village_is_saved_as_proposed(dataset: Dataset) -> None:
    listed = lists.previewed(
        dataset.kanwil, dataset.user("kanwil"), [row(**SUKAJAYA, status="ditetapkan")]
    )
    assert "designated_without_decree" in notes_of(lists.only_row(listed))
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed, acting_user=dataset.user("kanwil")
    )
    assert Village.objects.get(name="Sukajaya").status == "proposed"


def test_a_kanim_proposes_and_its_decree_waits_for_the_kanwil(
    dataset: Dataset, signed_in: Any
) -> None:
    listed = lists.previewed(
        dataset.serang, dataset.user("serang"), [row(**SUKAJAYA, **decree())]
    )
    assert "decree_by_kanwil" in notes_of(lists.only_row(listed))
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed, acting_user=dataset.user("serang")
    )
    village = Village.objects.get(name="Sukajaya")
    assert (village.status, village.office) == ("proposed", dataset.serang)
    assert not village.designations.exists()
    page = signed_in("kanwil").get(
        reverse("register:village_decree", args=[village.code, "designate"])
    )
    assert page.context["form"].initial["number"] == "W.11-001"
    assert page.context["form"].initial["date"] == date(2025, 11, 12)
    assert page.context["form"].initial["signatory"] == lists.SIGNATORY
    again = lists.previewed(
        dataset.serang, dataset.user("serang"), [row(**SUKAJAYA, **decree())]
    )
    assert lists.only_row(again).check_result == "known"


def test_a_kanim_need_not_know_the_whole_decree(dataset: Dataset) -> None:
    cells = row(**SUKAJAYA, decree_number="W.11-001")
    listed = lists.previewed(dataset.serang, dataset.user("serang"), [cells])
    assert lists.only_row(listed).check_result == "ready"
    uploads_services.commit_upload(
        VILLAGE_LISTS, listed, acting_user=dataset.user("serang")
    )
    proposal = Village.objects.get(name="Sukajaya").proposals.get()
    assert (proposal.stated_number, proposal.stated_date) == ("W.11-001", None)


# --- What will be written ----------------------------------------------------


def shown(dataset: Dataset, signed_in: Any, **cells: Any) -> str:
    rows = [row(code="36.04.13.2007", **cells)]
    listed = lists.previewed(dataset.kanwil, dataset.user("kanwil"), rows)
    page = signed_in("kanwil").get(f"/desa/impor/{listed.pk}/").content.decode()
    return " ".join(page.split())


def test_a_ready_row_shows_the_old_and_the_new_value(
    dataset: Dataset, signed_in: Any
) -> None:
    point = {"latitude": "-5.98", "longitude": "106.31"}
    Village.objects.filter(region="36.04.13.2007").update(**point)
    page = shown(dataset, signed_in, latitude="-5,99", longitude="106,31")
    assert "-5,98 / 106,31 → -5,99 / 106,31" in page


def test_a_decree_is_shown_with_its_date_in_words(dataset: Dataset) -> None:
    found = checked(dataset, **SUKAJAYA, **decree("03/04/2026", "SK-77"))
    assert "Surat keputusan SK-77 tanggal 3 April 2026" in " ".join(
        VILLAGE_LISTS.in_words(found.notes)
    )


def test_a_fact_already_in_the_register_is_not_shown(
    dataset: Dataset, signed_in: Any
) -> None:
    point = {"latitude": "-5.98", "longitude": "106.31"}
    Village.objects.filter(region="36.04.13.2007").update(**point)
    page = shown(dataset, signed_in, latitude="-5,98", longitude="106,31")
    assert "106,31" not in page


def test_a_contact_is_shown_with_all_that_will_be_saved(
    dataset: Dataset, signed_in: Any
) -> None:
    headings = ["Kode", "Narahubung", "Jabatan", "Telepon"]
    rows = [headings, [SERVED, "Budi", "Kepala desa", "0812-3456-7890"]]
    listed = lists.previewed_file(
        dataset.kanwil, dataset.user("kanwil"), sheets.xlsx(rows)
    )
    page = signed_in("kanwil").get(f"/desa/impor/{listed.pk}/").content.decode()
    assert "Kontak: Budi, Kepala desa, 0812-3456-7890" in page


@pytest.mark.parametrize(
    ("population", "households", "values"),
    [
        ("12,000", "3,000", (12000, 3000)),
        ("4.210", "1.050", (4210, 1050)),
        ("4 210", "1050,0", (4210, 1050)),
    ],
)
def test_thousands_are_read_in_every_notation(
    population: str, households: str, values: tuple[int, int]
) -> None:
    facts = facts_of({"population": population, "households": households})
    assert facts.problems == []
    assert (facts.values["population"], facts.values["households"]) == values


def test_a_part_of_a_person_is_a_problem() -> None:
    assert facts_of({"population": "4,5"}).problems == [
        ("bad_population", {"cell": "4,5"})
    ]


@pytest.mark.parametrize(
    "nothing", ["-", "belum ada", "n/a", "Nihil", "–", "tidak ada"]
)
def test_a_word_for_nothing_is_a_blank_cell(nothing: str) -> None:
    names = ("contact_name", "contact_phone", "reason", "letter_date", "population")
    facts = facts_of(dict.fromkeys(names, nothing))
    assert (facts.values, facts.problems) == ({}, [])


def test_no_inhabitants_are_a_number_and_no_name() -> None:
    facts = facts_of({"population": "0", "contact_name": "0"})
    assert (facts.values, facts.problems) == ({"population": 0}, [])


@pytest.mark.parametrize("phone", ["dua belas", "0812"])
def test_what_is_no_telephone_number_is_a_problem(phone: str) -> None:
    assert facts_of({"contact_phone": phone}).problems == [
        ("bad_contact_phone", {"cell": phone})
    ]


def test_a_form_of_a_phone_with_sixty_four_columns_is_read(dataset: Dataset) -> None:
    questions = [f"grup_{number}/tanya_{number}" for number in range(1, 58)]
    answers = [f"j{number}" for number in range(1, 58)]
    needed = {
        "Nama Desa": "Sukajaya",
        "Kecamatan": "Pontang",
        "Kabupaten": "Kab. Serang",
        "Jumlah Penduduk": 3210,
        "Jumlah KK": 800,
        "Lintang": -6.02,
        "Bujur": 106.25,
    }
    content = sheets.xlsx([[*questions, *needed], [*answers, *needed.values()]])
    found = lists.only_row(
        lists.previewed_file(dataset.kanwil, dataset.user("kanwil"), content)
    )
    values = facts_of(found.cells).values
    assert (values["population"], values["households"]) == (3210, 800)
    assert (float(values["latitude"]), float(values["longitude"])) == (-6.02, 106.25)
    assert problems_of(found) == []


def test_a_village_chosen_beside_an_unknown_code_is_taken(dataset: Dataset) -> None:
    user, place = dataset.user("kanwil"), {"village": "Lontar", **TIRTAYASA}
    listed = lists.previewed(dataset.kanwil, user, [row(code="36.04.13.2999", **place)])
    found = lists.only_row(listed)
    assert (found.candidates, found.confidence) == (["36.04.13.2007"], 50)
    uploads_services.choose(
        VILLAGE_LISTS, listed, {found.pk: "36.04.13.2007"}, acting_user=user
    )
    found.refresh_from_db()
    assert (found.subject, found.check_result) == ("36.04.13.2007", "known")
