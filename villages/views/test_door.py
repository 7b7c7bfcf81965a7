"""The open door: participants answer by a code from the wall, without an account."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.lockout import client_address
from desabinaan.lib import pages
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.transitions import IllegalTransition
from villages import actions
from villages.forms.awareness import AnswerForm, CodeForm
from villages.models import AwarenessRound
from villages.selectors.awareness import questions_of, round_with_code
from villages.selectors.knocks import knocks

#: a hall of people behind one address is let in, a machine that guesses is not
WRONG_CODES, ANSWERS = 40, 150
ANSWERED = "awareness"


@login_not_required
@never_cache
@require_safe
def test_door(request: HttpRequest) -> HttpResponse:
    """The code from the wall is asked for."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("villages:test_answer", code=form.cleaned_data["kode"])
    return _door(request, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def test_answer(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of an open round, and what became of the answers."""
    if knocks(client_address(request), "code") >= WRONG_CODES:
        return pages.too_many(request, minutes=1)
    round_ = round_with_code(code.upper())
    if round_ is None:
        return _unknown(request, code)
    if _has_answered(request, round_):
        return redirect("villages:test_done", code=round_.code)
    if not round_.is_open():
        return _told(request, _("This test is closed. Thank you for coming."))
    form = AnswerForm(posted(request), questions=questions_of(round_))
    try:
        if form.is_valid() and _counted(request, round_, form):
            return redirect("villages:test_done", code=round_.code)
    except IllegalTransition as refused:
        return _told(request, str(refused))
    context = {"form": form, "round": round_, "submit_label": _("Send my answers")}
    return render(request, "villages/test_answer.html", context)


@login_not_required
@never_cache
@require_safe
def test_done(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks; after the activity also the right answers, each with its reason."""
    round_ = round_with_code(code.upper())
    if round_ is None:
        return _unknown(request, code)
    if not _has_answered(request, round_):
        return redirect("villages:test_answer", code=round_.code)
    after = round_.moment == AwarenessRound.Moment.AFTER
    context = {"round": round_, "questions": questions_of(round_) if after else ()}
    return render(request, "villages/test_done.html", context)


@login_not_required
@require_POST
def test_again(request: HttpRequest, code: str) -> HttpResponse:
    """The next person answers on the same phone."""
    round_ = round_with_code(code.upper())
    if round_ is None:
        return _unknown(request, code)
    answered = set(request.session.get(ANSWERED, ()))
    request.session[ANSWERED] = sorted(answered - {round_.pk})
    return redirect("villages:test_answer", code=round_.code)


def _counted(request: HttpRequest, round_: AwarenessRound, form: AnswerForm) -> bool:
    """The answers count, and this browser remembers that it has answered."""
    if not actions.knock(client_address(request), "answer", most=ANSWERS):
        form.add_error(
            None,
            _(
                "Many answers come from this network at once. Your choices still "
                "stand below. Wait a minute, then send them again."
            ),
        )
        return False
    token = form.cleaned_data["token"]
    send = partial(actions.answer, round_.code, token, form.choices())
    if attempt(form, send) is None:
        return False
    answered = set(request.session.get(ANSWERED, ()))
    request.session[ANSWERED] = sorted(answered | {round_.pk})
    return True


def _has_answered(request: HttpRequest, round_: AwarenessRound) -> bool:
    return round_.pk in request.session.get(ANSWERED, ())


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    actions.knock(client_address(request), "code", most=WRONG_CODES)
    form = CodeForm({"kode": code})
    form.is_valid()
    form.errors.clear()
    form.add_error(
        "kode", _("We know no test with this code. Please look at the wall once more.")
    )
    return _door(request, form, status=404)


def _door(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form}
    return render(request, "villages/test_door.html", context, status=status)


def _told(request: HttpRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence}
    return render(request, "villages/test_told.html", context, status=409)
