"""A filter that cannot be read shows nothing, and says so: in every list."""

import csv
import io
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
    name, _equals, typed = address.partition("?")[2].partition("=")
    (chip,) = [one for one in listing.chips if "tidak dapat dibaca" in one["label"]]
    assert name not in chip["remove_url"]
    assert typed in chip["label"] or typed == "%00"


def test_the_file_holds_nothing_either(dataset: Dataset, signed_in: Browser) -> None:
    scene.action(dataset)
    url = "/rencana-aksi/unduh/"
    for query, rows in (("", 1), ("?session=abc", 0)):
        answer = signed_in("kanwil").post(f"{url}{query}", {"bentuk": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == rows + 1


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
