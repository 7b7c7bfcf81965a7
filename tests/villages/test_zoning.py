"""Who serves where: villages by district, those without an officer first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desabinaan.accounts.access import Role
from tests.world import World, assign, make_village
from villages.models import Office, Region, Village

ADDRESS = "/desa/zonasi/"


def names(page) -> list[str]:
    return [
        village["name"]
        for district in page.context["districts"]
        for village in district.villages
    ]


def test_villages_stand_by_district_those_alone_first(world, signed_in):
    assign(world.people["serang2"], Role.PIMPASA, village=world.villages["pulopanjang"])
    page = signed_in("serang").get(ADDRESS)
    districts = [(one.name, one.regency) for one in page.context["districts"]]
    assert districts == [
        ("Pulo Ampel", "Kabupaten Serang"),
        ("Tirtayasa", "Kabupaten Serang"),
    ]
    assert names(page) == ["Pulo Panjang", "Tengkurak", "Lontar"]
    assert [row["name"] for row in page.context["alone"]] == ["Tengkurak"]
    assert "Contoh serang2" in page.content.decode()


def test_the_zone_is_told_in_figures(world, signed_in):
    tengkurak = world.villages["tengkurak"]
    assign(world.people["pimpasa"], Role.PIMPASA, village=tengkurak)
    context = signed_in("serang").get(ADDRESS).context
    assert (context["zone"].villages, context["zone"].alone) == (3, 1)
    loads = {one.username: one.villages for one in context["officers"]}
    assert loads == {"pimpasa": 2}


def test_inactive_and_revoked_villages_need_nobody(world, signed_in):
    Village.objects.filter(pk=world.villages["tengkurak"].pk).update(status="inactive")
    Village.objects.filter(pk=world.villages["lontar"].pk).update(status="revoked")
    page = signed_in("serang").get(ADDRESS)
    assert names(page) == ["Pulo Panjang"]
    assert page.context["zone"].villages == 1


def test_a_former_officer_and_an_official_do_not_count(world, signed_in):
    pulo = world.villages["pulopanjang"]
    past = world.villages["lontar"].assignments.get(user__username="pimpasa").starts_on
    assign(world.people["serang2"], Role.PIMPASA, village=pulo, ends_on=past)
    assign(world.people["nobody"], Role.VILLAGE_OFFICIAL, village=pulo)
    page = signed_in("serang").get(ADDRESS)
    assert "Pulo Panjang" in {row["name"] for row in page.context["alone"]}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("?petugas=tanpa", ["Pulo Panjang", "Tengkurak"]),
        ("?petugas={pimpasa}", ["Lontar"]),
        ("?kecamatan=36.04.13", ["Tengkurak", "Lontar"]),
        ("?kecamatan=36.04.13&petugas=tanpa", ["Tengkurak"]),
        ("?kecamatan=36.03.07", ["Pulo Panjang", "Tengkurak", "Lontar"]),
        ("?petugas=999999", ["Pulo Panjang", "Tengkurak", "Lontar"]),
        ("?kantor=x&petugas=%00", ["Pulo Panjang", "Tengkurak", "Lontar"]),
        ("?kantor={tangerang}", ["Pulo Panjang", "Tengkurak", "Lontar"]),
    ],
)
def test_filters_narrow_and_what_is_unreadable_does_not(
    world, signed_in, asked, expected
):
    query = asked.format(
        pimpasa=world.people["pimpasa"].pk, tangerang=world.tangerang.pk
    )
    page = signed_in("serang").get(ADDRESS + query)
    assert names(page) == expected


def test_a_kanwil_chooses_among_its_offices(world, signed_in):
    kanwil = signed_in("kanwil")
    assert names(kanwil.get(ADDRESS)) == ["Pulo Panjang", "Tengkurak", "Lontar"]
    page = kanwil.get(f"{ADDRESS}?kantor={world.tangerang.pk}")
    assert names(page) == ["Kronjo"]


def test_a_pimpasa_sees_the_own_villages_only(world, signed_in):
    page = signed_in("pimpasa").get(ADDRESS)
    assert names(page) == ["Lontar"]
    assert not page.context["may_assign"]


def test_an_office_without_villages_is_told_so(world, signed_in):
    cilegon = Office.objects.create(
        kind="kanim", name="Kanim Cilegon", short_name="Cilegon", parent=world.kanwil
    )
    assign(world.people["nobody"], Role.OFFICE_STAFF, office=cilegon)
    page = signed_in("nobody").get(ADDRESS)
    assert signed_in("nobody").get(f"{ADDRESS}surat-tugas/").url == ADDRESS
    assert "Belum ada desa untuk dibina" in page.content.decode()


def test_the_page_takes_the_same_queries_for_many_villages(world: World, signed_in):
    client = signed_in("kanwil")
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for number in range(40):
        region = Region.objects.create(
            code=f"36.04.13.21{number:02}", name=f"Desa {number}", level=4,
            kind="desa", parent_id="36.04.13",
        )  # fmt: skip
        village = make_village(region.code, world.serang)
        assign(world.people["serang2"], Role.PIMPASA, village=village)
    with CaptureQueriesContext(connection) as many:
        assert client.get(ADDRESS).context["listing"].next_url
    assert len(many) == len(few) <= 12
