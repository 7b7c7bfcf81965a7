"""The one reader of dates, for every form, list and paste; bounds of every date."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from desabinaan.lib.text.dates import (
    FIRST_DAY,
    INDEPENDENCE,
    LAST_DAY,
    day_in,
    last_usual_day,
)
from desabinaan.lib.web.date_fields import (
    BoundedDateField,
    BoundedDateTimeField,
    ClockField,
    DayField,
)
from desabinaan.lib.web.forms import PortalForm
from fgd.sessions.models import Session
from tests.dataset import Dataset
from tests.sessions import sessions as scene
from tests.test_layout import PACKAGES

TWELFTH = date(2025, 11, 12)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        # numbers: day, month, year, with any sign between them
        ("12/11/2025", TWELFTH), ("12-11-2025", TWELFTH), ("12.11.2025", TWELFTH),
        ("12 11 2025", TWELFTH), ("12 / 11 / 2025", TWELFTH), ("12-11/2025", TWELFTH),
        ("12\u201311\u20132025", TWELFTH), ("\uff11\uff12/11/2025", TWELFTH),
        ("  12/11/2025 ", TWELFTH), ("'12/11/2025", TWELFTH),
        ("03/04/2025", date(2025, 4, 3)), ("3/4/2025", date(2025, 4, 3)),
        ("31/1/2025", date(2025, 1, 31)), ("29/02/2024", date(2024, 2, 29)),
        # two digits of a year belong to this century
        ("03/04/25", date(2025, 4, 3)), ("12-11-25", TWELFTH), ("12.11.25", TWELFTH),
        ("01/02/03", date(2003, 2, 1)), ("31/12/99", date(2099, 12, 31)),
        ("12 Nov '25", TWELFTH), ("12-Nov-25", TWELFTH),
        # a year of four digits may stand first
        ("2025-11-12", TWELFTH), ("2025/11/12", TWELFTH), ("2025.11.12", TWELFTH),
        ("2025-1-2", date(2025, 1, 2)), ("20251112", TWELFTH), ("12112025", TWELFTH),
        ("20012010", date(2010, 1, 20)), ("01012020", date(2020, 1, 1)),
        # words
        ("12 November 2025", TWELFTH), ("12 nov 2025", TWELFTH),
        ("12 NOPEMBER 2025", TWELFTH), ("12 Nop. 2025", TWELFTH),
        ("12 November, 2025", TWELFTH), ("12November2025", TWELFTH),
        ("3 Oktober 2026", date(2026, 10, 3)), ("3 October 2026", date(2026, 10, 3)),
        ("3 Okt 2026", date(2026, 10, 3)), ("1 Pebruari 2025", date(2025, 2, 1)),
        ("1 Agt 2025", date(2025, 8, 1)), ("1 Agustus 2025", date(2025, 8, 1)),
        ("17 August 2025", date(2025, 8, 17)), ("2 Mei 2025", date(2025, 5, 2)),
        ("2 May 2025", date(2025, 5, 2)), ("5 Desember 2025", date(2025, 12, 5)),
        ("November 12, 2025", TWELFTH), ("Nov 12 2025", TWELFTH),
        ("12th November 2025", TWELFTH), ("1st May 2025", date(2025, 5, 1)),
        # Roman months, as in the numbers of letters
        ("12/XI/2025", TWELFTH), ("12-xi-25", TWELFTH), ("2 I 2025", date(2025, 1, 2)),
        ("9/IX/2025", date(2025, 9, 9)), ("12.XII.2025", date(2025, 12, 12)),
        # a place, a weekday or a time beside it
        ("Rabu, 12 November 2025", TWELFTH), ("Rabu/12 November 2025", TWELFTH),
        ("Wednesday, 12 November 2025", TWELFTH), ("Serang, 12 November 2025", TWELFTH),
        ("Kab. Serang, 12/11/2025", TWELFTH),
        ("Jum'at, 14-11-2025", date(2025, 11, 14)),
        ("Jum\u2019at, 14-11-2025", date(2025, 11, 14)),
        ("tanggal 12 November 2025", TWELFTH), ("Tgl. 12-11-2025", TWELFTH),
        ("2025-11-12 09:30", TWELFTH), ("2025-11-12T09:30:00Z", TWELFTH),
        ("2025-11-12T09:30:00+07:00", TWELFTH), ("12/11/2025 09.30", TWELFTH),
        ("12/11/2025 9:30:00", TWELFTH), ("12/11/2025 pukul 09.30 WIB", TWELFTH),
        ("12 11.2025", TWELFTH),
        # the bounds themselves
        ("1/1/2000", FIRST_DAY), ("31/12/2099", LAST_DAY),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written_here(typed: str, day: date) -> None:
    for language in ("id", "en"):
        with override(language):
            assert day_in(typed) == day


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("45988", "serial"), ("45988,5", "serial"), ("'45988", "serial"),
        ("45988.375", "serial"),
        ("03/14/2025", "month_first"), ("12/25/2025", "month_first"),
        ("2025-14-03", "month_first"),
        ("Senin, 12 November 2025", "weekday"), ("Friday, 12/11/2025", "weekday"),
        ("12/11/0001", "bounds"), ("0001-01-01", "bounds"), ("12/11/1999", "bounds"),
        ("12/11/2100", "bounds"), ("12/11/9999", "bounds"),
        ("29/02/2025", "day"), ("31/04/2025", "day"), ("0/1/2025", "day"),
        ("2025", "day"), ("11/2025", "day"), ("12 November", "day"), ("besok", "day"),
        ("12/11/202", "day"), ("12/11/20255", "day"), ("1234", "day"),
        ("123456", "day"),
        ("99999", "day"), ("12 Foo 2025", "day"), ("12/IIX/2025", "day"),
        ("10-11 Desember 2026", "day"), ("1" * 5000, "day"), ("/1" * 250, "day"),
        ("12²/11/2025", "day"), ("\0", "day"), ("=NOW()", "day"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        day_in(typed)
    assert refusal.value.code == code
    assert len(refusal.value.messages[0]) < 200


def test_the_refusal_of_a_serial_number_names_the_date() -> None:
    with override("id"), pytest.raises(ValidationError) as refusal:
        day_in("45988")
    assert "27/11/2025" in refusal.value.messages[0]


def test_laws_may_be_older() -> None:
    assert day_in("1/1/1946", since=INDEPENDENCE) == date(1946, 1, 1)


@pytest.mark.parametrize("typed", ["", "  ", "\u00a0"])
def test_a_blank_says_nothing(typed: str) -> None:
    assert day_in(typed) is None


@given(st.dates(min_value=FIRST_DAY, max_value=LAST_DAY))
def test_a_day_is_read_in_every_notation(day: date) -> None:
    notations = (
        f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day.day} {day.month} {day.year}",
    )  # fmt: skip
    for written in notations:
        assert day_in(written) == day
    for language in ("id", "en"):
        with override(language):
            for form in ("j F Y", "l, j F Y", "d-M-y", "j M Y", "d/m/Y H.i"):
                moment = datetime.combine(day, time(9, 5))
                assert day_in(date_format(moment, form)) == day


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_refused(typed: str) -> None:
    with suppress(ValidationError):
        day_in(typed)


@given(st.text(alphabet="0123456789/.- novXI,Tt:", max_size=30))
def test_what_looks_like_a_date_is_inside_the_bounds_or_refused(typed: str) -> None:
    with suppress(ValidationError):
        found = day_in(typed)
        assert found is None or FIRST_DAY <= found <= LAST_DAY


# --- In forms ----------------------------------------------------------------


class MeetingForm(PortalForm, forms.Form):
    held_on = DayField(label="Tanggal")
    begins = ClockField(label="Mulai", required=False)


@pytest.mark.parametrize(
    "typed", ["0001-01-01", "1999-12-31", "9999-12-31", "45988", "Senin, 12/11/2025"]
)
def test_a_field_refuses_and_keeps_what_was_typed(typed: str) -> None:
    form = MeetingForm({"held_on": typed})
    assert form.errors["held_on"]
    assert f'value="{typed}"' in str(form["held_on"])


def test_a_field_takes_no_day_more_than_ten_years_ahead() -> None:
    assert MeetingForm({"held_on": f"{last_usual_day()}"}).is_valid()
    later = last_usual_day() + timedelta(days=1)
    with override("id"):
        form = MeetingForm({"held_on": f"{later}"})
        assert "1 Januari 2000" in form.errors["held_on"][0]


def test_a_time_that_cannot_be_read_stays_on_the_page() -> None:
    form = MeetingForm({"held_on": "2025-11-12", "begins": "jam makan"})
    assert 'value="jam makan"' in str(form["begins"])
    assert "Mulai" in form.errors["begins"][0]


def _portal_forms(kind: type[Any] = PortalForm) -> Iterator[type[Any]]:
    for form in kind.__subclasses__():
        yield form
        yield from _portal_forms(form)


def test_every_form_reads_dates_and_times_alike() -> None:
    assert get_resolver().url_patterns  # imports every form
    plain = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _portal_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField | forms.DateTimeField | forms.TimeField)
        and not isinstance(field, DayField | ClockField)
        and form.__module__.partition(".")[0] != "tests"
    }
    assert plain == set()


# --- In the database ---------------------------------------------------------


def _date_columns() -> Iterator[models.Field[Any, Any]]:
    for model in apps.get_models():
        if model.__module__.partition(".")[0] in PACKAGES and model._meta.managed:
            for field in model._meta.local_concrete_fields:
                by_clock = getattr(field, "auto_now_add", False)
                if isinstance(field, models.DateField) and not by_clock:
                    yield field


def test_every_column_of_a_date_is_bounded() -> None:
    unbounded = {
        f"{field.model._meta.label}.{field.name}"
        for field in _date_columns()
        if not isinstance(field, BoundedDateField | BoundedDateTimeField)
        and field.name != "last_login"  # Django's own, by the clock
    }
    assert unbounded == set()


@pytest.mark.django_db
def test_the_database_holds_the_bounds_of_every_column() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'c'"
        )
        checks = cursor.fetchall()
    bare = {
        f"{field.model._meta.db_table}.{field.column}"
        for field in _date_columns()
        if isinstance(field, BoundedDateField | BoundedDateTimeField)
        and not any(
            table == field.model._meta.db_table
            and f"{field.column} >= '" in check
            and ("2099-12-31" in check or "2100-01-01" in check)
            for table, check in checks
        )
    }
    assert bare == set()


@pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
def test_no_session_begins_outside_the_bounds(dataset: Dataset, year: int) -> None:
    session = scene.running(dataset)
    moment = datetime(year, 6, 1, tzinfo=timezone.get_current_timezone())
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(
            starts_at=moment, ends_at=moment + timedelta(hours=1)
        )
    session.starts_at = moment
    with pytest.raises(ValidationError, match="2000"):
        session.clean_fields()


def test_a_session_in_the_year_one_is_refused_and_home_answers(
    dataset: Dataset, signed_in: Callable[[str], Client]
) -> None:
    browser = signed_in("serang")
    typed = {
        "office": dataset.serang.pk, "theme": "Tema", "venue": "Aula",
        "day": "0001-01-01", "begins": "09.00", "ends": "12.00",
    }  # fmt: skip
    answer = browser.post(reverse("sessions:session_create"), typed)
    assert answer.context["form"].errors["day"]
    assert not Session.objects.exists()
    assert browser.get("/").status_code == 200


def test_an_activity_in_the_year_one_is_refused(
    dataset: Dataset, signed_in: Callable[[str], Client]
) -> None:
    typed = {"day": "0001-01-01", "clock": "09.00"}
    answer = signed_in("serang").post(reverse("outreach:outreach_plan"), typed)
    assert answer.context["form"].errors["day"]
