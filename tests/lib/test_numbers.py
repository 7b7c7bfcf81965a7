"""The one reader of numbers, for every form, list and paste."""

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.lib.text.numbers import number_in, whole_number_in
from desabinaan.lib.web.forms import PortalForm, WholeNumberField


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        # a point or a comma before other than three digits is the decimal sign
        ("45,5", "45.5"), ("45.5", "45.5"), ("0,5", "0.5"), ("12,75", "12.75"),
        ("3.1415", "3.1415"), ("3,1415", "3.1415"), ("100,0", "100.0"),
        # after a zero, too: 0.ddd is never thousands
        ("0.045", "0.045"), ("0,045", "0.045"), ("0.125", "0.125"), ("0.1", "0.1"),
        ("-0.250", "-0.250"), ("00.125", "0.125"),
        # after more than three digits as well
        ("1234.567", "1234.567"), ("1234,567", "1234.567"), ("1234,5", "1234.5"),
        # thousands as they are written here
        ("1.234", "1234"), ("12.345", "12345"), ("999.999", "999999"),
        ("1.234.567", "1234567"), ("1 250", "1250"), ("1 250 000", "1250000"),
        ("1\u00a0250", "1250"), ("1\u202f250", "1250"),
        # two signs, or one twice, leave no doubt
        ("1.234,5", "1234.5"), ("1,234.5", "1234.5"), ("1.234.567,89", "1234567.89"),
        ("1,234,567", "1234567"), ("1,234,567.89", "1234567.89"),
        # money, spaces, dashes, other digits
        ("Rp 1.250.000", "1250000"), ("Rp1.250.000,-", "1250000"), ("'42", "42"),
        (" 7 ", "7"), ("\u22123", "-3"), ("\u20137", "-7"), ("+5", "5"),
        ("\uff11\uff12", "12"), ("0", "0"), ("007", "7"),
    ],
)  # fmt: skip
def test_numbers_with_decimals(typed: str, number: str) -> None:
    assert number_in(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1,234", "12,000", "-1,000", "Rp 1,250"])
def test_what_could_be_both_is_asked(typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        number_in(typed)
    assert refusal.value.code == "two_ways"


def test_the_question_names_both_ways_to_write_it() -> None:
    with pytest.raises(ValidationError) as refusal:
        number_in("1,000")
    (sentence,) = refusal.value.messages
    assert "Tulis 1000 jika yang dimaksud ribuan, atau 1 jika bukan." in sentence
    with pytest.raises(ValidationError) as refusal:
        number_in("1,234")
    (sentence,) = refusal.value.messages
    assert "Tulis 1234 jika yang dimaksud ribuan, atau 1,2340 jika bukan." in sentence
    assert number_in("1,2340") == Decimal("1.234")


@pytest.mark.parametrize(
    ("typed", "answer"), [("1,000", "atau 1 jika bukan"), ("-12,000", "atau -12 jika")]
)
def test_a_whole_number_is_asked_without_decimals(typed: str, answer: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        number_in(typed, whole=True)
    assert refusal.value.code == "two_ways"
    assert answer in refusal.value.messages[0]


def test_a_whole_number_that_cannot_be_a_part_is_not_asked_about() -> None:
    assert number_in("1,250", whole=True) == Decimal(1250)


@pytest.mark.parametrize("typed", ["sekitar 500", "1,2,3", "9" * 41])
@pytest.mark.parametrize("reader", [partial(number_in, whole=True), whole_number_in])
def test_a_refused_whole_number_is_offered_no_decimals(reader, typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        reader(typed)
    assert "1.234,5" not in refusal.value.messages[0]
    assert "25" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("12,000", 12000), ("3,000", 3000), ("4.210", 4210), ("4,210", 4210),
        ("4 210", 4210), ("1.234.567", 1234567), ("1,234,567", 1234567),
        ("9" * 40, int("9" * 40)), ("1" * 30 + ",0", int("1" * 30)),
        ("25", 25), ("0", 0), ("12,0", 12), ("12.00", 12), ("1.250,00", 1250),
        ("1,250.00", 1250), ("-5", -5), ("Rp 1.250", 1250),
    ],
)  # fmt: skip
def test_counts_have_no_decimals(typed: str, count: int) -> None:
    assert whole_number_in(typed) == count


@pytest.mark.parametrize("typed", ["0.045", "0,125", "12,5", "12.5", "1.250,5"])
def test_a_part_is_no_count(typed: str) -> None:
    with pytest.raises(ValidationError):
        whole_number_in(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "sekitar 500", "1,2,3", "1.23.4", "=1+1", "12 5", "1 25", "1.234.56", "1e3",
        "8.12346E+10", "5-6", "--5", "1.2345,6", "0.123.456", "1,23.456", "NaN", "∞",
        "45%", "²", "1..000", ".1.", "9" * 41, "9" * 5000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("reader", [number_in, whole_number_in])
def test_what_is_no_number_is_refused(reader, typed: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        reader(typed)
    assert len(refusal.value.messages[0]) < 200


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_a_blank_says_nothing(typed: str) -> None:
    assert number_in(typed) is None
    assert whole_number_in(typed) is None


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_count_is_read_in_every_notation(count: int) -> None:
    for written in (f"{count}", f"{count:,}", f"{count:,}".replace(",", ".")):
        assert whole_number_in(written) == count


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_two_decimals_are_read_in_every_notation(number: Decimal) -> None:
    english = f"{number:,.2f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    for written in (
        english,
        indonesian,
        f"{number:.2f}",
        f"{number:.2f}".replace(".", ","),
    ):
        assert number_in(written) == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(typed: str) -> None:
    for reader in (number_in, whole_number_in):
        with suppress(ValidationError):
            reader(typed)


# --- In forms ----------------------------------------------------------------


class CountForm(PortalForm, forms.Form):
    count = WholeNumberField(label="Penduduk", min_value=0, max_value=20_000)


@pytest.mark.parametrize(("typed", "count"), [("4.210", 4210), ("12,000", 12000)])
def test_a_field_reads_thousands(typed: str, count: int) -> None:
    assert CountForm.base_fields["count"].clean(typed) == count


@pytest.mark.parametrize("typed", ["4,5", "abc", "20.001", "-1"])
def test_a_field_names_itself_when_it_refuses(typed: str) -> None:
    form = CountForm({"count": typed})
    assert "Penduduk" in form.errors["count"][0]


def _portal_forms(kind: type[Any] = PortalForm) -> Iterator[type[Any]]:
    for form in kind.__subclasses__():
        yield form
        yield from _portal_forms(form)


def test_every_form_reads_counts_alike() -> None:
    assert get_resolver().url_patterns  # imports every form
    plain = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _portal_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.IntegerField)
        and not isinstance(field, WholeNumberField | forms.DecimalField)
        and not field.widget.is_hidden
        and form.__module__.partition(".")[0] != "tests"
    }
    assert plain == set()
