"""Public pages of the test: participants answer by a code, without an account."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts import rate_limits
from desabinaan.lib.web import error_pages
from desabinaan.lib.web.form_pages import (
    post_or_none,
    require_form_methods,
    run_service,
)
from desabinaan.lib.workflow.transitions import IllegalTransition
from villages.outreach import services
from villages.outreach.forms.awareness import AccessCodeForm, AnswerForm
from villages.outreach.models import AwarenessPhase
from villages.outreach.selectors.awareness import phase_with_code, questions_of

#: Limits per network address: many people share one, but guessing is stopped.
WRONG_CODES, ANSWERS = 40, 150
ANSWERED = "awareness"


def with_phase(
    view: Callable[[HttpRequest, AwarenessPhase], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the test with the code of its address; stop who tries codes."""

    @wraps(view)
    def wrapper(request: HttpRequest, code: str) -> HttpResponse:
        if rate_limits.requests_counted(request, "code") >= WRONG_CODES:
            return error_pages.too_many(request, minutes=1)
        phase = phase_with_code(code.upper())
        return view(request, phase) if phase else _unknown(request, code)

    return wrapper


@login_not_required
@never_cache
@require_safe
def test_code(request: HttpRequest) -> HttpResponse:
    """Ask for the access code."""
    form = AccessCodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("outreach:test_answer", code=form.cleaned_data["kode"])
    return _code_page(request, form)


@login_not_required
@never_cache
@require_form_methods
@with_phase
def test_answer(request: HttpRequest, phase: AwarenessPhase) -> HttpResponse:
    """Show the questions of an open test and count the answers."""
    if _has_answered(request, phase):
        return redirect("outreach:test_done", code=phase.code)
    if not phase.is_open():
        return _message_page(request, _("This test is closed. Thank you for coming."))
    form = AnswerForm(post_or_none(request), questions=questions_of(phase))
    try:
        if form.is_valid() and _counted(request, phase, form):
            return redirect("outreach:test_done", code=phase.code)
    except IllegalTransition as refusal:
        return _message_page(request, str(refusal))
    context = {"form": form, "phase": phase, "submit_label": _("Send my answers")}
    return render(request, "outreach/test_answer.html", context)


@login_not_required
@never_cache
@require_safe
@with_phase
def test_done(request: HttpRequest, phase: AwarenessPhase) -> HttpResponse:
    """Thank the participant; after the activity, show the right answers."""
    if not _has_answered(request, phase):
        return redirect("outreach:test_answer", code=phase.code)
    after = phase.kind == AwarenessPhase.Kind.AFTER
    context = {"phase": phase, "questions": questions_of(phase) if after else ()}
    return render(request, "outreach/test_done.html", context)


@login_not_required
@require_POST
@with_phase
def test_again(request: HttpRequest, phase: AwarenessPhase) -> HttpResponse:
    """Let the next person answer on the same phone."""
    answered = set(request.session.get(ANSWERED, ()))
    request.session[ANSWERED] = sorted(answered - {phase.pk})
    return redirect("outreach:test_answer", code=phase.code)


def _counted(request: HttpRequest, phase: AwarenessPhase, form: AnswerForm) -> bool:
    """Count the answers and note in the session that this browser has answered."""
    if not rate_limits.count_request(request, "answer", most=ANSWERS):
        form.add_error(
            None,
            _(
                "Many answers are coming from this network at once. Your choices are "
                "still below. Wait a minute, then send them again."
            ),
        )
        return False
    token = form.cleaned_data["token"]
    choices = form.choices()
    if run_service(form, services.answer, phase.code, token, choices) is None:
        return False
    answered = set(request.session.get(ANSWERED, ()))
    request.session[ANSWERED] = sorted(answered | {phase.pk})
    return True


def _has_answered(request: HttpRequest, phase: AwarenessPhase) -> bool:
    return phase.pk in request.session.get(ANSWERED, ())


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    rate_limits.count_request(request, "code", most=WRONG_CODES)
    form = AccessCodeForm({"kode": code})
    form.is_valid()
    form.errors.clear()
    form.add_error(
        "kode", _("There is no test with this code. Please check the code again.")
    )
    return _code_page(request, form, status=404)


def _code_page(
    request: HttpRequest, form: AccessCodeForm, status: int = 200
) -> HttpResponse:
    context = {"form": form}
    return render(request, "outreach/test_code.html", context, status=status)


def _message_page(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence}
    return render(request, "outreach/test_message.html", context, status=409)
