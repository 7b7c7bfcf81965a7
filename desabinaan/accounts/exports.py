"""A list on a page and as a file, declared once so that both hold the same rows.

An app declares each of its lists once, in its presenters:

    VILLAGES = ListPage(
        form=lambda request: RegisterFilter(request.GET),
        rows=lambda user, form: form.narrow(register_rows(user)),
        sorts=register_sorts,
        file=lambda form: ListFile("desa-binaan", _("Fostered villages"), COLUMNS),
    )

and its two views say only what is particular to them:

    require_capability_anywhere(request.user, "village.view")
    form, listing = VILLAGES.page(request)

    require_capability_anywhere(request.user, "village.view")
    return VILLAGES.file_response(request)

A list of one place is a function that returns its ListPage (`zoning_list`). A list
without filters, one that is never cut into pages (months of one village, rows of an
import, agencies) or a file in an order of its own (zoning) uses `list_response`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urljoin

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.accounts import services
from desabinaan.accounts.file_responses import KINDS, sheet_response
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.sheets.columns import Column, Sheet
from desabinaan.lib.web.lists import (
    Listing,
    Sort,
    address,
    filters_in_words,
    listing,
    ordered,
)
from desabinaan.lib.web.tags import local_time

F = TypeVar("F", bound=forms.Form)
#: POST parameter of the download button; its value is one of KINDS
KIND = "bentuk"
ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as a file: file name, title, columns."""

    name: str
    title: str
    columns: Sequence[Column]


@dataclass(frozen=True, slots=True)
class ListPage(Generic[F]):
    """A list with filters and sorts, as a page and as a file.

    `rows` returns the rows that the user may read and the valid form leaves;
    `file_rows` those of the file, where it shows more columns or all states at once.
    A list that decision 15 keeps out of files has no `file`.
    """

    form: Callable[[Request], F]
    rows: Callable[[User, F], QuerySet[Any, dict[str, Any]]]
    #: by the value of the sort parameter; the first one is the default
    sorts: Callable[[], Mapping[str, Sort]]
    file: Callable[[F], ListFile] | None = None
    file_rows: Callable[[User, F], QuerySet[Any, dict[str, Any]]] | None = None

    def page(self, request: Request) -> tuple[F, Listing]:
        """Return the validated filter form and the page that the address asks for."""
        form = self._validated_form(request)
        rows = self._readable(self.rows, request.user, form)
        return form, listing(request.GET, rows, self.sorts(), form)

    def file_response(self, request: Request) -> HttpResponseBase:
        """Return all rows of the list as a file, in the order of the page."""
        if self.file is None:
            raise TypeError("this list is not offered as a file")
        form = self._validated_form(request)
        rows = self._readable(self.file_rows or self.rows, request.user, form)
        rows = ordered(request.GET, rows, self.sorts())
        return list_response(request, self.file(form), rows, form)

    def _readable(
        self,
        read: Callable[[User, F], QuerySet[Any, dict[str, Any]]],
        user: User,
        form: F,
    ) -> QuerySet[Any, dict[str, Any]]:
        """Return the rows; none when a filter cannot be read, as nobody asked for all.

        The page says so (`listing`), and no file is sent (`list_response`).
        """
        rows = read(user, form)
        return rows.none() if form.errors else rows

    def _validated_form(self, request: Request) -> F:
        form = self.form(request)
        form.is_valid()
        return form


def list_response(
    request: Request,
    listed: ListFile,
    rows: QuerySet[Any, Any],
    form: forms.Form | None = None,
) -> HttpResponseBase:
    """Return `rows`, already scoped, narrowed and sorted, as the file asked for.

    A list without filters has no `form`. With a filter that cannot be read there is no
    file: the list, whose address is the one above, says so. The rows come from a
    database cursor, so that many of them take no more memory than few.
    """
    if form is not None and form.errors:
        return redirect(urljoin(request.path, "..") + address(request.GET, {}))
    kind = request.POST.get(KIND, "")
    kind = kind if kind in KINDS else "xlsx"
    services.record_export(
        listed.name,
        kind,
        filters=_without_search_text(form) if form else {},
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
    return sheet_response(kind, sheet)


def _about(request: Request, form: forms.Form | None) -> list[str]:
    words = filters_in_words(form) if form else []
    return [
        _("Downloaded by %(who)s on %(when)s")
        % {"who": request.user, "when": local_time(timezone.now())},
        _("Filter: %(filters)s") % {"filters": "; ".join(words)}
        if words
        else _("No filter: everything you may see."),
    ]


def _without_search_text(form: forms.Form) -> dict[str, str]:
    """Return the chosen filters with their values; a search text becomes "…"."""
    return {
        name: str(value) if isinstance(form.fields[name], forms.ChoiceField) else "…"
        for name, value in form.cleaned_data.items()
        if value not in (None, "", False, [])
    }
