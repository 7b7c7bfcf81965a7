"""People of the same name and sender: the host says whether they are one person."""

from collections.abc import Callable

import pytest
from django.test import Client

from fgd.participants.models import Delegate
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.participants.test_participants import NO_BREAK, page, typed
from tests.sessions import sessions as scene

Browser = Callable[[str], Client]


@pytest.mark.parametrize(
    ("there", "new"),
    [
        (("Warga Contoh 91", "Kasi"), (f"WARGA {NO_BREAK}Contoh  91", "")),
        (("Warga Contoh 91", ""), ("warga contoh 91", "Staf")),
        (("Warga Contoh 91", "Kasi"), ("Warga Contoh 91", "Staf")),
    ],
)
def test_one_of_the_same_name_and_agency_is_asked_about(
    dataset: Dataset,
    signed_in: Browser,
    there: tuple[str, str],
    new: tuple[str, str],
) -> None:
    session = scene.running(dataset)
    scene.delegate(dataset, session, there[0], position=there[1])
    browser, url = signed_in("serang"), page("delegate_add", session)
    data = typed(dataset, name=new[0], position=new[1])
    answer = browser.post(url, data)
    assert list(answer.context["form"].errors) == ["is_somebody_else"]
    assert ", ".join(filter(None, there)) in answer.content.decode()
    assert Delegate.objects.count() == 1
    again = sent_form(answer)
    assert again["name"].split() == new[0].split()
    assert "is_somebody_else" not in again
    browser.post(url, again | {"is_somebody_else": "on"})
    assert Delegate.objects.count() == 2


def test_one_of_the_same_name_of_another_sender_is_not_asked_about(
    dataset: Dataset, signed_in: Browser
) -> None:
    session = scene.running(dataset)
    lontar = dataset.villages["lontar"]
    scene.delegate(dataset, session, "Budi Contoh", agency=None, village=lontar)
    url = page("delegate_add", session)
    signed_in("serang").post(url, typed(dataset, name="Budi Contoh"))
    assert Delegate.objects.count() == 2


def test_a_delegate_renamed_like_another_is_asked_about(
    dataset: Dataset, signed_in: Browser
) -> None:
    session, browser = scene.running(dataset), signed_in("serang")
    scene.delegate(dataset, session, "Siti Contoh", position="Kasi")
    other = scene.delegate(dataset, session, "Budi Contoh", position="Staf")
    url = page("delegate_change", session, other.pk)
    opened = sent_form(browser.get(url))
    answer = browser.post(url, opened | {"name": "SITI  contoh"})
    assert "Siti Contoh, Kasi" in answer.content.decode()
    browser.post(url, sent_form(answer) | {"is_somebody_else": "on"})
    other.refresh_from_db()
    assert other.name == "SITI contoh"
    browser.post(url, sent_form(browser.get(url)) | {"position": "Analis"})
    other.refresh_from_db()
    assert other.position == "Analis"
