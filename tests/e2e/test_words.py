"""No page speaks two languages."""

import re

import pytest

from desabinaan.accounts.models import User
from tests.e2e.conftest import Crawled
from tests.e2e.crawl import client_of, read

pytestmark = pytest.mark.e2e
PEOPLE = ("kanwil", "kanim.serang", "desa.lontar", "dinsos", "auditor")
ENGLISH = re.compile(
    r"\b(the|and|your|please|save|cancel|add|edit|back|search|choose|from|with|not yet|"
    r"village|report|sign in|page|nothing|nobody|entries|reason|due|agency|send)\b",
    re.IGNORECASE,
)
#: words of buttons, labels and sentences; what people typed stays as it was typed
INDONESIAN = re.compile(
    r"\b(simpan|batal|ubah|tambah|kembali|cari|masuk|keluar|lihat|kirim|unduh|hapus|"
    r"anda|belum|boleh kosong|tenggat|beranda|bantuan|semua|tampilkan|nama pengguna)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("username", PEOPLE)
def test_indonesian_pages_hold_no_english(username: str, crawled: Crawled) -> None:
    betrayed = [
        f"{page.path}: {words}"
        for page in crawled(username).values()
        for words in page.sheet.words
        if ENGLISH.search(words)
    ]
    assert betrayed == []


@pytest.mark.parametrize("username", PEOPLE[:4])
def test_english_pages_hold_no_indonesian(username: str, crawled: Crawled) -> None:
    """The same pages again; a long sentence was typed by somebody."""
    people = User.objects.filter(username=username)
    people.update(language="en")
    client = client_of(username)
    betrayed = []
    for page in crawled(username).values():
        answer = client.get(page.path)
        if answer.status_code != 200:
            continue  # what another test did since the crawl has closed this page
        sheet = read(answer.content.decode())
        assert sheet.language == "en", page.path
        betrayed += [
            f"{page.path}: {words}"
            for words in sheet.words
            if INDONESIAN.search(words) and len(words) < 40
        ]
    people.update(language="id")
    assert betrayed == []
