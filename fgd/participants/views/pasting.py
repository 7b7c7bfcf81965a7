"""Paste or upload a list of delegates; its other pages are those of every list."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from desabinaan.accounts.once import list_once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
)
from desabinaan.uploads.presenters.pages import latest_uploads
from desabinaan.uploads.views.pages import store_list
from fgd.participants.forms.lists import DelegateListForm
from fgd.participants.kind import DELEGATE_LISTS
from fgd.participants.models import DelegateList
from fgd.sessions.views.pages import session_form_page, unlocked

TAB = "participants:session_participants"


@require_form_methods
@back_to(TAB, "pk")
@reads_form(DelegateListForm)
@list_once_per_form
def delegates_paste(request: Request, pk: int) -> HttpResponse:
    """Store the people as a list to be checked; nobody is added yet."""
    session = unlocked(request, pk, "participant.change")
    form = DelegateListForm(
        post_or_none(request), request.FILES or None, kind=DELEGATE_LISTS
    )
    if form.is_valid():
        listed = DelegateList(session=session)
        if store_list(request, form, listed, form.table()):
            return redirect(DELEGATE_LISTS.url("columns", listed.pk))
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        template="participants/delegates_paste.html",
        title=_("Paste delegates from a spreadsheet"),
        submit_label=_("Check the columns"),
        uploads=latest_uploads(DELEGATE_LISTS, session.delegate_lists.all()),
        days=DELEGATE_LISTS.days_stored,
    )
