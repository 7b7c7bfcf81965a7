"""The list of monthly reports as a page and as a file."""

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from reports.monthly.forms import SlotFilter
from reports.monthly.presenters.files import slot_file, slot_file_rows
from reports.monthly.selectors.slots import slot_rows

MONTHLY_REPORTS = ListPage(
    form=lambda request: SlotFilter(request.GET, user=request.user),
    rows=lambda user, form: form.narrow(slot_rows(user)),
    file_rows=lambda user, form: form.narrow(slot_file_rows(user)),
    sorts=lambda: {
        "bulan": Sort(Order("month", descending=True), _("Month")),
        "tenggat": Sort(Order("due_on", descending=True), _("Due")),
    },
    file=lambda _form: slot_file(),
)
