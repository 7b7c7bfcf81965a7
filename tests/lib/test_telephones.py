"""The one reader of telephone numbers, and the words that say nothing."""

from contextlib import suppress
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.lib.text.blanks import says_nothing
from desabinaan.lib.text.telephones import (
    telephone_in,
    telephone_text,
    telephones_as_stored,
)
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.telephone_fields import TelephoneField, TelephoneFormField
from tests.dataset import Dataset
from villages.register.models import VillageContact

MOBILE = "+6281234567890"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812-3456-7890", MOBILE), ("081234567890", MOBILE),
        ("0812 3456 7890", MOBILE), ("0812.3456.7890", MOBILE),
        ("+62 812-3456-7890", MOBILE), ("+62 (812) 3456 7890", MOBILE),
        ("62812 3456 7890", MOBILE), ("6281234567890", MOBILE),
        ("+6281234567890", MOBILE), ("+62 0812 3456 7890", MOBILE),
        # written for calls from abroad
        ("0062 812 3456 7890", MOBILE), ("006281234567890", MOBILE),
        # what spreadsheets make of it
        ("81234567890", MOBILE), ("81234567890.0", MOBILE), ("081234567890,0", MOBILE),
        ("'081234567890", MOBILE), ("081234567890.00", MOBILE),
        # what phones and Word make of it
        ("\uff10812 3456 789\uff10", MOBILE),
        ("0812\u20133456\u20137890", MOBILE), ("0812\u00a03456\u00a07890", MOBILE),
        # fixed lines
        ("021-5551234", "+62215551234"), ("+62 21 5551234", "+62215551234"),
        ("(021) 5551234", "+62215551234"), ("(0254) 200-123", "+62254200123"),
        ("0254/200123", "+62254200123"),
        ("(021) 555-1234 ext. 12", "+62215551234;ext=12"),
        ("021 5551234 pes 7", "+62215551234;ext=7"),
        ("021 5551234 Pesawat 105", "+62215551234;ext=105"),
        # other countries
        ("+60 12-345 6789", "+60123456789"), ("0060 12-345 6789", "+60123456789"),
        ("+673 222 1234", "+6732221234"), ("+1 415 555 2671", "+14155552671"),
    ],
)  # fmt: skip
def test_a_number_is_stored_in_one_notation(typed: str, stored: str) -> None:
    assert telephone_in(typed) == stored
    assert telephone_in(stored) == stored
    assert telephone_in(telephone_text(stored)) == stored


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (MOBILE, "0812-3456-7890"),
        ("+62215551234", "(021) 5551234"),
        ("+62215551234;ext=12", "(021) 5551234 ext. 12"),
        ("+60123456789", "+60 12-345 6789"),
        ("", ""),
    ],
)
def test_it_is_shown_as_it_is_dialled_here(stored: str, shown: str) -> None:
    assert telephone_text(stored) == shown


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812-3456 7890", MOBILE), ("+62 812 3456 7890", MOBILE),
        ("Siti 0812-3456 7890", f"Siti {MOBILE}"),
        ("0812-3456 7890 Siti", f"{MOBILE} Siti"),
        ("021 5551234 pes 7", "+62215551234;ext=7"),
        # the beginning of a number
        ("0812-34", "+6281234"), ("+62 812-34", "+6281234"), ("62 812", "+62812"),
        ("0062 812", "+62812"), ("(021) 555", "+6221555"), ("+60 12", "+6012"),
        # a part of one, or none
        ("34-56", "3456"), ("petugas.0812", "petugas.0812"), ("Siti", "Siti"), ("", ""),
    ],
)  # fmt: skip
def test_words_to_search_for_hold_numbers_as_stored(typed: str, stored: str) -> None:
    assert telephones_as_stored(typed) == stored


@given(st.text(max_size=60))
def test_any_words_can_be_searched_for(typed: str) -> None:
    assert isinstance(telephones_as_stored(typed), str)


