"""The list of activities as a page and as a file."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.outreach.forms.filters import OutreachFilter
from villages.outreach.presenters.files import outreach_file
from villages.outreach.selectors.activities import outreach_rows
from villages.register.selectors.register import register_choices


def _form(request: Request) -> OutreachFilter:
    offered = register_choices(request.user)
    return OutreachFilter(request.GET, user=request.user, offered=offered)


def _rows(user: User, form: OutreachFilter) -> QuerySet[Any, dict[str, Any]]:
    return form.narrow(outreach_rows(user))


def outreach_sorts() -> dict[str, Sort]:
    """Return the sortable columns of a list of activities."""
    return {"waktu": Sort(Order("starts_at", descending=True), _("When"))}


ACTIVITIES = ListPage(
    form=_form, rows=_rows, sorts=outreach_sorts, file=lambda _form: outreach_file()
)
