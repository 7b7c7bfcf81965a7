"""The list of FGD sessions as a page and as a file."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from fgd.sessions.forms.sessions import SessionFilter
from fgd.sessions.presenters.files import session_file
from fgd.sessions.selectors import list_values, session_rows
from villages.places.selectors import host_offices


def _form(request: Request) -> SessionFilter:
    hosts = host_offices(request.user, "session.view")
    return SessionFilter(request.GET, offices=hosts)


def _rows(user: User, form: SessionFilter) -> QuerySet[Any, dict[str, Any]]:
    return list_values(form.narrowed(session_rows(user)))


def _sorts() -> dict[str, Sort]:
    return {
        "mulai": Sort(Order("starts_at", descending=True), _("When")),
        "tema": Sort(Order("theme"), _("Theme")),
    }


SESSIONS = ListPage(
    form=_form, rows=_rows, sorts=_sorts, file=lambda _form: session_file()
)
