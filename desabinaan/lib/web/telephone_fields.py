"""Telephone numbers in models and forms; how they are read: lib/text/telephones.py."""

from typing import Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy

from desabinaan.lib.text.telephones import LONGEST, telephone_in, telephone_text

E164 = r"^(\+[1-9][0-9]{3,14}(;ext=[0-9]{1,6})?)?$"
EXAMPLE = gettext_lazy("For example 0812 3456 7890.")


class TelephoneFormField(forms.CharField):
    """A telephone number in any usual notation; cleans to E.164 or ""."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", EXAMPLE)
        options["max_length"] = LONGEST
        super().__init__(**options)
        self.widget.input_type = "tel"
        self.widget.attrs |= {"inputmode": "tel", "class": "wide-20"}
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        stored = isinstance(value, str) and value.startswith("+")
        return telephone_text(value) if stored else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> str:
        return telephone_in(super().clean(value))


class TelephoneField(models.CharField[str, str]):
    """A telephone number, stored as E.164 (at most 15 digits, and an extension).

    A check of the column holds the notation: "+6281234567890", "+62215551234;ext=12".
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 25)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        column = connection.ops.quote_name(str(self.column))
        return f"{column} ~ '{E164}'"

    def formfield(self, **options: Any) -> Any:
        standard = {
            "form_class": TelephoneFormField,
            "help_text": self.help_text or EXAMPLE,
        }
        return super().formfield(**(standard | options))
