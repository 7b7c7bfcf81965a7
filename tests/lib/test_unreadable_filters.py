"""A filter that cannot be read shows nothing, and says so: in every list."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.dataset import Dataset
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
SAID = "Ada filter yang tidak dapat dibaca"


@pytest.mark.parametrize(
    "address",
    [
        "/rencana-aksi/?session=abc", "/rencana-aksi/?session=999999",
        "/rencana-aksi/?agency=x", "/rencana-aksi/?village=Antah", "/fgd/?keadaan=x",
        "/fgd/?tahun=1", "/fgd/?cari=%00", "/desa/?status=x", "/desa/?pada=0001-01-01",
        "/desa/kegiatan/?jenis=x", "/desa/kegiatan/?dari=kemarin",
        "/laporan/bulanan/?status=x", "/laporan/bulanan/?bulan=2026-13",
        "/desa/kerentanan/?kabupaten=x", "/desa/zonasi/?petugas=x",
        "/akun/permintaan/?status=x", "/pemberitahuan/?category=x",
        "/rencana-aksi/?overdue=abc", "/rencana-aksi/?waiver=maybe",
        "/akun/orang/?without_role=0",
    ],
)  # fmt: skip
def test_nothing_is_shown_and_it_is_said(
    dataset: Dataset, signed_in: Browser, address: str
) -> None:
    scene.action(dataset)
    answer = signed_in("kanwil").get(address)
    assert answer.status_code == 200
    listing = answer.context["listing"]
    assert answer.context["form"].errors, "the address must hold an unreadable filter"
    assert list(listing.rows) == []
    assert listing.next_url == ""
    page = answer.content.decode()
    assert SAID in page
    assert 'class="empty"' not in page, "a second sentence says something else"
    name, _equals, typed = address.partition("?")[2].partition("=")
    (chip,) = [one for one in listing.chips if "tidak dapat dibaca" in one["label"]]
    assert name not in chip["remove_url"]
    assert typed in chip["label"] or typed == "%00"


#: the downloads of lists with filters, and a filter that cannot be read
DOWNLOADS = (
    "/rencana-aksi/unduh/?session=abc&agency=1", "/fgd/unduh/?keadaan=x",
    "/fgd/instansi/unduh/?cari=" + "a" * 90, "/desa/unduh/?status=x",
    "/desa/kegiatan/unduh/?jenis=x", "/desa/kegiatan/hasil/unduh/?pilar=x",
    "/desa/kerentanan/unduh/?kabupaten=x", "/desa/zonasi/unduh/?petugas=x",
    "/laporan/bulanan/unduh/?status=x", "/akun/orang/unduh/?without_role=0",
    "/akun/permintaan/unduh/?status=x", "/pemberitahuan/unduh/?category=x",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("address", DOWNLOADS)
def test_there_is_no_file_and_the_list_says_why(
    dataset: Dataset, signed_in: Browser, address: str, kind: str
) -> None:
    client = signed_in("kanwil")
    answer = client.post(address, {"bentuk": kind})
    assert answer.status_code == 302, "a file was sent"
    assert answer.url == address.replace("unduh/", "")
    assert SAID in client.get(answer.url).content.decode()


def test_the_map_says_that_a_filter_cannot_be_read(
    dataset: Dataset, signed_in: Browser
) -> None:
    page = signed_in("kanwil").get("/desa/peta/?kabupaten=zz").content.decode()
    assert page.count(SAID) == 1
    assert 'class="empty"' not in page
    assert "data-map-part" not in page


@pytest.mark.parametrize(
    "address", ["/desa/kegiatan/hasil/?pilar=x", "/fgd/instansi/?cari=" + "a" * 90]
)
def test_pages_that_are_no_list_of_pages_do_the_same(
    dataset: Dataset, signed_in: Browser, address: str
) -> None:
    answer = signed_in("kanwil").get(address)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not answer.context.get("agencies")


#: every list page
LISTS = (
    "/rencana-aksi/", "/fgd/", "/fgd/instansi/", "/desa/", "/desa/kegiatan/",
    "/desa/kegiatan/hasil/", "/desa/kerentanan/", "/desa/zonasi/", "/desa/jumlah/",
    "/laporan/bulanan/", "/akun/orang/", "/akun/permintaan/", "/akun/orang-kedua/",
    "/pemberitahuan/", "/desa/peta/",
)  # fmt: skip
#: what is typed freely: no value of these is unreadable
FREE = {"q", "cari"}
READERS = ("kanwil", "serang", "pimpasa", "official", "dinsos", "auditor", "admin")


def opened_by(signed_in: Browser, address: str) -> dict[str, Client]:
    """Return who may open the page."""
    clients = {name: signed_in(name) for name in READERS}
    return {
        name: client
        for name, client in clients.items()
        if client.get(address).status_code == 200
    }


@pytest.mark.parametrize("address", LISTS)
def test_no_reader_gets_everything_for_a_filter_that_is_not_theirs(
    dataset: Dataset, signed_in: Browser, address: str
) -> None:
    scene.action(dataset)
    clients = opened_by(signed_in, address)
    assert clients, "nobody opens this page"
    pages = {name: client.get(address) for name, client in clients.items()}
    known: set[str] = set()
    for page in pages.values():
        if page.context and (form := page.context.get("form")) is not None:
            known |= set(form.fields)
    for name, client in clients.items():
        for field in sorted(known - FREE):
            for value in ("xx", "99.99.99.9999", "999999"):
                answer = client.get(address, {field: value})
                asked = (name, field, value)
                assert answer.status_code == 200, asked
                assert answer.context["form"].errors, asked
                assert SAID in answer.content.decode(), asked


@pytest.mark.parametrize("name", ["official", "dinsos"])
def test_a_link_narrows_the_own_plan_as_it_says(
    dataset: Dataset, signed_in: Browser, name: str
) -> None:
    action, other = scene.action(dataset), scene.action(dataset, title="Lain")
    client = signed_in(name)
    assert len(client.get("/rencana-aksi/").context["rows"]) == 2
    for query, rows in (
        (f"session={action.session_id}", [action.pk]),
        (f"session={other.session_id}", [other.pk]),
        (f"agency={dataset.agencies['polres'].pk}", []),
        (f"pillar={action.pillar}", [action.pk, other.pk]),
    ):
        answer = client.get(f"/rencana-aksi/?{query}")
        if not answer.context["form"].errors:
            assert sorted(row["id"] for row in answer.context["rows"]) == rows, query
        else:
            assert not answer.context["rows"]
        assert answer.context["listing"].chips, query


@pytest.mark.parametrize("query", ["without_role=on", "without_role=1"])
def test_who_assigns_no_new_accounts_reads_that_the_filter_is_not_theirs(
    dataset: Dataset, signed_in: Browser, query: str
) -> None:
    shown = {}
    for name in READERS:
        answer = signed_in(name).get(f"/akun/orang/?{query}")
        if answer.status_code == 200:
            shown[name] = (answer.context["form"], answer.content.decode())
    assert shown
    for form, page in shown.values():
        assert form.cleaned_data.get("without_role") or SAID in page
