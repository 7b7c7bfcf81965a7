"""Dates and times in models and forms; how they are read: lib/text/dates.py, times.py.

Every column of a date has bounds in the database (a check of the column), so that no
way in, form or command, stores the year 1.
"""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from desabinaan.lib.text.dates import FIRST_DAY, LAST_DAY, day_in, last_usual_day
from desabinaan.lib.text.times import time_in

#: what the readers say of anything that is no date or time at all
PLAIN_REFUSALS = {"day", "time"}
OUT_OF_BOUNDS = gettext_lazy("Choose a day between %(first)s and %(last)s.")


# --- Forms -------------------------------------------------------------------


class DayField(forms.DateField):
    """A date in any usual notation; the browser offers its calendar."""

    widget = forms.DateInput

    def __init__(self, *, since: date = FIRST_DAY, **options: Any) -> None:
        super().__init__(**options)
        self.since = since

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return super().to_python(value)
        try:
            return day_in("" if value is None else str(value), since=self.since)
        except ValidationError as refusal:
            raise self._worded(refusal) from refusal

    def validate(self, value: date | None) -> None:
        super().validate(value)
        last = last_usual_day()
        if value is not None and not self.since <= value <= last:
            raise ValidationError(
                OUT_OF_BOUNDS,
                "bounds",
                {
                    "first": date_format(self.since, "DATE_FORMAT"),
                    "last": date_format(last, "DATE_FORMAT"),
                },
            )

    def _worded(self, refusal: ValidationError) -> ValidationError:
        if refusal.code in PLAIN_REFUSALS:
            return ValidationError(self.error_messages["invalid"], "invalid")
        return refusal


class FilterDayField(DayField):
    """A day that narrows a list: there "-" is no blank, since it would show all."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is None and str(value or "").strip():
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return day


class ClockField(forms.TimeField):
    """A time of the day in any usual notation, in the zone of the office."""

    widget = forms.TimeInput

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, time):
            return value
        try:
            return time_in("" if value is None else str(value))
        except ValidationError as refusal:
            if refusal.code in PLAIN_REFUSALS:
                raise ValidationError(
                    self.error_messages["invalid"], "invalid"
                ) from refusal
            raise


# --- Models ------------------------------------------------------------------


class BoundsValidator(BaseValidator):
    """Refuse a date or moment outside FIRST_DAY (or `since`) to LAST_DAY."""

    code = "bounds"
    message = OUT_OF_BOUNDS

    def __init__(self, since: date) -> None:
        super().__init__(since)
        self.since = since

    def __call__(self, value: Any) -> None:
        day = value.date() if isinstance(value, datetime) else value
        if not self.since <= day <= LAST_DAY:
            shown = [date_format(one, "DATE_FORMAT") for one in (self.since, LAST_DAY)]
            params = dict(zip(("first", "last"), shown, strict=True))
            raise ValidationError(self.message, self.code, params)


class BoundedDateField(models.DateField[Any, Any]):
    """A date between `since` and LAST_DAY, held by a check of the column."""

    def __init__(self, *args: Any, since: date = FIRST_DAY, **options: Any) -> None:
        self.since = since
        super().__init__(*args, **options)

    @property
    def validators(self) -> list[Any]:
        return [*super().validators, BoundsValidator(self.since)]

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if self.since != FIRST_DAY:
            options["since"] = self.since
        return name, path, args, options

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        column = connection.ops.quote_name(str(self.column))
        return f"{column} BETWEEN DATE '{self.since}' AND DATE '{LAST_DAY}'"

    def formfield(self, **options: Any) -> Any:
        standard: dict[str, Any] = {"form_class": DayField, "since": self.since}
        return super().formfield(**(standard | options))


class BoundedDateTimeField(models.DateTimeField[Any, Any]):
    """A moment between FIRST_DAY and LAST_DAY in any zone, held by a check."""

    @property
    def validators(self) -> list[Any]:
        return [*super().validators, BoundsValidator(FIRST_DAY)]

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        # Midnight of the first day, and the end of the last one, in zones around UTC.
        column = connection.ops.quote_name(str(self.column))
        first = f"TIMESTAMPTZ '{FIRST_DAY} 00:00+14'"
        return f"{column} BETWEEN {first} AND TIMESTAMPTZ '{LAST_DAY} 23:59:59-12'"
