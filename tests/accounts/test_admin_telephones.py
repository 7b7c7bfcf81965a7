"""Telephones in the administration: found as people write them, shown as elsewhere."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from desabinaan.accounts.models import User
from tests.accounts.sign_in import sign_in
from tests.dataset import Dataset, make_user
from villages.people.models import ApprovalRequest

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
STORED = "+6281234567890"
SHOWN = "0812-3456-7890"


@pytest.fixture
def inside(dataset: Dataset, signed_in: Callable[[str], Client]) -> Client:
    make_user("siti", phone=STORED)
    make_user("budi", phone="+62215551234;ext=12")
    make_user("rina", phone="+60123456789")
    return signed_in("admin")


def found(inside: Client, typed: str) -> list[str]:
    page = inside.get(LIST, {"q": typed})
    return [user.username for user in page.context["cl"].result_list]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0812-3456 7890", ["siti"]),
        ("081234567890", ["siti"]),
        ("0812 3456 7890", ["siti"]),
        ("+62 812 3456 7890", ["siti"]),
        ("+62 (812) 3456-7890", ["siti"]),
        ("62 812-3456-7890", ["siti"]),
        ("0062 812 3456 7890", ["siti"]),
        ("81234567890", ["siti"]),
        ("\N{EN DASH}".join(("0812", "3456", "7890")), ["siti"]),
        ("+6281234567890", ["siti"]),
        ("0812-3456", ["siti"]),
        ("0812", ["siti"]),
        ("+62 812", ["siti"]),
        ("3456 7890", ["siti"]),
        ("7890", ["siti"]),
        ("siti 0812-3456 7890", ["siti"]),
        ("0812-3456 7890 siti", ["siti"]),
        ("budi 0812-3456 7890", []),
        ("(021) 555 1234", ["budi"]),
        ("021 5551234 ext 12", ["budi"]),
        ("021 5551234 ext 13", []),
        ("+60 12-345 6789", ["rina"]),
        ("0812-3456 7891", []),
        ("siti", ["siti"]),
    ],
)
def test_an_account_is_found_by_its_telephone(
    inside: Client, typed: str, expected: list[str]
) -> None:
    assert found(inside, typed) == expected


def test_the_choices_of_a_field_are_found_alike(inside: Client) -> None:
    field = {"app_label": "register", "model_name": "assignment", "field_name": "user"}
    answer = inside.get("/admin/autocomplete/", field | {"term": "0812-3456 7890"})
    assert [one["text"] for one in answer.json()["results"]] == ["Contoh siti"]


def test_names_with_digits_are_still_found(inside: Client) -> None:
    make_user("petugas.0812", phone="")
    assert found(inside, "petugas.0812") == ["petugas.0812"]
    assert found(inside, "0812") == ["petugas.0812", "siti"]


# --- Shown -------------------------------------------------------------------


def test_a_read_only_telephone_of_an_account_is_shown_as_elsewhere(
    dataset: Dataset, inside: Client
) -> None:
    person = dataset.people["triage"]
    User.objects.filter(pk=person.pk).update(phone=STORED, is_sensitive=True)
    page = inside.get(f"{LIST}{person.pk}/change/").content.decode()
    assert SHOWN in page
    assert STORED not in page
    assert page.count(SHOWN) == 1
    assert "<label>Telepon:</label>" in page


def test_so_is_an_office_of_somebody_who_may_only_look(
    dataset: Dataset, inside: Client
) -> None:
    dataset.serang.phone = STORED
    dataset.serang.save(update_fields=["phone"])
    clerk = make_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_office"))
    browser = Client()
    sign_in(browser, "clerk")
    address = f"/admin/places/office/{dataset.serang.pk}/change/"
    page = browser.get(address).content.decode()
    assert SHOWN in page
    assert STORED not in page
    editable = inside.get(address).content.decode()
    assert f'value="{SHOWN}"' in editable


def test_so_is_a_request_for_other_contact_data(
    dataset: Dataset, inside: Client
) -> None:
    asked = ApprovalRequest.objects.create(
        kind=ApprovalRequest.Kind.CONTACT,
        account=dataset.people["triage"],
        office=dataset.kanwil,
        phone=STORED,
        requested_by=dataset.people["admin"],
        reason="Nomor diganti.",
    )
    address = f"/admin/people/approvalrequest/{asked.pk}/change/"
    page = inside.get(address).content.decode()
    assert SHOWN in page
    assert STORED not in page


def test_so_is_the_head_of_an_agency(dataset: Dataset, inside: Client) -> None:
    agency = dataset.agencies["dinsos"]
    agency.head_contact = STORED
    agency.save(update_fields=["head_contact"])
    clerk = make_user("clerk", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_agency"))
    browser = Client()
    sign_in(browser, "clerk")
    page = browser.get(f"/admin/agencies/agency/{agency.pk}/change/").content.decode()
    assert SHOWN in page
    assert STORED not in page


def test_without_a_telephone_a_dash_is_shown(dataset: Dataset, inside: Client) -> None:
    person = dataset.people["triage"]
    User.objects.filter(pk=person.pk).update(phone="", is_sensitive=True)
    page = inside.get(f"{LIST}{person.pk}/change/").content.decode()
    assert re.search(r'class="readonly">–</div>', page.split("field-phone")[1])
