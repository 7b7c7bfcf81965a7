"""The navigation of every page: at most seven entries, four on a phone."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from desabinaan.portal.context import page_context
from tests.dataset import Dataset, assign

pytestmark = pytest.mark.django_db


def around(client: Client, path: str = "/") -> dict[str, Any]:
    found: dict[str, Any] = client.get(path).context["page_context"]
    return found


def entries(client: Client) -> list[str]:
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
def test_each_role_finds_its_entries(signed_in, name: str, expected: list[str]) -> None:
    assert entries(signed_in(name)) == expected


def test_phone_shows_at_most_four_entries(signed_in) -> None:
    assert len(around(signed_in("kanwil"))["phone_nav"]) == 4


def test_the_place_one_acts_for_is_named(signed_in) -> None:
    assert around(signed_in("official"))["acting_for"] == "Lontar, Tirtayasa"
    assert around(signed_in("kanwil"))["acting_for"] == "Kanwil Banten"
    assert around(signed_in("dinsos"))["acting_for"] == "Dinsos"


def test_many_places_are_counted(dataset: Dataset, signed_in) -> None:
    for name in ("tengkurak", "pulopanjang"):
        village = dataset.villages[name]
        assign(dataset.people["pimpasa"], "pimpasa", village=village)
    assert around(signed_in("pimpasa"))["acting_for"].endswith(" dan 2 lainnya")


def test_the_current_entry_is_marked(signed_in) -> None:
    nav = around(signed_in("kanwil"), "/desa/36.04.13.2007/")["nav"]
    assert [entry["url"] for entry in nav if entry["current"]] == ["/desa/"]


def test_search_is_offered_to_those_who_may_search(signed_in) -> None:
    for name in ("serang", "official", "dinsos"):
        assert around(signed_in(name))["search_url"] == "/cari/"
    for name in ("leader", "nobody", "admin"):
        assert around(signed_in(name))["search_url"] == ""


def test_anonymous_users_get_the_page_context(client: Client) -> None:
    found = around(client, "/privasi/")
    assert "nav" not in found
    assert found["help_url"] == "/bantuan/"
    bare: Any = page_context(RequestFactory().get("/"))["page_context"]
    assert bare["privacy_url"] == "/privasi/"


def test_the_page_context_reads_the_roles_only(
    signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in("nobody")
    with django_assert_max_num_queries(4 + 1):  # the page reads the hotlines
        client.get("/privasi/")
