"""A pasted list of delegates: read, looked over row by row, then taken over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to
from fgd.actions import participants as deeds
from fgd.forms.pasting import PastedRows, PasteForm, pasted_rows_form
from fgd.models import Delegate, Session
from fgd.selectors.matching import matched, parties_in
from fgd.views.answering import ask, unlocked

TAB = "fgd:session_participants"


@back_to(TAB, "pk")
def delegates_paste(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = PasteForm(request.POST or None)
    if form.is_valid():
        rows = matched(form.cleaned_data["text"], request.user, session)
        parties = parties_in(session, request.user, [row["party"] for row in rows])
        return _look_over(request, session, pasted_rows_form(parties, initial=rows))
    return ask(
        request,
        session,
        form,
        lambda: None,
        title=_("Paste delegates from a spreadsheet"),
        tab=TAB,
        told="",
        submit_label=_("Look over the rows"),
    )


@require_POST
@back_to(TAB, "pk")
def delegates_apply(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    sent = [str(value) for key, value in request.POST.items() if key.endswith("-party")]
    rows = pasted_rows_form(parties_in(session, request.user, sent), data=request.POST)

    def deed() -> list[Delegate]:
        people = [deeds.Person(**row.person()) for row in rows.wanted()]
        return deeds.add_delegates(pk, acting_user=request.user, people=people)

    if rows.is_valid():
        made = attempt(rows.summary, deed)
        if made is not None:
            text = ngettext(
                "%(n)s delegate added.", "%(n)s delegates added.", len(made)
            )
            messages.success(request, text % {"n": len(made)})
            return redirect(TAB, pk)
    return _look_over(request, session, rows)


def _look_over(request: Request, session: Session, rows: PastedRows) -> HttpResponse:
    back = reverse(TAB, args=[session.pk])
    title = _("Look over the rows")
    crumbs = [
        (_("FGD sessions"), reverse("fgd:session_list")),
        (session.theme, back),
        (title, None),
    ]
    context = {"session": session, "rows": rows, "title": title, "crumbs": crumbs}
    return render(request, "fgd/delegates_look_over.html", context)
