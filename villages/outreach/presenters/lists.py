"""The list of activities as a page and as a file."""

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.outreach.forms.filters import OutreachFilter
from villages.outreach.presenters.files import outreach_file
from villages.outreach.selectors.activities import in_village, outreach_rows
from villages.register.models import Village
from villages.register.selectors.register import register_choices


def _sorts() -> dict[str, Sort]:
    """Return the sortable columns of a list of activities."""
    return {"waktu": Sort(Order("starts_at", descending=True), _("When"))}


ACTIVITIES = ListPage(
    form=lambda request: OutreachFilter(
        request.GET, user=request.user, offered=register_choices(request.user)
    ),
    rows=lambda user, form: form.narrow(outreach_rows(user)),
    sorts=_sorts,
    file=lambda _form: outreach_file(),
)


def activities_of(village: Village) -> ListPage[OutreachFilter]:
    """Return the list of the activities in one village."""
    return ListPage(
        form=lambda request: OutreachFilter(request.GET, user=request.user),
        rows=lambda user, form: in_village(
            form.narrow(outreach_rows(user)), village=village
        ),
        sorts=_sorts,
    )
