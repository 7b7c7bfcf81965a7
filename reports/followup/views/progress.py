"""A party tells progress; staff tell it on a party's behalf."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from fgd import parties
from reports.followup import actions
from reports.followup.forms.progress import ProgressForm
from reports.followup.selectors import dossier as dossiers
from reports.followup.selectors.speakers import speakers
from reports.followup.views.verbs import asked, back_to_action, to_action


@back_to_action
def report_progress(request: Request, pk: int) -> HttpResponse:
    action = dossiers.visible_action(request.user, pk)
    here = parties.held_at(action, request.user)
    if not parties.may_report(request.user, action, here):
        raise PermissionDenied("action.report")
    spoken_for = speakers(action, request.user, here)
    form = ProgressForm(
        posted(request),
        request.FILES or None,
        action=action,
        speakers=spoken_for,
        may_attach=may(request.user, "evidence.add", here),
    )
    if request.method == "POST" and form.is_valid():
        progress = _progress(form.cleaned_data)
        deed = partial(actions.report_progress, pk, progress, acting_user=request.user)
        if told := attempt(form, deed):
            _thank(request, told)
            return redirect(to_action(pk))
    elif request.method != "POST":
        dossiers.refuse_unless_moving(action)
    page, title = "reports/followup/report_progress.html", _("Report progress")
    only = next(iter(spoken_for.values())) if len(spoken_for) == 1 else None
    return asked(request, page, action, form, title, {"only": only})


def _progress(words: dict[str, Any]) -> actions.Progress:
    file, title = words.pop("file", None), words.pop("title", "")
    return actions.Progress(**words, piece=actions.Piece(file, title) if file else None)


def _thank(request: Request, told: actions.Told) -> None:
    if told.is_repeat:
        messages.info(request, _("We had received this already. Nothing was doubled."))
    else:
        messages.success(request, _("Your progress was reported. Thank you."))
