"""A decree that came with a proposal is shown until the Kanwil has confirmed it."""

from typing import Any

import pytest
from django.urls import reverse

from desabinaan.uploads import services as uploads_services
from tests.cached_rows import cached_rows
from tests.dataset import Dataset
from tests.imports import lists
from tests.imports.lists import decree, row
from tests.register import paper
from villages.imports.kind import VILLAGE_LISTS
from villages.register import services as register_services
from villages.register.models import Village

SUKAJAYA = {"village": "Sukajaya", "district": "Pontang", "regency": "Kab. Serang"}
BUTTON = 'class="btn btn-primary"'


@pytest.fixture
def dataset(db: None) -> Dataset:
    return cached_rows(lists.banten)


def proposed(dataset: Dataset, user: str = "serang", **cells: Any) -> Village:
    person = dataset.user(user)
    listed = lists.previewed(dataset.serang, person, [row(**SUKAJAYA, **cells)])
    uploads_services.commit_upload(VILLAGE_LISTS, listed, acting_user=person)
    return Village.objects.get(name="Sukajaya")


def shown_to(client: Any, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def decrees_page(client: Any, village: Village) -> str:
    address = reverse("register:village_designations", args=[village.code])
    return shown_to(client, address)


def test_the_page_shows_it_with_its_source_before_the_button(
    dataset: Dataset, signed_in: Any
) -> None:
    village = proposed(dataset, **decree())
    page = decrees_page(signed_in("kanwil"), village)
    shown = ["W.11-001", "12 November 2025", lists.SIGNATORY]
    shown += ["daftar.xlsx", str(dataset.user("serang"))]
    places = [page.find(f"<dd>{text}</dd>") for text in shown]
    assert "Belum dikonfirmasi" in page
    assert -1 not in places
    assert page.count(BUTTON) == 1
    assert max(places) < page.index(BUTTON) < page.index("Langkah demi langkah")
    assert "Belum ada surat keputusan" not in page


def test_parts_of_a_decree_are_shown_and_filled_in(
    dataset: Dataset, signed_in: Any
) -> None:
    village = proposed(dataset, decree_date="12/11/2025")
    assert "12 November 2025" in decrees_page(signed_in("kanwil"), village)
    address = reverse("register:village_decree", args=[village.code, "designate"])
    page = signed_in("kanwil").get(address)
    assert str(page.context["form"].initial["date"]) == "2025-11-12"
    assert "dari daftar" in page.content.decode()


@pytest.mark.parametrize("verb", ["designate", "deactivate", "revoke"])
def test_a_form_that_nothing_was_filled_into_does_not_say_so(
    dataset: Dataset, signed_in: Any, verb: str
) -> None:
    if verb == "designate":
        village = proposed(dataset, decree_number="-")
    else:
        village = dataset.villages["lontar"]
    address = reverse("register:village_decree", args=[village.code, verb])
    page = signed_in("kanwil").get(address)
    assert page.status_code == 200
    assert "dari daftar" not in page.content.decode()


def test_the_office_sees_it_without_a_button_and_the_village_does_not(
    dataset: Dataset, signed_in: Any
) -> None:
    village = proposed(dataset, **decree())
    page = decrees_page(signed_in("serang"), village)
    assert "W.11-001" in page
    assert BUTTON not in page
    lontar = dataset.villages["lontar"]
    lontar.proposals.update(stated_number="W.11-002")
    assert "W.11-002" in decrees_page(signed_in("pimpasa"), lontar)
    assert "W.11-002" not in decrees_page(signed_in("official"), lontar)


def test_the_register_shows_it_as_not_confirmed(
    dataset: Dataset, signed_in: Any
) -> None:
    proposed(dataset, **decree())
    address = "/desa/?status=proposed"
    page = shown_to(signed_in("kanwil"), address)
    assert "W.11-001 <span" in page
    assert "12 November 2025, belum dikonfirmasi" in page
    dataset.villages["lontar"].proposals.update(stated_number="W.11-002")
    assert "W.11-002" not in shown_to(signed_in("official"), "/desa/")


def test_a_recorded_decree_takes_its_place(dataset: Dataset, signed_in: Any) -> None:
    village = proposed(dataset, **decree())
    register_services.record_decree(
        village,
        "designate",
        paper.decree("W.11-007"),
        acting_user=dataset.user("kanwil"),
    )
    for page in (
        decrees_page(signed_in("kanwil"), village),
        shown_to(signed_in("kanwil"), "/desa/?q=sukajaya"),
    ):
        assert "W.11-007" in page
        assert "W.11-001" not in page
        assert "elum dikonfirmasi" not in page


def test_a_proposal_without_a_decree_says_so(dataset: Dataset, signed_in: Any) -> None:
    page = decrees_page(signed_in("kanwil"), proposed(dataset))
    assert "Belum ada surat keputusan" in page
    assert "elum dikonfirmasi" not in page
