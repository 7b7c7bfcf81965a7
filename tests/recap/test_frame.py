"""What stands around every page: at most seven doors, at most four on a phone."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from reports.recap.context import frame
from tests.world import World, assign

pytestmark = pytest.mark.django_db


def around(client: Client, path: str = "/") -> dict[str, Any]:
    found: dict[str, Any] = client.get(path).context["frame"]
    return found


def doors(client: Client) -> list[str]:
    return [entry["url"] for entry in around(client)["nav"]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "kanwil",
            ["/", "/desa/", "/laporan/bulanan/", "/rencana-aksi/", "/fgd/",
             "/fgd/instansi/", "/akun/permintaan/"],
        ),
        (
            "pimpasa",
            ["/", "/desa/", "/laporan/bulanan/", "/rencana-aksi/", "/fgd/",
             "/fgd/instansi/"],
        ),
        ("official", ["/", "/laporan/bulanan/", "/rencana-aksi/", "/fgd/"]),
        ("dinsos", ["/", "/rencana-aksi/", "/fgd/", "/fgd/instansi/"]),
        ("auditor", ["/", "/desa/", "/rencana-aksi/", "/fgd/", "/fgd/instansi/"]),
        ("leader", ["/"]),
        ("triage", ["/"]),
        ("nobody", ["/"]),
        ("admin", ["/", "/admin/"]),
    ],
)  # fmt: skip
def test_each_role_finds_its_doors(signed_in, name: str, expected: list[str]) -> None:
    assert doors(signed_in(name)) == expected


def test_phone_shows_at_most_four_doors(signed_in) -> None:
    assert len(around(signed_in("kanwil"))["phone_nav"]) == 4


def test_the_place_one_acts_for_is_named(signed_in) -> None:
    assert around(signed_in("official"))["acting_for"] == "Lontar, Tirtayasa"
    assert around(signed_in("kanwil"))["acting_for"] == "Kanwil Banten"
    assert around(signed_in("dinsos"))["acting_for"] == "Dinsos"


def test_many_places_are_counted(world: World, signed_in) -> None:
    for name in ("tengkurak", "pulopanjang"):
        village = world.villages[name]
        assign(world.people["pimpasa"], "pimpasa", village=village)
    assert around(signed_in("pimpasa"))["acting_for"].endswith(" dan 2 lainnya")


def test_the_door_one_stands_in_is_marked(signed_in) -> None:
    nav = around(signed_in("kanwil"), "/desa/36.04.13.2007/")["nav"]
    assert [entry["url"] for entry in nav if entry["current"]] == ["/desa/"]


def test_search_is_offered_to_those_who_have_a_room_to_search(signed_in) -> None:
    for name in ("serang", "official", "dinsos"):
        assert around(signed_in(name))["search_url"] == "/cari/"
    for name in ("leader", "nobody", "admin"):
        assert around(signed_in(name))["search_url"] == ""


def test_frame_stands_around_strangers_and_errors(client: Client) -> None:
    found = around(client, "/privasi/")
    assert "nav" not in found
    assert found["help_url"] == "/bantuan/"
    bare: Any = frame(RequestFactory().get("/"))["frame"]
    assert bare["privacy_url"] == "/privasi/"


def test_frame_reads_the_standing_only(
    signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in("nobody")
    with django_assert_max_num_queries(4 + 1):  # the page reads the hotlines
        client.get("/privasi/")
