"""The list, the summary of one session, and its way from draft to final."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from desabinaan.lib.listing import listing
from desabinaan.lib.timeline import by_month
from fgd.actions import sessions as deeds
from fgd.forms.sessions import FinaliseForm, ReasonForm, SessionFilter, SessionForm
from fgd.models import Session
from fgd.selectors import sessions as selectors
from fgd.selectors.guidance import missing_for_finalising, next_step, process_of
from fgd.selectors.timelines import events_of, timeline_of_session
from fgd.standing import require_somewhere
from fgd.views.answering import ask, do, kept, page_of, unlocked
from fgd.workflow import SESSION_TONES, refuse_not_running, step_possible


def session_list(request: Request) -> HttpResponse:
    require_somewhere(request.user, "session.view_final")
    form = SessionFilter(
        request.GET, offices=selectors.host_offices(request.user, "session.view")
    )
    rows = form.narrowed(selectors.session_rows(request.user))
    sorts = selectors.session_sorts()
    found = listing(request.GET, selectors.told_in_rows(rows), sorts, form)
    states = {state: (SESSION_TONES[state], state.label) for state in Session.Status}
    context = {
        "listing": found,
        "form": form,
        "rows": [row | {"state": states[row["status"]]} for row in found.rows],
        "may_create": selectors.hosts_somewhere(request.user),
    }
    return render(request, "fgd/session_list.html", context)


def session_create(request: Request) -> HttpResponse:
    offices = selectors.host_offices(request.user)
    if not offices:
        raise PermissionDenied("session.create")
    form = SessionForm(
        request.POST or None, offices=offices, series=selectors.series_names(offices)
    )
    if form.is_valid():
        office = form.cleaned_data["office"]
        made = kept(
            form,
            lambda: deeds.create_session(
                acting_user=request.user, office=office, **form.facts()
            ),
        )
        if made is not None:
            messages.success(request, _("The session is planned."))
            return redirect("fgd:session_detail", made.pk)
    crumbs = [(_("FGD sessions"), reverse("fgd:session_list")), (_("New"), None)]
    return render(request, "fgd/session_create.html", {"form": form, "crumbs": crumbs})


def session_detail(request: Request, pk: int) -> HttpResponse:
    session = selectors.visible_session(request.user, pk)
    context = page_of(request, session, "summary")
    events = events_of(session) if context["reads"].whole else []
    context |= {
        "process": process_of(session, events),
        "months": by_month(timeline_of_session(session, events)),
        "next_step": next_step(session) if context["reads"].runs else None,
        "may_cancel": context["reads"].runs and step_possible("cancel", session),
    }
    return render(request, "fgd/session_detail.html", context)


@back_to("fgd:session_detail")
def session_change(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    offices = selectors.host_offices(request.user)
    form = SessionForm(
        request.POST or None,
        instance=session,
        offices=offices,
        series=selectors.series_names(offices),
    )

    def deed() -> Session:
        version = form.cleaned_data["version"] or 0
        return deeds.change_session(
            pk, acting_user=request.user, version=version, **form.facts()
        )

    words = {"title": _("Change the session"), "told": _("The session is changed.")}
    tab = "fgd:session_detail"
    return ask(request, session, form, deed, tab=tab, row=session, **words)


# --- Verbs -------------------------------------------------------------------


@require_POST
@back_to("fgd:session_detail")
def session_announce(request: Request, pk: int) -> HttpResponse:
    unlocked(request, pk, "session.change")
    do(
        request,
        lambda: deeds.announce(pk, acting_user=request.user),
        told=_("The session is announced. The invited see it now."),
    )
    return redirect("fgd:session_detail", pk)


@require_POST
@back_to("fgd:session_detail")
def session_open(request: Request, pk: int) -> HttpResponse:
    unlocked(request, pk, "session.change")
    do(
        request,
        lambda: deeds.open_session(pk, acting_user=request.user),
        told=_("The session is open. Attendance and minutes can be written."),
    )
    return redirect("fgd:session_detail", pk)


@back_to("fgd:session_detail")
def session_finalise(request: Request, pk: int) -> HttpResponse:
    session = selectors.visible_session(request.user, pk)
    access.require(request.user, "session.finalise", session)
    form = FinaliseForm(request.POST or None)

    def deed() -> Session:
        return deeds.finalise(
            pk,
            acting_user=request.user,
            note=form.cleaned_data["note"],
            occurred_at=form.closed_at(session),
        )

    refuse_not_running(session)
    return ask(
        request,
        session,
        form,
        deed,
        title=_("Finalise the minutes"),
        tab="fgd:session_detail",
        told=_("The minutes are final. The actions stand in the action plan."),
        template="fgd/session_finalise.html",
        missing=missing_for_finalising(session),
    )


@back_to("fgd:session_detail")
def session_cancel(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.cancel")
    form = ReasonForm(request.POST or None)
    return ask(
        request,
        session,
        form,
        lambda: deeds.cancel_session(
            pk, acting_user=request.user, reason=form.cleaned_data["reason"]
        ),
        title=_("Cancel the session"),
        tab="fgd:session_detail",
        told=_("The session is cancelled."),
        template="fgd/session_cancel.html",
    )
