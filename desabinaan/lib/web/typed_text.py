"""What somebody typed into a form that cannot be saved any more: to read and copy."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.stale_edits import typed_value

#: fields of forms that nobody types into
CHOSEN = {
    "version", "next", "lagi", "one_more", "arah", "nomor", "source", "channel",
    "decision", "status", "seen",
}  # fmt: skip
Line = tuple[StrOrPromise, str]


def lines_of_form(form: Any) -> list[Line]:
    """Return label and text of each field that was filled in, in the form's order."""
    return [
        (field.label, text)
        for field in form.visible_fields()
        if field.name in form.cleaned_data
        and not isinstance(field.field, forms.MultipleChoiceField | forms.FileField)
        and (text := typed_value(form, field.name).strip())
    ]


def lines_of_post(fields: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """Yield readable names of the fields with the typed values."""
    for name, value in fields:
        if value.strip() and not is_technical(name):
            # Most field names are also msgids of the catalogue.
            yield _(soften(name)), value


def soften(name: str) -> str:
    """Return a readable name: "topics-0-lead_agency" is "Topics 1 lead agency"."""
    words = [
        str(int(part) + 1) if part.isdigit() else part
        for part in re.split(r"[-_]+", name)
    ]
    return " ".join(words).strip().capitalize()


def is_technical(name: str) -> bool:
    return (
        name in CHOSEN
        or name == "csrfmiddlewaretoken"
        or name.startswith("initial-")
        or name.endswith("_FORMS")
        or "uuid" in name
    )
