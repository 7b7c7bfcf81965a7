"""A list page as a file: the same rows, written down before the first one leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desabinaan.accounts import actions
from desabinaan.accounts.http import Request
from desabinaan.lib.exports import KINDS, Column, Sheet, sheet_answer
from desabinaan.lib.listing import filters_in_words

#: what the button sends: one of KINDS
KIND = "bentuk"
ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as a file: the file's name, the title, the columns."""

    name: str
    title: str
    columns: Sequence[Column]


def list_answer(
    request: Request,
    listed: ListFile,
    rows: QuerySet[Any, Any],
    form: forms.Form | None = None,
) -> HttpResponseBase:
    """All of `rows`, already scoped, narrowed by the valid `form` and sorted.

    A list without filters has no form.

    They come from a cursor of the database, so many cost no more memory than few.
    """
    kind = request.POST.get(KIND, "")
    kind = kind if kind in KINDS else "xlsx"
    actions.record_export(
        listed.name,
        kind,
        filters=_without_what_was_typed(form) if form else {},
        rows=rows.count(),
        acting_user=request.user,
    )
    sheet = Sheet(
        listed.name,
        listed.title,
        listed.columns,
        rows.iterator(chunk_size=ROWS_AT_ONCE),
        about=_about(request, form),
    )
    return sheet_answer(kind, sheet)


def _about(request: Request, form: forms.Form | None) -> list[str]:
    now = timezone.localtime()
    words = filters_in_words(form) if form else []
    return [
        _("Downloaded by %(who)s on %(when)s")
        % {"who": request.user, "when": date_format(now, "j F Y H:i")},
        _("Filter: %(filters)s") % {"filters": "; ".join(words)}
        if words
        else _("Without a filter: everything you may see."),
    ]


def _without_what_was_typed(form: forms.Form) -> dict[str, str]:
    """Chosen filters with their values; of a search only that there was one."""
    return {
        name: str(value) if isinstance(form.fields[name], forms.ChoiceField) else "…"
        for name, value in form.cleaned_data.items()
        if value not in (None, "", False, [])
    }
