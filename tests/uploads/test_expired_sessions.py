"""A session ends while a list is corrected: what was typed is shown with its labels."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session as SignIn
from django.test import Client
from django.urls import reverse

from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import DelegateList
from tests.dataset import Dataset
from tests.participants import pasted_pages as pages
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]
TEXT = "Nama\tInstansi\nOrang Contoh\tLembaga Baru"


@pytest.fixture
def listed(dataset: Dataset, signed_in: Browser) -> DelegateList:
    return pages.previewed(signed_in("serang"), scene.running(dataset), TEXT)


@pytest.fixture
def resumed(
    dataset: Dataset, signed_in: Browser
) -> Callable[[str, dict[str, str]], str]:
    """Send a form without a session, sign in again and read the page to go on."""

    def page(url: str, sent: dict[str, str]) -> str:
        SignIn.objects.all().delete()
        browser = Client()
        browser.post(url, sent)
        browser.force_login(dataset.user("serang"))
        return browser.get(reverse("accounts:resume")).content.decode()

    return page


def test_a_row_has_the_labels_of_its_cells(listed, resumed) -> None:
    row = listed.rows.get()
    url = DELEGATE_LISTS.url("row", listed.pk, row.pk)
    page = resumed(url, {"name": "Orang Lain", "party": "Dinas Contoh"})
    assert "<dt>Nama</dt>" in page
    assert "Orang Lain" in page
    assert "<dt>Party</dt>" not in page


def test_a_choice_has_the_line_and_the_name_of_what_is_meant(listed, resumed) -> None:
    row = listed.rows.get()
    name = DELEGATE_LISTS.names_of(set(row.candidates))[row.candidates[0]]
    sent = {f"baris-{row.pk}": row.candidates[0]}
    page = resumed(DELEGATE_LISTS.url("choose", listed.pk), sent)
    assert f"<dt>Baris {row.line}</dt>" in page
    assert name in page


def test_a_column_has_its_heading_and_what_it_means(listed, resumed) -> None:
    url = DELEGATE_LISTS.url("columns", listed.pk)
    page = resumed(url, {"kolom-0": "name", "kolom-1": "party"})
    assert "<dt>Instansi</dt>" in page
    assert str(DELEGATE_LISTS.columns["party"].label) in page
