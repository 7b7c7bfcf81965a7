"""The privacy notice and the help page open without sign-in, in both languages."""

import pytest
from django.test import Client

from villages.places.models import Hotline
from villages.places.services.reference import load_reference

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "word"),
    [
        ("/privasi/", "id", "Undang-Undang Nomor 27 Tahun 2022"),
        ("/privasi/", "en", "Law 27 of 2022"),
        ("/bantuan/", "id", "laporan nihil"),
        ("/bantuan/", "en", "nil report"),
    ],
)
def test_page_opens_for_everybody(
    client: Client, path: str, language: str, word: str
) -> None:
    client.cookies["bahasa"] = language
    response = client.get(path)
    assert response.status_code == 200
    assert word.lower() in response.content.decode().lower()


def test_hotlines_say_when_they_were_checked(client: Client) -> None:
    load_reference()
    text = client.get("/bantuan/").content.decode()
    assert "31 Januari 2026" in text
    assert "0811-8080-141" in text


@pytest.mark.parametrize("path", ["/bantuan/", "/privasi/"])
def test_emergency_numbers_are_in_the_footer_of_open_pages(
    client: Client, path: str
) -> None:
    load_reference()
    Hotline.objects.filter(code="polri").update(numbers="112")
    foot = client.get(path).content.decode().partition("<footer")[2]
    assert "Polisi, saat bahaya: 112" in foot
    assert "LPSK" not in foot


def test_help_without_any_number_names_the_police(client: Client) -> None:
    assert "telepon 110" in client.get("/bantuan/").content.decode()


@pytest.mark.parametrize(("path", "queries"), [("/bantuan/", 2), ("/privasi/", 1)])
def test_open_pages_ask_no_more_however_many_numbers_there_are(
    client: Client, django_assert_num_queries, path: str, queries: int
) -> None:
    load_reference()
    with django_assert_num_queries(queries):
        client.get(path)


def test_open_pages_change_nothing(client: Client) -> None:
    assert client.post("/privasi/").status_code == 405
