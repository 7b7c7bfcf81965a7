"""Who is invited, who is sent, who came."""

from copy import copy
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.deeds import back_to
from fgd.actions import participants as deeds
from fgd.forms.participants import DelegateForm, InvitationForm, InviteForm
from fgd.models import Delegate, Invitation, Session
from fgd.selectors.agencies import confirmed_agencies
from fgd.selectors.participants import (
    invitations_of,
    parties_of,
    party_choices,
    value_of,
)
from fgd.selectors.reading import delegates_in_sight
from fgd.selectors.sessions import villages_in_reach, visible_session
from fgd.views.answering import ask, do, page_of, unlocked

TAB = "fgd:session_participants"


def session_participants(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "participants")
    reads = context["reads"]
    invitations = invitations_of(session)
    delegates = list(
        delegates_in_sight(request.user, session, names=reads.names or reads.whole)
    )
    context |= {
        "parties": parties_of(invitations, delegates),
        "may_withdraw": reads.seats and session.status != Session.Status.IN_PROGRESS,
    }
    if reads.seats:
        context["form"] = DelegateForm(parties=party_choices(invitations))
    return render(request, "fgd/session_participants.html", context)


# --- Invitations -------------------------------------------------------------


@back_to(TAB, "pk")
def invite(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = InviteForm(
        request.POST or None, user=request.user, agencies=confirmed_agencies()
    )

    return ask(
        request,
        session,
        form,
        lambda: _invite(request.user, session, form.cleaned_data),
        title=_("Invite agencies and villages"),
        tab=TAB,
        told=_("The invitations are noted."),
        template="fgd/participants_invite.html",
    )


def _invite(user: User, session: Session, typed: dict[str, Any]) -> int:
    villages = {village.pk: village for village in typed["villages"]}
    if typed["all_villages"]:
        villages |= {row.pk: row for row in villages_in_reach(user, session)}
    return deeds.invite(
        session.pk,
        acting_user=user,
        agencies=typed["agencies"],
        villages=villages.values(),
        seats=typed["seats"],
        letter_number=typed["letter_number"],
    )


@back_to(TAB, "pk")
def invitation_change(request: Request, pk: int, invitation: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = get_object_or_404(session.invitations, pk=invitation)
    form = InvitationForm(request.POST or None, instance=copy(row))
    return ask(
        request,
        session,
        form,
        partial(_change_invitation, row, form, request.user),
        row=row,
        title=_("Invitation of %(party)s") % {"party": row},
        tab=TAB,
        told=_("The invitation is changed."),
    )


def _change_invitation(row: Invitation, form: InvitationForm, user: User) -> Invitation:
    typed = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
    return deeds.change_invitation(row.pk, acting_user=user, **typed)


@require_POST
@back_to(TAB, "pk")
def invitation_withdraw(request: Request, pk: int, invitation: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    get_object_or_404(session.invitations, pk=invitation)
    do(
        request,
        lambda: deeds.withdraw_invitation(invitation, acting_user=request.user),
        told=_("The invitation is withdrawn."),
    )
    return redirect(TAB, pk)


# --- Delegates ---------------------------------------------------------------


@back_to(TAB, "pk")
def delegate_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    form = DelegateForm(
        request.POST or None, parties=party_choices(invitations_of(session))
    )
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_delegates(
            pk, acting_user=request.user, people=[deeds.Person(**form.person())]
        ),
        title=_("Add a delegate"),
        tab=TAB,
        told=_("The delegate is on the list."),
        again_label=_("Save and add another"),
        onward=request.path if "lagi" in request.POST else None,
    )


@back_to(TAB, "pk")
def delegate_change(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = get_object_or_404(
        session.delegates.select_related("agency", "village"), pk=delegate
    )
    names = ("name", "position", "phone", "mandate", "part", "version")
    shown = {name: getattr(row, name) for name in names} | {
        "party": value_of(row.party)
    }
    parties = party_choices(invitations_of(session), row)
    form = DelegateForm(request.POST or None, initial=shown, parties=parties)

    def deed() -> Delegate:
        version = form.cleaned_data["version"] or 0
        person = deeds.Person(**form.person())
        return deeds.change_delegate(
            delegate, acting_user=request.user, version=version, person=person
        )

    words = {"title": _("Change the delegate"), "told": _("The delegate is changed.")}
    return ask(request, session, form, deed, tab=TAB, row=row, **words)


@require_POST
@back_to(TAB, "pk")
def delegate_remove(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    get_object_or_404(session.delegates, pk=delegate)
    do(
        request,
        lambda: deeds.remove_delegate(delegate, acting_user=request.user),
        told=_("The delegate is off the list."),
    )
    return redirect(TAB, pk)
