"""Telephone numbers in the formats used in Indonesia."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALLOWED = re.compile(r"^\d{5,15}$")


def plain_phone(typed: str) -> str:
    """Return the number as digits, beginning with 0 for Indonesia.

    "+62 812-3456" and "812 3456" (spreadsheets drop the zero) become "08123456".
    ValidationError when it is not a number.
    """
    digits = re.sub(r"[\s.()/‐-―-]+", "", typed)
    if not digits:
        return ""
    if digits.startswith("+62"):
        digits = "0" + digits[3:].removeprefix("0")
    elif digits.startswith("62") and len(digits) > 9:
        digits = "0" + digits[2:]
    elif digits.startswith("8") and len(digits) > 8:
        digits = "0" + digits
    if not ALLOWED.match(digits.removeprefix("+")):
        raise ValidationError(
            _("Write the number in digits, for example 0812 3456 7890."), "phone"
        )
    return digits


class PhoneField(forms.CharField):
    """Telephone number in any usual format; the cleaned value is digits only."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 25)
        super().__init__(**options)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        self.widget.attrs.setdefault("class", "wide-20")

    def clean(self, value: Any) -> str:
        return plain_phone(super().clean(value))
