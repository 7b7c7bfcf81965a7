"""A pasted list of delegates: parse it, preview its rows, add them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    require_form_methods,
    run_service,
)
from fgd.participants import services
from fgd.participants.forms.pasting import PastedRows, PasteForm, pasted_rows_form
from fgd.participants.presenters import choices_for
from fgd.participants.selectors.matching import matched
from fgd.sessions.models import Session
from fgd.sessions.views.pages import session_crumbs, session_form_page, unlocked

TAB = "participants:session_participants"


@require_form_methods
@back_to(TAB, "pk")
def delegates_paste(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = PasteForm(post_or_none(request))
    if form.is_valid():
        rows = matched(form.cleaned_data["text"], request.user, session)
        parties = choices_for(session, request.user, [row["party"] for row in rows])
        return _preview(request, session, pasted_rows_form(parties, initial=rows))
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("Paste delegates from a spreadsheet"),
        submit_label=_("Check the rows"),
    )


@require_POST
@back_to(TAB, "pk")
def delegates_commit(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    sent = [str(value) for key, value in request.POST.items() if key.endswith("-party")]
    parties = choices_for(session, request.user, sent)
    rows = pasted_rows_form(parties, data=request.POST)
    if rows.is_valid():
        people = [services.Person(**row.person()) for row in rows.wanted()]
        added = run_service(
            rows.summary,
            services.add_delegates,
            pk,
            acting_user=request.user,
            people=people,
        )
        if added is not None:
            count = len(added)
            text = ngettext("%(n)s delegate added.", "%(n)s delegates added.", count)
            messages.success(request, text % {"n": count})
            return redirect(TAB, pk)
    return _preview(request, session, rows)


def _preview(request: Request, session: Session, rows: PastedRows) -> HttpResponse:
    crumbs = session_crumbs(session, reverse(TAB, args=[session.pk]))
    title = _("Check the rows")
    context = {"session": session, "rows": rows, "title": title}
    context["crumbs"] = [*crumbs, (title, None)]
    return render(request, "participants/delegates_preview.html", context)
