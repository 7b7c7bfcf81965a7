"""What somebody typed into a form that cannot be saved any more: to read and copy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.stale_edits import typed_value

#: fields of forms that nobody types into
CHOSEN = {
    "version", "next", "lagi", "one_more", "arah", "nomor", "source", "channel",
    "decision", "status", "seen", "bentuk",
}  # fmt: skip
LETTER = re.compile(r"[^\W\d_]")
Line = tuple[StrOrPromise, str]


def lines_of_sent(
    found: Sequence[forms.BaseForm], fields: Iterable[tuple[str, str]]
) -> list[Line]:
    """Return label and text of what was sent: by the forms that read it, if any.

    Texts that none of them reads are shown, too: nothing typed is lost.
    """
    if not found:
        return [*lines_of_post(fields)]
    read: set[str] = set()
    lines: list[Line] = []
    for form in found:
        lines += lines_of_form(form, without=read)
        read |= {form.add_prefix(name) for name in form.fields}
    others = [
        (name, value)
        for name, value in fields
        # Of what is left, a number may be the key of an answer.
        if name not in read and not value.strip().isdecimal()
    ]
    return [*lines, *lines_of_post(others)]


def lines_of_form(form: Any, *, without: Iterable[str] = ()) -> list[Line]:
    """Return label and text of each field that was filled in, in the form's order."""
    return [
        (capfirst(bound.label), text)
        for bound in form.visible_fields()
        if bound.html_name not in without and (text := _text_of(form, bound).strip())
    ]


def _text_of(form: Any, bound: Any) -> str:
    """Return what the page showed: words of an answer, otherwise what was typed."""
    field = bound.field
    if not bound.data:
        # A blank figure counts as 0 where it is saved; nobody typed that.
        return ""
    if isinstance(field, forms.FileField) or bound.name in form.errors:
        is_text = not isinstance(field, forms.FileField | forms.ChoiceField)
        return str(bound.data or "") if is_text else ""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if form.cleaned_data[bound.name] else ""
    if isinstance(field, forms.CharField):
        return str(bound.data or "")
    return typed_value(form, bound.name)


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
