"""People, account requests and second approvals as pages and as files."""

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.people import selectors
from villages.people.forms.accounts import (
    ApprovalRequestFilter,
    PersonFilter,
    RequestFilter,
)
from villages.people.presenters.files import account_request_file, person_file


def _latest_first() -> dict[str, Sort]:
    return {"diminta": Sort(Order("requested_at", descending=True), _("Requested on"))}


PEOPLE = ListPage(
    form=lambda request: PersonFilter(request.GET, user=request.user),
    rows=lambda user, form: selectors.person_rows(
        user,
        form.cleaned_data.get("q", ""),
        without_role=form.cleaned_data.get("without_role", False),
    ),
    sorts=lambda: {"akun": Sort(Order("username"), _("User name"))},
    file=lambda _form: person_file(),
)

ACCOUNT_REQUESTS = ListPage(
    form=lambda request: RequestFilter(request.GET),
    rows=lambda user, form: selectors.request_rows(
        user, form.cleaned_data.get("status", "")
    ),
    sorts=_latest_first,
    file=lambda _form: account_request_file(),
)

APPROVAL_REQUESTS = ListPage(
    form=lambda request: ApprovalRequestFilter(request.GET),
    rows=lambda user, form: selectors.approval_request_rows(
        user, form.cleaned_data.get("status", "")
    ),
    sorts=_latest_first,
)
