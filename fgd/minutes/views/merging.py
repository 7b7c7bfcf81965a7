"""Merging of two rows of the same delegate."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from fgd.minutes.services.merging import merge_delegates
from fgd.participants.forms.participants import MergeDelegatesForm
from fgd.participants.selectors.participants import possible_duplicates_of
from fgd.participants.views.participants import TAB
from fgd.sessions.views.pages import session_form_page, unlocked


@require_form_methods
@back_to(TAB, "pk")
@reads_form(MergeDelegatesForm)
def delegate_merge(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = row_or_refusal(session.delegates.all(), delegate, within=session)
    candidates = possible_duplicates_of(row)
    form = MergeDelegatesForm(post_or_none(request), candidates=candidates)
    if form.is_valid():
        into = form.cleaned_data["into"]
        user = request.user
        if run_service(form, merge_delegates, delegate, into, acting_user=user):
            messages.success(request, _("The two rows are merged."))
            return redirect(TAB, pk)
    intro = _(
        "Choose the other row of this person. It keeps its name and party. Attendance "
        "and minutes move to it. This row is removed."
    )
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("%(name)s is listed here twice") % {"name": row},
        submit_label=_("Merge the two rows"),
        intro=intro,
    )
