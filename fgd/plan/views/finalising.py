from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    back_to,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.workflow.seen import latest_event_id
from fgd.plan import services
from fgd.plan.forms.finalising import FinaliseForm
from fgd.plan.presenters.finalising import FINALISE
from fgd.sessions import selectors as sessions_selectors
from fgd.sessions.presenters.guidance import missing_of
from fgd.sessions.views.pages import session_confirmation_page
from fgd.sessions.workflow import refuse_before_it_begins, refuse_not_running

DETAIL = "sessions:session_detail"


@require_form_methods
@back_to(DETAIL)
@reads_form(FinaliseForm)
def session_finalise(request: Request, pk: int) -> HttpResponse:
    session = sessions_selectors.visible_session(request.user, pk)
    access.require(request.user, "session.finalise", session)
    refuse_not_running(session)
    refuse_before_it_begins(session)
    seen = latest_event_id(session)
    form = FinaliseForm(request.POST or None, session=session)
    if form.is_valid():
        closing = form.closing(session) | {"acting_user": request.user}
        if run_service(form, services.finalise, pk, **closing):
            text = _("The minutes are final. The actions are now in the action plan.")
            messages.success(request, text)
            return redirect(DETAIL, pk)
    form.show(seen)
    missing = missing_of(session)
    template = "plan/session_finalise.html"
    return session_confirmation_page(
        request, session, form, **FINALISE, template=template, missing=missing
    )
