"""The invitations and the delegates of a session."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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
from fgd.agencies.selectors.agencies import confirmed_agencies
from fgd.participants import services
from fgd.participants.forms.participants import DelegateForm, InvitationForm, InviteForm
from fgd.participants.presenters import delegate_values, party_choices
from fgd.participants.selectors.participants import (
    invitations_of,
    parties_of,
    visible_delegates,
)
from fgd.sessions.models import Session
from fgd.sessions.selectors.sessions import villages_in_reach, visible_session
from fgd.sessions.views.pages import (
    after_saving,
    page_of,
    session_form_page,
    unlocked,
)
from fgd.sessions.workflow import takes_attendance

TAB = "participants:session_participants"


def session_participants(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "participants")
    reads = context["reads"]
    invitations = invitations_of(session)
    delegates = list(
        visible_delegates(request.user, session, names=reads.names or reads.whole)
    )
    context |= {
        "parties": parties_of(invitations, delegates),
        "may_withdraw": reads.seats and session.status != Session.Status.IN_PROGRESS,
        "takes_attendance": takes_attendance(session),
        "shows_presence": session.is_final or takes_attendance(session),
    }
    if reads.seats:
        context["form"] = DelegateForm(parties=party_choices(invitations))
    return render(request, "participants/session_participants.html", context)


# --- Invitations -------------------------------------------------------------


@require_form_methods
@back_to(TAB, "pk")
@reads_form(InviteForm)
@once_per_form
def invite(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    agencies = confirmed_agencies()
    form = InviteForm(post_or_none(request), user=request.user, agencies=agencies)
    if form.is_valid():
        in_reach = villages_in_reach(request.user, session)
        invited = run_service(
            form,
            services.invite,
            pk,
            acting_user=request.user,
            **form.invitations(in_reach),
        )
        if invited is not None:
            messages.success(request, _("The invitations are recorded."))
            return redirect(TAB, pk)
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("Invite agencies and villages"),
        template="participants/participants_invite.html",
    )


@require_form_methods
@back_to(TAB, "pk")
@reads_form(InvitationForm)
def invitation_change(request: Request, pk: int, invitation: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = row_or_refusal(session.invitations.all(), invitation, within=session)
    form = InvitationForm(post_or_none(request), instance=copy(row))
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_invitation,
            row.pk,
            acting_user=request.user,
            **form.invitation(),
        )
        if saved is not None:
            messages.success(request, _("The invitation is changed."))
            return redirect(TAB, pk)
    title = _("Invitation of %(party)s") % {"party": row}
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_POST
@back_to(TAB, "pk")
def invitation_withdraw(request: Request, pk: int, invitation: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row_or_refusal(session.invitations.all(), invitation, within=session)
    run_button(
        request,
        lambda: services.withdraw_invitation(invitation, acting_user=request.user),
        message=_("The invitation is withdrawn."),
    )
    return redirect(TAB, pk)


# --- Delegates ---------------------------------------------------------------


@require_form_methods
@back_to(TAB, "pk")
@reads_form(DelegateForm)
@once_per_form
def delegate_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    parties = party_choices(invitations_of(session))
    form = DelegateForm(post_or_none(request), parties=parties)
    if form.is_valid():
        people = [services.Person(**form.person())]
        saved = run_service(
            form, services.add_delegates, pk, acting_user=request.user, people=people
        )
        if saved is not None:
            messages.success(request, _("The delegate is on the list."))
            return after_saving(request, session, TAB)
    return session_form_page(
        request,
        session,
        form,
        tab=TAB,
        title=_("Add a delegate"),
        again_label=_("Save and add another"),
    )


@require_form_methods
@back_to(TAB, "pk")
@reads_form(DelegateForm)
def delegate_change(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    delegates = session.delegates.select_related("agency", "village")
    row = row_or_refusal(delegates, delegate, within=session)
    parties = party_choices(invitations_of(session), row)
    initial = delegate_values(row)
    form = DelegateForm(post_or_none(request), initial=initial, parties=parties)
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_delegate,
            delegate,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            person=services.Person(**form.person()),
        )
        if saved is not None:
            messages.success(request, _("The delegate is changed."))
            return redirect(TAB, pk)
    title = _("Change the delegate")
    return session_form_page(request, session, form, tab=TAB, title=title)


@require_POST
@back_to(TAB, "pk")
def delegate_remove(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row_or_refusal(session.delegates.all(), delegate, within=session)
    run_button(
        request,
        lambda: services.remove_delegate(delegate, acting_user=request.user),
        message=_("The delegate is removed from the list."),
    )
    return redirect(TAB, pk)
