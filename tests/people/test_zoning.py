"""The zoning page: villages by district, those without an officer first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desabinaan.accounts.access import Role
from tests.dataset import Dataset, assign, make_village
from villages.places.models import Office, Region
from villages.register.models import Village

ADDRESS = "/desa/zonasi/"


def names(page) -> list[str]:
    return [
        village["name"]
        for district in page.context["districts"]
        for village in district.villages
    ]


def test_villages_are_grouped_by_district_without_officer_first(dataset, signed_in):
    assign(
        dataset.people["serang2"], Role.PIMPASA, village=dataset.villages["pulopanjang"]
    )
    page = signed_in("serang").get(ADDRESS)
    districts = [(one.name, one.regency) for one in page.context["districts"]]
    assert districts == [
        ("Pulo Ampel", "Kabupaten Serang"),
        ("Tirtayasa", "Kabupaten Serang"),
    ]
    assert names(page) == ["Pulo Panjang", "Tengkurak", "Lontar"]
    assert [row["name"] for row in page.context["alone"]] == ["Tengkurak"]
    assert "Contoh serang2" in page.content.decode()


def test_the_zone_is_summed_up_in_numbers(dataset, signed_in):
    tengkurak = dataset.villages["tengkurak"]
    assign(dataset.people["pimpasa"], Role.PIMPASA, village=tengkurak)
    context = signed_in("serang").get(ADDRESS).context
    assert (context["zone"].villages, context["zone"].alone) == (3, 1)
    loads = {one.username: one.villages for one in context["officers"]}
    assert loads == {"pimpasa": 2}


def test_inactive_and_revoked_villages_need_nobody(dataset, signed_in):
    Village.objects.filter(pk=dataset.villages["tengkurak"].pk).update(
        status="inactive"
    )
    Village.objects.filter(pk=dataset.villages["lontar"].pk).update(status="revoked")
    page = signed_in("serang").get(ADDRESS)
    assert names(page) == ["Pulo Panjang"]
    assert page.context["zone"].villages == 1


def test_a_former_officer_and_an_official_do_not_count(dataset, signed_in):
    pulo = dataset.villages["pulopanjang"]
    past = (
        dataset.villages["lontar"].assignments.get(user__username="pimpasa").starts_on
    )
    assign(dataset.people["serang2"], Role.PIMPASA, village=pulo, ends_on=past)
    assign(dataset.people["nobody"], Role.VILLAGE_OFFICIAL, village=pulo)
    page = signed_in("serang").get(ADDRESS)
    assert "Pulo Panjang" in {row["name"] for row in page.context["alone"]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?petugas=tanpa", ["Pulo Panjang", "Tengkurak"]),
        ("?petugas={pimpasa}", ["Lontar"]),
        ("?kecamatan=36.04.13", ["Tengkurak", "Lontar"]),
        ("?kecamatan=36.04.13&petugas=tanpa", ["Tengkurak"]),
        ("?kecamatan=36.03.07", []),
        ("?petugas=999999", []),
        ("?kantor=x&petugas=%00", []),
        ("?kantor={tangerang}", []),
    ],
)
def test_filters_narrow_and_what_is_unreadable_shows_nothing(
    dataset, signed_in, asked, expected
):
    query = asked.format(
        pimpasa=dataset.people["pimpasa"].pk, tangerang=dataset.tangerang.pk
    )
    page = signed_in("serang").get(ADDRESS + query)
    assert names(page) == expected


def test_a_kanwil_chooses_among_its_offices(dataset, signed_in):
    kanwil = signed_in("kanwil")
    assert names(kanwil.get(ADDRESS)) == ["Pulo Panjang", "Tengkurak", "Lontar"]
    page = kanwil.get(f"{ADDRESS}?kantor={dataset.tangerang.pk}")
    assert names(page) == ["Kronjo"]


def test_a_pimpasa_sees_the_own_villages_only(dataset, signed_in):
    page = signed_in("pimpasa").get(ADDRESS)
    assert names(page) == ["Lontar"]
    assert not page.context["may_assign"]


def test_an_office_without_villages_sees_a_message(dataset, signed_in):
    cilegon = Office.objects.create(
        kind="kanim", name="Kanim Cilegon", short_name="Cilegon", parent=dataset.kanwil
    )
    assign(dataset.people["nobody"], Role.OFFICE_STAFF, office=cilegon)
    page = signed_in("nobody").get(ADDRESS)
    assert signed_in("nobody").get(f"{ADDRESS}surat-tugas/").url == ADDRESS
    assert "Belum ada desa untuk dibina" in page.content.decode()


def test_the_page_takes_the_same_queries_for_many_villages(dataset: Dataset, signed_in):
    client = signed_in("kanwil")
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for number in range(40):
        region = Region.objects.create(
            code=f"36.04.13.21{number:02}", name=f"Desa {number}", level=4,
            kind="desa", parent_id="36.04.13",
        )  # fmt: skip
        village = make_village(region.code, dataset.serang)
        assign(dataset.people["serang2"], Role.PIMPASA, village=village)
    with CaptureQueriesContext(connection) as many:
        assert client.get(ADDRESS).context["listing"].next_url
    assert len(many) == len(few) <= 12
