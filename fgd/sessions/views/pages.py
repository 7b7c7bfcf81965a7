"""The layout that every page of a session shares."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.web.form_pages import AnyForm, confirmation_page, form_page
from fgd.sessions.models import Session
from fgd.sessions.presenters.tabs import session_tabs
from fgd.sessions.selectors.session_access import session_access
from fgd.sessions.selectors.sessions import visible_session
from fgd.sessions.workflow import SESSION_BADGE_STYLES, refuse_locked


def unlocked(request: Request, pk: int, capability: str) -> Session:
    """Return the visible session; refuse users without the capability.

    IllegalTransition once it is final or cancelled.
    """
    session = visible_session(request.user, pk)
    access.require(request.user, capability, session)
    refuse_locked(session)
    return session


def readable(session: Session, user: User) -> Session:
    """Return the session if `user` may read its minutes and agreements, or 404."""
    if not session_access(user, session).outcome:
        raise Http404
    return session


def page_of(request: Request, session: Session, tab: str) -> dict[str, Any]:
    """Return the context of templates/sessions/session_layout.html."""
    reads = session_access(request.user, session)
    return {
        "session": session,
        "badge_style": SESSION_BADGE_STYLES[Session.Status(session.status)],
        "reads": reads,
        "tabs": session_tabs(session, tab, reads),
        "crumbs": session_crumbs(session),
    }


def session_crumbs(
    session: Session, url: str | None = None
) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs from the list of sessions to this one."""
    return [
        (_("FGD sessions"), reverse("sessions:session_list")),
        (session.theme, url),
    ]


def session_form_page(
    request: Request,
    session: Session,
    form: AnyForm,
    *,
    tab: str,
    template: str = "sessions/part_form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form of the session on a page of its own.

    `tab` names the route of the tab to which "Cancel" leads; `context` is what
    form_page and the template take: title, submit_label, intro, again_label.
    """
    context.setdefault("submit_label", _("Save"))
    back = reverse(tab, args=[session.pk])
    crumbs = session_crumbs(session, back)
    return form_page(
        request, form, cancel_url=back, crumbs=crumbs, template=template, **context
    )


def after_saving(request: Request, session: Session, tab: str) -> HttpResponse:
    """Redirect to the tab, or to the same form after "Save and add another"."""
    return (
        redirect(request.path) if "lagi" in request.POST else redirect(tab, session.pk)
    )


def session_confirmation_page(
    request: Request, session: Session, form: AnyForm, **context: Any
) -> HttpResponse:
    """Ask before a transition of the session; `context` as in confirmation_page."""
    back = reverse("sessions:session_detail", args=[session.pk])
    return confirmation_page(
        request,
        form,
        cancel_url=back,
        crumbs=session_crumbs(session, back),
        session=session,
        **context,
    )
