"""The privacy notice and the help page open without sign-in, in both languages."""

import pytest
from django.test import Client

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


def test_hotlines_say_up_to_when_they_were_checked(client: Client) -> None:
    text = client.get("/bantuan/").content.decode()
    assert "31 Januari 2026" in text
    assert "0811-8080-141" in text


def test_open_pages_change_nothing(client: Client) -> None:
    assert client.post("/privasi/").status_code == 405
