"""The minutes of a session, topic by topic."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_button,
    run_service,
    run_versioned_service,
)
from fgd.minutes import services
from fgd.minutes.forms import MinutesForm
from fgd.minutes.selectors import entries_of, reads_speakers, topics_with_minutes
from fgd.participants.selectors.participants import speakers_of
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import visible_session
from fgd.sessions.views.pages import (
    after_saving,
    page_of,
    readable,
    session_form_page,
    unlocked,
)
from fgd.sessions.workflow import refuse_not_running

TAB = "minutes:session_minutes"


def session_minutes(request: Request, pk: int) -> HttpResponse:
    session = readable(visible_session(request.user, pk), request.user)
    context = page_of(request, session, "minutes")
    context |= {
        "topics": topics_with_minutes(session),
        "names": reads_speakers(request.user, session),
        "may_write": session.status == Session.Status.IN_PROGRESS
        and access.may(request.user, "minutes.change", session),
    }
    return render(request, "minutes/session_minutes.html", context)


@require_form_methods
@back_to(TAB, "pk")
@reads_form(MinutesForm)
@once_per_form
def minutes_add(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    form = MinutesForm(post_or_none(request), speakers=speakers_of(session))
    refuse_not_running(session)
    row = row_or_refusal(session.topics.all(), topic, within=session)
    if form.is_valid():
        saved = run_service(
            form, services.add_entry, topic, acting_user=request.user, **form.entry()
        )
        if saved is not None:
            messages.success(request, _("The minutes are saved."))
            return after_saving(request, session, TAB)
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("Minutes: %(topic)s") % {"topic": row.title},
        again_label=_("Save and add another"),
    )


@require_form_methods
@back_to(TAB, "pk")
@reads_form(MinutesForm)
def minutes_change(request: Request, pk: int, entry: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    refuse_not_running(session)
    row = row_or_refusal(entries_of(session), entry, within=session)
    speakers = speakers_of(session)
    form = MinutesForm(post_or_none(request), instance=row, speakers=speakers)
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_entry,
            entry,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            **form.entry(),
        )
        if saved is not None:
            messages.success(request, _("The minutes are changed."))
            return redirect(TAB, pk)
    title = _("Change the minutes")
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_POST
@back_to(TAB, "pk")
def minutes_remove(request: Request, pk: int, entry: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    row_or_refusal(entries_of(session), entry, within=session)
    run_button(
        request,
        lambda: services.remove_entry(entry, acting_user=request.user),
        message=_("The entry is removed."),
    )
    return redirect(TAB, pk)
