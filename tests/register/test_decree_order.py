"""Decrees follow one another, a number is given once, and a mistake is corrected."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desabinaan.lib.workflow.versions import StaleEdit
from tests.dataset import Dataset, build_dataset, make_village
from tests.locks import locked_by
from tests.races import at_once
from tests.register.paper import decree, pdf_upload
from villages.register import services as register_services
from villages.register.models import Designation, Village

SUSUKAN = "36.04.13.2008"
MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 4)


@pytest.fixture
def proposed(dataset: Dataset) -> Village:
    return make_village(SUSUKAN, dataset.serang, "proposed")


@pytest.fixture
def kept(dataset: Dataset, proposed: Village) -> Village:
    """Designated in March, made inactive in May."""
    kanwil = dataset.user("kanwil")
    register_services.record_decree(
        proposed, "designate", decree("SK-1", MARCH), acting_user=kanwil
    )
    register_services.record_decree(
        proposed, "deactivate", decree("SK-2", MAY), acting_user=kanwil
    )
    return proposed


def correct(
    dataset: Dataset, designation: Designation, typed: register_services.Decree, **more
):
    given = {"reason": "Salah ketik", "version": 1} | more
    name = given.pop("name", "kanwil")
    return register_services.correct_decree(
        designation, decree=typed, acting_user=dataset.user(name), **given
    )


def paper(number: str, day: date, **more: object) -> register_services.Decree:
    return register_services.Decree(number, day, "Kepala Kantor Contoh", **more)


def first_of(village: Village) -> Designation:
    return village.designations.get(verb="designate")


# --- From and to -------------------------------------------------------------


def test_a_decree_holds_until_the_day_of_the_next(kept: Village):
    spans = list(kept.designations.values_list("decree_date", "valid_to"))
    assert spans == [(MAY, None), (MARCH, MAY)]


def test_two_decrees_of_one_day_keep_the_order_they_came_in(proposed, dataset: Dataset):
    for number, verb in (("1", "designate"), ("2", "deactivate")):
        register_services.record_decree(
            proposed, verb, decree(number, MARCH), acting_user=dataset.user("kanwil")
        )
    spans = list(proposed.designations.values_list("verb", "valid_to"))
    assert spans == [("deactivate", None), ("designate", MARCH)]


# --- Numbers -----------------------------------------------------------------


def test_one_decree_may_name_several_villages(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    register_services.record_decree(
        proposed, "designate", decree("SK-9", MARCH), acting_user=kanwil
    )
    lontar = dataset.villages["lontar"]
    made = register_services.record_decree(
        lontar, "deactivate", decree("SK-9", MARCH), acting_user=kanwil
    )
    assert made.issued_by == dataset.kanwil


def test_a_number_is_not_given_twice_by_one_office(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    register_services.record_decree(
        proposed, "designate", decree("SK-9", MARCH), acting_user=kanwil
    )
    lontar = dataset.villages["lontar"]
    with pytest.raises(ValidationError, match="Kanwil Banten sudah memakai nomor ini"):
        register_services.record_decree(
            lontar, "deactivate", decree(" sk-9", APRIL), acting_user=kanwil
        )
    assert not lontar.designations.exists()


def test_another_office_may_give_the_same_number(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    register_services.record_decree(
        proposed, "designate", decree("SK-9", MARCH), acting_user=kanwil
    )
    of_kanim = paper("SK-9", APRIL, file=decree().file, issued_by=dataset.serang)
    made = register_services.record_decree(
        dataset.villages["lontar"], "deactivate", of_kanim, acting_user=kanwil
    )
    assert made.issued_by == dataset.serang


def test_a_stranger_to_the_village_issues_nothing(proposed, dataset: Dataset):
    foreign = paper("SK-9", MARCH, file=decree().file, issued_by=dataset.tangerang)
    with pytest.raises(ValidationError) as refused:
        register_services.record_decree(
            proposed, "designate", foreign, acting_user=dataset.user("kanwil")
        )
    assert "issued_by" in refused.value.error_dict


@pytest.mark.django_db(transaction=True)
def test_a_number_recorded_for_two_villages_at_once_has_one_day():
    dataset = build_dataset()
    pairs = (("lontar", MARCH), ("tengkurak", APRIL))
    operations = [
        lambda name=name, day=day: register_services.record_decree(
            dataset.villages[name],
            "deactivate",
            decree("SK-9", day),
            acting_user=dataset.user("kanwil"),
        )
        for name, day in pairs
    ]
    outcomes = at_once(*operations)
    assert sum(isinstance(answer, ValidationError) for answer in outcomes) == 1
    assert Designation.objects.count() == 1


def test_the_village_and_who_numbers_the_decree_are_held(proposed, dataset: Dataset):
    kanwil = dataset.user("kanwil")
    operation = partial(
        register_services.record_decree, proposed, "designate", decree()
    )
    assert locked_by(partial(operation, acting_user=kanwil)) == [
        "register_village",
        "places_office",
    ]


# --- Corrections -------------------------------------------------------------


def test_a_correction_leaves_what_was_wrong_on_the_record(kept, dataset: Dataset):
    first = first_of(kept)
    typed = paper("SK-1a", APRIL, issued_by=dataset.serang)
    corrected = correct(dataset, first, typed)
    corrected.refresh_from_db()
    assert (corrected.decree_number, corrected.decree_date) == ("SK-1a", APRIL)
    assert corrected.decree_file == first.decree_file
    event = kept.events.get(verb="correct_decree")
    for word in ("SK-1 → SK-1a", "2026-03-02 → 2026-04-01", "Kanim", "Salah ketik"):
        assert word in event.note
    assert (event.from_status, event.to_status) == ("inactive", "inactive")


def test_a_corrected_day_moves_the_end_of_the_decree_before(kept, dataset: Dataset):
    latest = kept.designations.get(verb="deactivate")
    correct(dataset, latest, paper("SK-2", APRIL))
    spans = list(kept.designations.values_list("decree_date", "valid_to"))
    assert spans == [(APRIL, None), (MARCH, APRIL)]


@pytest.mark.parametrize(
    ("verb", "day", "message"),
    [
        ("designate", date(2026, 5, 5), "bertanggal lebih awal"),
        ("deactivate", date(2026, 3, 1), "SK-1 desa ini lebih baru"),
        ("deactivate", date(2099, 1, 1), "tidak boleh melewati hari ini"),
    ],
)
def test_a_correction_keeps_the_order_of_decrees(kept, dataset, verb, day, message):
    one = kept.designations.get(verb=verb)
    with pytest.raises(ValidationError, match=message):
        correct(dataset, one, paper(one.decree_number, day))
    one.refresh_from_db()
    assert one.version == 1


def test_a_correction_has_its_reason_and_its_reader(kept, dataset: Dataset):
    first = first_of(kept)
    with pytest.raises(ValidationError) as refused:
        correct(dataset, first, paper("SK-7", MARCH), reason=" ")
    assert "reason" in refused.value.error_dict
    for name in ("serang", "auditor", "official"):
        with pytest.raises(PermissionDenied):
            correct(dataset, first, paper("SK-7", MARCH), name=name)
    with pytest.raises(StaleEdit):
        correct(dataset, first, paper("SK-7", MARCH), version=7)
    first.refresh_from_db()
    assert first.decree_number == "SK-1"


def test_a_correction_corrects_something(kept, dataset: Dataset):
    first = first_of(kept)
    with pytest.raises(ValidationError, match="Tidak ada yang berubah"):
        correct(dataset, first, register_services.decree_of(first))
    assert not kept.events.filter(verb="correct_decree").exists()


def test_the_kanwil_corrects_on_a_page(kept, signed_in):
    first = first_of(kept)
    address = f"/desa/{SUSUKAN}/penetapan/{first.pk}/koreksi/"
    client = signed_in("kanwil")
    page = client.get(address)
    sent = page.context["form"].initial | {"file": pdf_upload()}
    sent |= {"signatory": "Pelaksana Harian", "reason": "Salah nama"}
    answer = client.post(address, sent)
    assert answer.url == f"/desa/{SUSUKAN}/penetapan/"
    assert first_of(kept).signatory == "Pelaksana Harian"
    assert "Salah nama" in client.get(f"/desa/{SUSUKAN}/").content.decode()


def test_a_stale_correction_shows_both_sides(kept, dataset: Dataset, signed_in):
    first = first_of(kept)
    address = f"/desa/{SUSUKAN}/penetapan/{first.pk}/koreksi/"
    client = signed_in("kanwil")
    sent = dict(client.get(address).context["form"].initial)
    correct(dataset, first, paper("SK-8", MARCH), name="kanwil2")
    page = client.post(address, sent | {"number": "SK-7", "reason": "Salah nomor"})
    shown = page.content.decode()
    assert "Contoh kanwil2" in shown
    assert "SK-8" in shown
    assert first_of(kept).decree_number == "SK-8"
    again = page.context["form"].data.dict()
    assert client.post(address, again).status_code == 302
    assert first_of(kept).decree_number == "SK-7"


def test_a_decree_of_another_village_is_not_found(kept, dataset: Dataset, signed_in):
    first = first_of(kept)
    address = f"/desa/36.04.13.2007/penetapan/{first.pk}/koreksi/"
    assert signed_in("kanwil").get(address).status_code == 404
