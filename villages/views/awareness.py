"""The officer's side of the awareness test."""

from dataclasses import dataclass
from functools import partial

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from villages import actions
from villages.forms.awareness import PaperForm
from villages.models import AwarenessRound, OutreachActivity
from villages.selectors.awareness import (
    bank_for,
    paper_counts,
    questions_of,
    room_at,
    rounds_of,
    test_of,
)
from villages.selectors.learning import gains_of
from villages.views.outreach_frames import (
    activity_crumbs,
    activity_in_sight,
    activity_page,
    activity_url,
    back_to_test,
)

Moment = AwarenessRound.Moment


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the two rounds on the page, opened or not."""

    moment: str
    title: str
    round: AwarenessRound | None
    may_open: bool
    #: opening it ends the round before, or leaves that one out for good
    asks: bool


@require_safe
def outreach_test(request: Request, pk: int) -> HttpResponse:
    """Both rounds with their codes, and what people learned."""
    activity = activity_in_sight(request, pk)
    test = test_of(activity)
    lines, total = gains_of(activity)
    stages = _stages(request, activity)
    context = activity_page(request, activity, "test") | {
        "bank": test.bank if test else bank_for(activity.pillar),
        "stages": stages,
        "room": room_at(activity),
        "is_over": all(one.round and not one.round.is_open() for one in stages),
        "lines": lines,
        "total": total,
    }
    return render(request, "villages/outreach_test.html", context)


@back_to_test
@require_http_methods(["GET", "HEAD", "POST"])
def test_open(request: Request, pk: int, moment: str) -> HttpResponse:
    """The round takes answers; the page asks first where it ends the other one."""
    activity = activity_in_sight(request, pk)
    if request.method == "POST":
        try:
            actions.open_round(activity, moment, acting_user=request.user)
            told = _("The round is open. Show the code on the wall.")
            messages.success(request, told)
        except ValidationError as missing:
            messages.warning(request, missing.messages[0])
        return redirect(activity_url(activity, "outreach_test"))
    access.require(request.user, "outreach.change", activity)
    context = _frame(activity, _("Open a round")) | {
        "question": _("Open this round now?"),
        "explanation": _what_ends(activity, moment),
        "submit_label": _("Open this round"),
    }
    return render(request, "villages/outreach_confirm.html", context)


@back_to_test
@require_http_methods(["GET", "HEAD", "POST"])
def test_close(request: Request, pk: int, moment: str) -> HttpResponse:
    """The round takes no answers any more, after the question whether it should."""
    round_ = _round_to_change(request, pk, moment)
    activity = round_.test.activity
    if request.method == "POST":
        actions.close_round(round_, acting_user=request.user)
        messages.success(request, _("The round is closed."))
        return redirect(activity_url(activity, "outreach_test"))
    context = _frame(activity, _("Close a round")) | {
        "question": _("Close the test now?"),
        "explanation": _(
            "Who has not sent yet comes too late. A closed round stays closed, "
            "so that nobody can tell single answers."
        ),
        "submit_label": _("Close the round"),
    }
    return render(request, "villages/outreach_confirm.html", context)


@require_safe
def test_sheet(request: Request, pk: int, moment: str) -> HttpResponse:
    """The code for the wall, as large as an A4 sheet allows, with its QR code."""
    activity = activity_in_sight(request, pk)
    round_ = get_object_or_404(rounds_of(activity), moment=moment)
    address = reverse("villages:test_answer", kwargs={"code": round_.code})
    url = request.build_absolute_uri(address)
    context = _frame(activity, _("Sheet for the wall")) | {
        "round": round_,
        "door": request.build_absolute_uri(reverse("villages:test_door")),
        "picture": segno.make(url, error="m").svg_data_uri(scale=8, border=2),
    }
    return render(request, "villages/test_sheet.html", context)


@back_to_test
@require_http_methods(["GET", "HEAD", "POST"])
def test_paper(request: Request, pk: int, moment: str) -> HttpResponse:
    """Answers on paper are entered as counts, two numbers per question."""
    round_ = _round_to_change(request, pk, moment)
    known, questions = paper_counts(round_), questions_of(round_)
    form = PaperForm(posted(request), round_=round_, questions=questions, known=known)
    if form.is_valid():
        enter = partial(
            actions.enter_paper,
            round_,
            form.tallies(),
            version=form.cleaned_data["version"],
            acting_user=request.user,
        )
        if attempt(form, enter):
            messages.success(request, _("The answers on paper are saved."))
            return redirect(activity_url(round_.test.activity, "outreach_test"))
    if form.stale:
        form.move_to(_round_to_change(request, pk, moment).version)
    context = _frame(round_.test.activity, _("Answers on paper"))
    context |= {"form": form, "round": round_, "submit_label": _("Save the counts")}
    return render(request, "villages/test_paper.html", context)


def _stages(request: Request, activity: OutreachActivity) -> list[Stage]:
    """Before and after; what was cancelled opens no more."""
    found = {round_.moment: round_ for round_ in rounds_of(activity)}
    allowed = (
        may(request.user, "outreach.change", activity)
        and activity.status != OutreachActivity.Status.CANCELLED
    )
    begun = Moment.AFTER in found
    before = found.get(Moment.BEFORE)
    return [
        Stage(
            moment,
            title,
            found.get(moment),
            may_open=allowed and moment not in found and not begun,
            asks=moment == Moment.AFTER and (before is None or before.is_open()),
        )
        for moment, title in (
            ("before", _("Before the activity")),
            ("after", _("After the activity")),
        )
    ]


def _what_ends(activity: OutreachActivity, moment: str) -> str:
    """What opening this round means for the one before the activity."""
    if moment == Moment.BEFORE:
        return _("It takes answers for twelve hours, or until you close it.")
    before = rounds_of(activity).filter(moment=Moment.BEFORE).first()
    if before is None:
        return _(
            "The round before the activity was not opened yet. Once this one is open, "
            "it cannot be opened any more, and no gain can be measured."
        )
    if not before.is_open():
        return _("It takes answers for twelve hours, or until you close it.")
    return ngettext(
        "The round before the activity is closed by it, with %(count)s answer by "
        "phone. It cannot be opened again.",
        "The round before the activity is closed by it, with %(count)s answers by "
        "phone. It cannot be opened again.",
        before.answer_count,
    ) % {"count": before.answer_count}


def _round_to_change(request: Request, pk: int, moment: str) -> AwarenessRound:
    activity = activity_in_sight(request, pk)
    access.require(request.user, "outreach.change", activity)
    return get_object_or_404(rounds_of(activity), moment=moment)


def _frame(activity: OutreachActivity, title: str) -> dict[str, object]:
    test = activity_url(activity, "outreach_test")
    return {
        "title": title,
        "activity": activity,
        "cancel_url": test,
        "crumbs": [
            *activity_crumbs(activity, linked=True),
            (_("Awareness test"), test),
            (title, None),
        ],
    }
