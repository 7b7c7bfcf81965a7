"""A pasted list of delegates: read it, preview what is understood, add the people.

Nothing is saved between the pages: the form sends the text again, with the answers.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    require_form_methods,
    run_service,
)
from fgd.participants import services
from fgd.participants.forms.pasted_people import PastedPeople
from fgd.participants.forms.pasting import PasteForm
from fgd.participants.selectors.participants import party_names
from fgd.sessions.models import Session
from fgd.sessions.views.pages import session_crumbs, session_form_page, unlocked

TAB = "participants:session_participants"


@require_form_methods
@back_to(TAB, "pk")
def delegates_paste(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = PasteForm(post_or_none(request))
    if "teks" not in request.POST and form.is_valid():
        return _preview(request, session, _pasted(request, session, form))
    return _text_page(request, session, form)


@require_POST
@back_to(TAB, "pk")
@once_per_form
def delegates_commit(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = PasteForm(request.POST)
    if not form.is_valid():
        return _text_page(request, session, form)
    pasted = _pasted(request, session, form)
    if pasted.may_be_saved():
        people = [services.Person(**person) for person in pasted.persons()]
        added = run_service(
            pasted.summary,
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
    return _preview(request, session, pasted)


def _pasted(request: Request, session: Session, form: PasteForm) -> PastedPeople:
    rows = form.cleaned_data["text"]
    return PastedPeople(rows, request.POST, user=request.user, session=session)


def _text_page(request: Request, session: Session, form: PasteForm) -> HttpResponse:
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("Paste delegates from a spreadsheet"),
        submit_label=_("Check the rows"),
    )


def _preview(request: Request, session: Session, pasted: PastedPeople) -> HttpResponse:
    crumbs = session_crumbs(session, reverse(TAB, args=[session.pk]))
    title = _("Check the rows")
    context = {
        "session": session,
        "pasted": pasted,
        "text": request.POST["text"],
        "party_names": party_names(session),
        "title": title,
        "crumbs": [*crumbs, (title, None)],
    }
    return render(request, "participants/delegates_preview.html", context)
