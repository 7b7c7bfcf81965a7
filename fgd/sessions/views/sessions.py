"""The list of sessions, the summary of one session, and its transitions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    back_to,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_button,
    run_service,
    run_versioned_service,
)
from desabinaan.lib.web.stale_edits import SeenReasonForm
from desabinaan.lib.web.timeline import by_month
from desabinaan.lib.workflow.seen import latest_event_id
from desabinaan.lib.workflow.transitions import check_transition
from fgd.agencies.permissions import require_capability_anywhere
from fgd.sessions import selectors, services
from fgd.sessions.forms.sessions import OpeningForm, SessionForm
from fgd.sessions.models import Session
from fgd.sessions.presenters.guidance import (
    next_step,
    opening_question,
    process_of,
)
from fgd.sessions.presenters.lists import SESSIONS
from fgd.sessions.presenters.timelines import events_of, timeline_of_session
from fgd.sessions.views.pages import (
    page_of,
    session_confirmation_page,
    session_form_page,
    unlocked,
)
from fgd.sessions.workflow import (
    SESSION,
    SESSION_BADGE_STYLES,
    is_transition_available,
)
from villages.places import selectors as places_selectors

DETAIL = "sessions:session_detail"
CANCEL: dict[str, Any] = {
    "title": gettext_lazy("Cancel the session"),
    "question": gettext_lazy("Cancel this session?"),
    "explanation": gettext_lazy(
        "It stays in the list as cancelled, with your reason. This cannot be undone."
    ),
    "submit_label": gettext_lazy("Cancel the session"),
    "danger": True,
}


def session_list(request: Request) -> HttpResponse:
    require_capability_anywhere(request.user, "session.view_final")
    form, listing = SESSIONS.page(request)
    states = {
        state: (SESSION_BADGE_STYLES[state], state.label) for state in Session.Status
    }
    context = {
        "listing": listing,
        "form": form,
        "rows": [row | {"state": states[row["status"]]} for row in listing.rows],
        "may_create": places_selectors.hosts_anywhere(request.user),
    }
    return render(request, "sessions/session_list.html", context)


@require_form_methods
@once_per_form
def session_create(request: Request) -> HttpResponse:
    offices = places_selectors.host_offices(request.user)
    if not offices:
        raise PermissionDenied("session.create")
    series = selectors.series_names(offices)
    form = SessionForm(post_or_none(request), offices=offices, series=series)
    if form.is_valid():
        facts, user = form.facts(), request.user
        session = run_service(form, services.create_session, acting_user=user, **facts)
        if session is not None:
            messages.success(request, _("The session is planned."))
            return redirect(DETAIL, session.pk)
    url = reverse("sessions:session_list")
    return form_page(
        request,
        form,
        title=_("Plan a session"),
        submit_label=_("Save the session"),
        cancel_url=url,
        crumbs=[(_("FGD sessions"), url)],
        intro=_("A session that was already held can be entered too."),
    )


def session_detail(request: Request, pk: int) -> HttpResponse:
    session = selectors.visible_session(request.user, pk)
    with timezone.override(session.office.time_zone):
        return render(
            request, "sessions/session_detail.html", _summary(request, session)
        )


def _summary(request: Request, session: Session) -> dict[str, Any]:
    context = page_of(request, session, "summary")
    events = events_of(session) if context["reads"].whole else []
    return context | {
        "process": process_of(session, events),
        "months": by_month(timeline_of_session(session, events)),
        "next_step": next_step(session) if context["reads"].runs else None,
        "may_undo_opening": context["reads"].runs
        and is_transition_available("undo_opening", session)
        and not any(getattr(session, name) for name in selectors.WRITTEN),
        "may_cancel": context["reads"].runs
        and is_transition_available("cancel", session),
    }


@require_form_methods
@back_to(DETAIL)
@reads_form(SessionForm)
def session_change(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    offices = places_selectors.host_offices(request.user)
    form = SessionForm(
        post_or_none(request),
        instance=session,
        offices=offices,
        series=selectors.series_names(offices),
    )
    if form.is_valid():
        saved = run_versioned_service(
            form,
            session,
            services.change_session,
            pk,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            **form.facts(),
        )
        if saved is not None:
            messages.success(request, _("The session is changed."))
            return redirect(DETAIL, pk)
    title = _("Change the session")
    return session_form_page(request, session, form, tab=DETAIL, title=title)


# --- Transitions -------------------------------------------------------------


@require_POST
@back_to(DETAIL)
def session_announce(request: Request, pk: int) -> HttpResponse:
    unlocked(request, pk, "session.change")
    run_button(
        request,
        lambda: services.announce(pk, acting_user=request.user),
        message=_("The session is announced. The invited see it now."),
    )
    return redirect(DETAIL, pk)


@require_form_methods
@back_to(DETAIL)
@reads_form(OpeningForm)
def session_open(request: Request, pk: int) -> HttpResponse:
    """Open the session; before its day only after a question."""
    session = unlocked(request, pk, "session.change")
    check_transition(SESSION, "open", session.status, session)
    form = OpeningForm(post_or_none(request))
    if form.is_valid():
        saved = run_service(
            form,
            services.open_session,
            pk,
            acting_user=request.user,
            early=form.cleaned_data["early"],
        )
        if saved is not None:
            text = _("The session is open. Attendance and minutes can be written.")
            messages.success(request, text)
            return redirect(DETAIL, pk)
    question = opening_question(session)
    return session_confirmation_page(request, session, OpeningForm(), **question)


@require_POST
@back_to(DETAIL)
def session_undo_opening(request: Request, pk: int) -> HttpResponse:
    unlocked(request, pk, "session.change")
    run_button(
        request,
        lambda: services.undo_opening(pk, acting_user=request.user),
        message=_("The session is announced again, and no longer open."),
    )
    return redirect(DETAIL, pk)


@require_form_methods
@back_to(DETAIL)
@reads_form(SeenReasonForm)
def session_cancel(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.cancel")
    seen = latest_event_id(session)
    form = SeenReasonForm(post_or_none(request))
    if form.is_valid():
        saved = run_service(
            form,
            services.cancel_session,
            pk,
            acting_user=request.user,
            **form.cleaned_data,
        )
        if saved is not None:
            messages.success(request, _("The session is cancelled."))
            return redirect(DETAIL, pk)
    form.show(seen)
    return session_confirmation_page(request, session, form, **CANCEL)
