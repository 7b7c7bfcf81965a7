"""A village of the own area is proposed; a foreign or fostered one is not."""

from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from desabinaan.lib.workflow.transitions import IllegalTransition
from tests.dataset import Dataset, build_dataset
from villages.places.models import Region, ServiceArea
from villages.places.selectors.regions import office_for
from villages.register import services as register_services
from villages.register.models import Village
from villages.register.selectors.regions import proposable_regions

SUSUKAN = "36.04.13.2008"
FORM = {"reason": "Banyak warga bekerja ke luar negeri.", "population": "4200"}
#: roles, areas, and the villages with their office
QUERIES = 3


def test_office_staff_propose_a_village_of_their_area(dataset: Dataset, signed_in):
    answer = signed_in("serang").post(f"/desa/usul/{SUSUKAN}/", FORM)
    assert answer.url == f"/desa/{SUSUKAN}/profil/"
    village = Village.objects.get(region=SUSUKAN)
    assert (village.status, village.office) == ("proposed", dataset.serang)
    assert (str(village), village.regency_name) == (
        "Susukan, Tirtayasa",
        "Kabupaten Serang",
    )
    event = village.events.get()
    assert (event.verb, event.from_status, event.to_status) == (
        "propose",
        "",
        "proposed",
    )


def test_a_pimpasa_proposes_for_the_office_of_the_own_villages(signed_in):
    answer = signed_in("pimpasa").post(f"/desa/usul/{SUSUKAN}/", FORM)
    assert answer.url == "/desa/usul/"
    assert Village.objects.filter(region=SUSUKAN).exists()


@pytest.mark.parametrize(
    "name", ["tangerang", "pimpasa_kronjo", "mixed", "official", "auditor", "kanwil"]
)
def test_a_village_outside_the_own_area_is_not_found(signed_in, name):
    answer = signed_in(name).post(f"/desa/usul/{SUSUKAN}/", FORM)
    assert answer.status_code == 404
    assert not Village.objects.filter(region=SUSUKAN).exists()


@pytest.mark.parametrize("typed", ["susukan", "Súsukan", "SUSU", "36.04.13.2008"])
def test_a_village_to_propose_is_found_with_accents_aside(signed_in, typed):
    page = signed_in("serang").get("/desa/usul/", {"q": typed}).content.decode()
    assert "Susukan" in page
    assert "Tengkurak" not in page


@pytest.mark.parametrize(
    "typed",
    [
        "Sujung",
        "Desa Sujung",
        "Ds. sujung",
        "SU JUNG",
        "Sujung Tirtayasa",
        "Sujung, Kec. Tirtayasa",
        "Desa Sujung Kec. Tirtayasa Kab. Serang, Banten",
        "36.04.13.2006",
        "3604132006",
        "36.04.13.2006 Sujung",
    ],
)
def test_a_village_to_propose_is_found_as_people_write_it(
    dataset: Dataset, django_assert_num_queries, typed
):
    Region.objects.create(
        code="36.04.13.2006",
        name="Sujung",
        level=Region.Level.VILLAGE,
        kind=Region.objects.get(pk=SUSUKAN).kind,
        parent_id="36.04.13",
    )
    serang = dataset.user("serang")
    with django_assert_num_queries(QUERIES):
        found = proposable_regions(serang, typed)
    assert [one.code for one in found] == ["36.04.13.2006"]


@pytest.mark.parametrize("typed", ["36.04.13", "360413", "Kec. Tirtayasa"])
def test_villages_to_propose_are_found_by_their_district(dataset: Dataset, typed):
    found = proposable_regions(dataset.user("serang"), typed)
    assert SUSUKAN in [one.code for one in found]
    assert {one.parent_id for one in found} == {"36.04.13"}


@pytest.mark.parametrize("typed", ["Desa Sujung, Kec. Kronjo", "Sujung 36.04.13.2008"])
def test_another_district_or_code_beside_the_name_finds_no_village(
    dataset: Dataset, typed
):
    assert proposable_regions(dataset.user("serang"), typed) == []


@pytest.mark.parametrize("name", ["official", "kanwil", "auditor", "dinsos", "admin"])
def test_only_those_who_propose_may_search_for_it(signed_in, name):
    assert signed_in(name).get("/desa/usul/").status_code == 403


def test_a_fostered_village_gets_a_kind_message(signed_in):
    answer = signed_in("serang").post("/desa/usul/36.04.13.2007/", FORM, follow=True)
    assert "Lontar sudah terdaftar." in answer.content.decode()
    assert Village.objects.filter(region="36.04.13.2007").count() == 1


def test_the_action_itself_refuses_strangers_and_doubles(dataset: Dataset):
    region = Region.objects.get(pk=SUSUKAN)
    facts = {"reason": "Pantai."}
    with pytest.raises(PermissionDenied):
        register_services.propose_village(
            region, facts, acting_user=dataset.user("tangerang")
        )
    serang = dataset.user("serang")
    then = datetime(2025, 3, 1, tzinfo=UTC)
    made = register_services.propose_village(
        region, facts, acting_user=serang, occurred_at=then
    )
    assert made.events.get().occurred_at == then
    assert made.proposals.get().proposed_on == then.date()
    with pytest.raises(IllegalTransition):
        register_services.propose_village(region, facts, acting_user=serang)


def test_the_most_specific_area_wins(dataset: Dataset):
    ServiceArea.objects.create(office=dataset.tangerang, region_id="36.04.13")
    assert office_for(Region.objects.get(pk=SUSUKAN)) == dataset.tangerang
    assert office_for(Region.objects.get(pk="36.04.08.2009")) == dataset.serang
    assert proposable_regions(dataset.user("serang"), "susukan") == []
    assert [r.code for r in proposable_regions(dataset.user("tangerang"), "SUSU")] == [
        SUSUKAN
    ]


def test_what_was_typed_stays_when_something_is_missing(signed_in):
    post = {"reason": "", "population": "12", "households": "50", "latitude": "-6,1"}
    page = signed_in("serang").post(f"/desa/usul/{SUSUKAN}/", post).content.decode()
    assert 'value="50"' in page
    assert "Jumlah rumah tangga (50) melebihi jumlah penduduk (12)." in page
    assert "Isi lintang dan bujur bersama" in page


def test_forbidden_fields_are_not_taken(dataset: Dataset, signed_in):
    more = {"status": "designated", "office": dataset.tangerang.pk, "version": "9"}
    more |= {"name": "X", "region": "36.03.07.2001", "proposed_at": "2020-01-01"}
    signed_in("serang").post(f"/desa/usul/{SUSUKAN}/", FORM | more)
    village = Village.objects.get(region=SUSUKAN)
    assert (village.status, village.office, village.version, village.name) == (
        "proposed",
        dataset.serang,
        1,
        "Susukan",
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_propose_at_once_make_one_village():
    dataset = build_dataset()
    region = Region.objects.get(pk=SUSUKAN)
    start = Barrier(2)
    outcomes: list[str] = []

    def propose(name: str) -> None:
        user = dataset.user(name)
        start.wait()
        try:
            register_services.propose_village(
                region, {"reason": "Pantai."}, acting_user=user
            )
        except IllegalTransition:
            outcomes.append(name)
        finally:
            connection.close()

    threads = [Thread(target=propose, args=(name,)) for name in ("serang", "serang2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Village.objects.filter(region=SUSUKAN).count() == 1
    assert len(outcomes) == 1
