"""A page of the administration does not overwrite what changed since it was opened."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from desabinaan.accounts.admin_edits import LocksItsRow, ShownValuesForm
from fgd.agencies.services.agencies import change_contact
from tests.dataset import Dataset
from tests.forms import sent_form
from tests.locks import locked_by

Browser = Callable[[str], Client]
SHOWN = re.compile(r'name="shown_values" value="(\w+)"')


def address_of(row: Model) -> str:
    name = row._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{name}_change", args=[row.pk])


def agency(dataset: Dataset) -> tuple[Model, str, str]:
    return dataset.agencies["dinsos"], "name", "head_name"


def account(dataset: Dataset) -> tuple[Model, str, str]:
    return dataset.people["nobody"], "name", "email"


def office(dataset: Dataset) -> tuple[Model, str, str]:
    return dataset.serang, "name", "address"


@pytest.mark.parametrize("kind", [agency, account, office])
def test_a_stale_page_overwrites_nothing_and_then_may(
    dataset: Dataset, signed_in: Browser, kind: Callable[[Dataset], Any]
) -> None:
    row, mine, theirs = kind(dataset)
    address, admin_user = address_of(row), signed_in("admin")
    page = sent_form(admin_user.get(address))
    assert page["shown_values"]
    new = "baru@contoh.id"
    type(row)._default_manager.filter(pk=row.pk).update(**{theirs: new})
    before = type(row)._default_manager.values().get(pk=row.pk)
    answer = admin_user.post(address, page | {mine: "Tulisan Saya"})
    assert answer.status_code == 200
    assert type(row)._default_manager.values().get(pk=row.pk) == before
    text = answer.content.decode()
    assert "mengubah data ini setelah Anda membukanya" in text
    assert "Tulisan Saya" in text
    assert f"“{new}”" in text
    assert admin_user.post(address, sent_form(answer)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, mine) == "Tulisan Saya"


def test_a_contact_that_the_agency_changed_is_named_with_who(
    dataset: Dataset, signed_in: Browser
) -> None:
    row = dataset.agencies["dinsos"]
    client = signed_in("admin")
    page = sent_form(client.get(address_of(row)))
    change_contact(
        row.pk,
        acting_user=dataset.user("dinsos"),
        version=row.version,
        head_name="Ibu Baru",
        head_contact="",
        hotline="",
    )
    text = client.post(address_of(row), page).content.decode()
    assert f"{dataset.people['dinsos']} mengubah data ini" in text
    row.refresh_from_db()
    assert row.head_name == "Ibu Baru"


def test_another_mistake_does_not_make_a_stale_page_fresh(
    dataset: Dataset, signed_in: Browser
) -> None:
    row, client = dataset.agencies["dinsos"], signed_in("admin")
    page = sent_form(client.get(address_of(row)))
    answer = client.post(address_of(row), page | {"name": ""})
    assert SHOWN.findall(answer.content.decode()) == [page["shown_values"]]


def test_a_page_that_is_still_right_is_saved(
    dataset: Dataset, signed_in: Browser
) -> None:
    row, client = dataset.agencies["dinsos"], signed_in("admin")
    page = sent_form(client.get(address_of(row)))
    answer = client.post(address_of(row), page | {"head_name": "Ibu Baru"})
    assert answer.status_code == 302


def test_the_row_is_locked_while_it_is_compared(
    dataset: Dataset, signed_in: Browser
) -> None:
    row, client = dataset.agencies["dinsos"], signed_in("admin")
    page = sent_form(client.get(address_of(row)))
    locked = locked_by(lambda: client.post(address_of(row), page))
    assert "agencies_agency" in locked


def test_every_form_of_the_administration_compares() -> None:
    for model, page in admin.site._registry.items():
        assert isinstance(page, LocksItsRow), model
        assert issubclass(page.form, ShownValuesForm), model
