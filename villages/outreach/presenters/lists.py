"""The list of activities as a page and as a file."""

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.outreach.forms.filters import OutreachFilter
from villages.outreach.presenters.files import outreach_file
from villages.outreach.selectors.activities import outreach_rows
from villages.register.selectors.register import register_choices


def outreach_sorts() -> dict[str, Sort]:
    """Return the sortable columns of a list of activities."""
    return {"waktu": Sort(Order("starts_at", descending=True), _("When"))}


ACTIVITIES = ListPage(
    form=lambda request: OutreachFilter(
        request.GET, user=request.user, offered=register_choices(request.user)
    ),
    rows=lambda user, form: form.narrow(outreach_rows(user)),
    sorts=outreach_sorts,
    file=lambda _form: outreach_file(),
)