@pytest.mark.parametrize(
    "typed",
    [
        "dua belas", "Pak Budi", "0812", "08123", "110", "12345", "+6281",
        "62812345", "0812-3456-7890-1234-5678", "0812/0813 4567 890", "0800-BANTUAN",
        "0812 3456 7890 (Budi)", "081234567890; 081234567891", "budi@contoh.id",
        "001 62 81234567890", "0812\x00", "=1+1", "1" * 300,
    ],
)  # fmt: skip
def test_what_no_telephone_has_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="0812 3456 7890"):
        telephone_in(typed)


@pytest.mark.parametrize("typed", ["8.12346E+10", "8,12346E+10", "8E10", "6.28123e+12"])
def test_a_number_that_a_spreadsheet_has_shortened_is_named(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        telephone_in(typed)
    assert refusal.value.code == "shortened"


NOTHING = [
    "", " ", "-", "--", "–", "—", ".", "...", "…", "0", "?", "x", "xxx", "n/a", "N/A",
    "NA", "nihil", "Nihil", "kosong", "tidak ada", "Tidak Ada", "tidak  ada", "tdk ada",
    "belum ada", "Belum ada.", "(belum ada)", "blm ada", "belum", "\u00a0", "\uff0d",
    "null", "none", "tidak diketahui", "/",
]  # fmt: skip


@pytest.mark.parametrize("typed", NOTHING)
def test_a_word_for_nothing_is_no_number(typed: str) -> None:
    assert says_nothing(typed)
    assert telephone_in(typed) == ""


@pytest.mark.parametrize(
    "typed", ["1", "00", "Ada", "Nahila", "Belumai", "Tidak Adam", "Xaver", "SK-0", "é"]
)
def test_other_words_say_something(typed: str) -> None:
    assert not says_nothing(typed)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    with suppress(ValidationError):
        stored = telephone_in(typed)
        assert stored == telephone_in(telephone_text(stored))


@given(st.integers(min_value=10**8, max_value=10**10 - 1))
def test_a_mobile_number_is_the_same_in_every_notation(subscriber: int) -> None:
    number = f"81{subscriber}"
    forms_of_it = (f"0{number}", f"+62{number}", f"62{number}", f"0062{number}", number)
    assert {telephone_in(one) for one in forms_of_it} == {f"+62{number}"}


# --- In forms and models -----------------------------------------------------


class ContactForm(PortalForm, forms.Form):
    phone = TelephoneFormField(label="Telepon", required=False)


def test_a_form_shows_the_number_as_it_is_dialled_and_keeps_what_was_typed() -> None:
    form = ContactForm(initial={"phone": MOBILE})
    assert form["phone"].value() == "0812-3456-7890"
    assert ContactForm({"phone": "abc"})["phone"].value() == "abc"


@pytest.mark.parametrize(
    ("typed", "has_changed"), [("0812-3456-7890", False), ("0812-3456-7891", True)]
)
def test_another_notation_is_no_change(typed: str, has_changed: bool) -> None:
    form = ContactForm({"phone": typed}, initial={"phone": MOBILE})
    assert form.has_changed() is has_changed


def test_every_column_of_telephones_is_read_by_the_reader() -> None:
    """Also in the administration site: the form field comes with the column."""
    columns: list[Any] = [
        field
        for model in apps.get_models()
        if model.__module__.partition(".")[0] in {"desabinaan", "villages", "fgd"}
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField)
        and field.name in {"phone", "head_contact", "telephone"}
        and not model.__name__.endswith("Event")
    ]
    assert len(columns) >= 6
    assert {type(column) for column in columns} == {TelephoneField}
    for column in columns:
        field = column.formfield()
        assert isinstance(field, TelephoneFormField)
        assert "0812 3456 7890" in str(field.help_text)


@pytest.mark.parametrize("number", ["0812 3456 7890", "6281234567890", "-", "+0812"])
def test_the_database_holds_the_notation(dataset: Dataset, number: str) -> None:
    contact = VillageContact(village=dataset.villages["lontar"], name="Contoh")
    contact.phone = number
    with pytest.raises(IntegrityError, match="phone"):
        contact.save()


@pytest.mark.parametrize("number", ["", "+6281234567890", "+62215551234;ext=12"])
def test_the_database_takes_what_is_read(dataset: Dataset, number: str) -> None:
    VillageContact.objects.create(
        village=dataset.villages["lontar"], name="Contoh", phone=number
    )
