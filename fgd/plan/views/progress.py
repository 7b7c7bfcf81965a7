"""Progress on an action, reported by a party or by staff on its behalf."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    post_or_none,
    require_form_methods,
    run_service,
)
from fgd.plan import selectors, services
from fgd.plan.forms.progress import ProgressForm
from fgd.plan.selectors.representatives import reporting_parties
from fgd.plan.views.action_pages import DETAIL, action_form_page, back_to_action
from fgd.plan.workflow import SEND_PROGRESS, refuse_unless_moving

PAGE: dict[str, Any] = {
    "title": gettext_lazy("Report progress"),
    "submit_label": SEND_PROGRESS,
    "template": "plan/report_progress.html",
}


@require_form_methods
@back_to_action
@once_per_form
def report_progress(request: Request, pk: int) -> HttpResponse:
    action = selectors.visible_action(request.user, pk)
    place_roles = selectors.roles_at(action, request.user)
    if not selectors.may_report(request.user, action, place_roles):
        raise PermissionDenied("action.report")
    form = ProgressForm(
        post_or_none(request),
        request.FILES or None,
        action=action,
        parties=reporting_parties(action, request.user, place_roles),
        may_attach=may(request.user, "evidence.add", place_roles),
    ).kept_for(request.user)
    if not form.is_bound:
        refuse_unless_moving(action, SEND_PROGRESS)
    if form.is_valid():
        progress, user = _progress(form.cleaned_data), request.user
        result = run_service(
            form, services.report_progress, pk, progress, acting_user=user
        )
        if result is not None:
            messages.success(request, _("Your progress was reported. Thank you."))
            return redirect(DETAIL, pk)
    return action_form_page(request, action, form, **PAGE)


def _progress(data: dict[str, Any]) -> services.Progress:
    file, title = data.pop("file", None), data.pop("title", "")
    return services.Progress(
        **data, evidence_file=services.EvidenceFile(file, title) if file else None
    )
