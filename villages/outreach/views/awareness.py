"""The pages of the awareness test for officers."""

from dataclasses import dataclass

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.addresses import absolute_url
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_button,
    run_service,
)
from desabinaan.lib.web.stale_edits import accept_version
from villages.outreach import services
from villages.outreach.forms.awareness import PaperForm
from villages.outreach.models import AwarenessPhase, OutreachActivity
from villages.outreach.selectors.awareness import (
    bank_for,
    capacity_at,
    paper_counts,
    phases_of,
    questions_of,
    test_of,
)
from villages.outreach.selectors.learning import gains_of
from villages.outreach.views.pages import (
    activity_crumbs,
    activity_page,
    activity_url,
    back_to_test,
    visible_activity,
)

Kind = AwarenessPhase.Kind


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the two tests on the page, opened or not."""

    kind: str
    title: str
    phase: AwarenessPhase | None
    may_open: bool
    #: opening it closes the test before the activity, or skips it for ever
    asks: bool


@require_safe
def outreach_test(request: Request, pk: int) -> HttpResponse:
    """Show both tests with their codes, and what people learned."""
    activity = visible_activity(request, pk)
    test = test_of(activity)
    lines, total = gains_of(activity)
    stages = _stages(request, activity)
    context = activity_page(request, activity, "test") | {
        "bank": test.bank if test else bank_for(activity.pillar),
        "stages": stages,
        "capacity": capacity_at(activity),
        "is_over": all(one.phase and not one.phase.is_open() for one in stages),
        "lines": lines,
        "total": total,
    }
    return render(request, "outreach/outreach_test.html", context)


@back_to_test
@require_form_methods
def test_open(request: Request, pk: int, kind: str) -> HttpResponse:
    """Open a test; the page asks first when this closes the other one."""
    activity = visible_activity(request, pk)
    if request.method == "POST":
        run_button(
            request,
            lambda: services.open_phase(activity, kind, acting_user=request.user),
            message=_("The test is open. Show the code to the participants."),
        )
        return redirect(activity_url(activity, "outreach_test"))
    access.require(request.user, "outreach.change", activity)
    return confirmation_page(
        request,
        title=_("Open a test"),
        question=_("Open this test now?"),
        explanation=_opening_text(activity, kind),
        submit_label=_("Open this test"),
        cancel_url=activity_url(activity, "outreach_test"),
        crumbs=_test_crumbs(activity),
        template="outreach/outreach_confirm.html",
        activity=activity,
    )


@back_to_test
@require_form_methods
def test_close(request: Request, pk: int, kind: str) -> HttpResponse:
    """Close a test after asking."""
    phase = _phase_to_change(request, pk, kind)
    activity = phase.test.activity
    if request.method == "POST":
        services.close_phase(phase, acting_user=request.user)
        messages.success(request, _("The test is closed."))
        return redirect(activity_url(activity, "outreach_test"))
    return confirmation_page(
        request,
        title=_("Close a test"),
        question=_("Close the test now?"),
        explanation=_(
            "Answers that have not been sent can no longer be sent. A closed test "
            "stays closed, so that nobody can work out single answers."
        ),
        submit_label=_("Close the test"),
        cancel_url=activity_url(activity, "outreach_test"),
        crumbs=_test_crumbs(activity),
        template="outreach/outreach_confirm.html",
        activity=activity,
    )


@require_safe
def test_sheet(request: Request, pk: int, kind: str) -> HttpResponse:
    """Show the poster with the access code and its QR code, for printing on A4."""
    activity = visible_activity(request, pk)
    phase = get_object_or_404(phases_of(activity), kind=kind)
    address = reverse("outreach:test_answer", kwargs={"code": phase.code})
    url = absolute_url(address)
    title = _("QR code poster")
    context = {
        "title": title,
        "activity": activity,
        "phase": phase,
        "entry_url": absolute_url(reverse("outreach:test_code")),
        "picture": segno.make(url, error="m").svg_data_uri(scale=8, border=2),
        "crumbs": [*_test_crumbs(activity), (title, None)],
    }
    return render(request, "outreach/test_sheet.html", context)


@back_to_test
@require_form_methods
@reads_form(PaperForm)
def test_paper(request: Request, pk: int, kind: str) -> HttpResponse:
    """Enter paper answers as counts, two numbers for each question."""
    phase = _phase_to_change(request, pk, kind)
    known, questions = paper_counts(phase), questions_of(phase)
    data = post_or_none(request)
    form = PaperForm(data, phase=phase, questions=questions, known=known)
    if form.is_valid():
        version, user = form.cleaned_data["version"], request.user
        enter, tallies = services.enter_paper, form.tallies()
        if run_service(form, enter, phase, tallies, version=version, acting_user=user):
            messages.success(request, _("The answers on paper are saved."))
            return redirect(activity_url(phase.test.activity, "outreach_test"))
    if form.stale:
        accept_version(form, _phase_to_change(request, pk, kind).version)
    return form_page(
        request,
        form,
        title=_("Answers on paper"),
        submit_label=_("Save the counts"),
        cancel_url=activity_url(phase.test.activity, "outreach_test"),
        crumbs=_test_crumbs(phase.test.activity),
        template="outreach/test_paper.html",
        phase=phase,
    )


def _stages(request: Request, activity: OutreachActivity) -> list[Stage]:
    """Return the tests before and after; a cancelled activity opens none."""
    found = {phase.kind: phase for phase in phases_of(activity)}
    allowed = (
        may(request.user, "outreach.change", activity)
        and activity.status != OutreachActivity.Status.CANCELLED
    )
    begun = Kind.AFTER in found
    before = found.get(Kind.BEFORE)
    return [
        Stage(
            kind,
            title,
            found.get(kind),
            may_open=allowed and kind not in found and not begun,
            asks=kind == Kind.AFTER and (before is None or before.is_open()),
        )
        for kind, title in (
            ("before", _("Before the activity")),
            ("after", _("After the activity")),
        )
    ]


def _opening_text(activity: OutreachActivity, kind: str) -> str:
    """Explain what opening this test means for the one before the activity."""
    if kind == Kind.BEFORE:
        return _("The test accepts answers for twelve hours, or until you close it.")
    before = phases_of(activity).filter(kind=Kind.BEFORE).first()
    if before is None:
        return _(
            "The test before the activity has not been opened. Once this test is "
            "open, the earlier one cannot be opened any more and no gain can be "
            "measured."
        )
    if not before.is_open():
        return _("The test accepts answers for twelve hours, or until you close it.")
    return ngettext(
        "This also closes the test before the activity, with %(count)s answer by "
        "phone. It cannot be opened again.",
        "This also closes the test before the activity, with %(count)s answers by "
        "phone. It cannot be opened again.",
        before.answer_count,
    ) % {"count": before.answer_count}


def _phase_to_change(request: Request, pk: int, kind: str) -> AwarenessPhase:
    activity = visible_activity(request, pk)
    access.require(request.user, "outreach.change", activity)
    return get_object_or_404(phases_of(activity), kind=kind)


def _test_crumbs(activity: OutreachActivity) -> list[tuple[object, str | None]]:
    test = activity_url(activity, "outreach_test")
    return [*activity_crumbs(activity, linked=True), (_("Awareness test"), test)]
