"""The list of FGD sessions as a page and as a file."""

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from fgd.sessions.forms.sessions import SessionFilter
from fgd.sessions.presenters.files import session_file
from fgd.sessions.selectors import list_values, session_rows
from villages.places.selectors import host_offices

SESSIONS = ListPage(
    form=lambda request: SessionFilter(
        request.GET,
        user=request.user,
        offices=host_offices(request.user, "session.view"),
    ),
    rows=lambda user, form: list_values(form.narrow(session_rows(user))),
    sorts=lambda: {
        "mulai": Sort(Order("starts_at", descending=True), _("When")),
        "tema": Sort(Order("theme_folded"), _("Theme")),
    },
    file=lambda _form: session_file(),
)
