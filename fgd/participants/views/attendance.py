"""The attendance list, saved as a whole or one person at a time."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    reads_form,
    run_button,
    run_service,
)
from fgd.participants import services
from fgd.participants.forms.participants import AttendanceForm
from fgd.participants.models import Delegate
from fgd.participants.presenters import saved_attendance
from fgd.participants.selectors.participants import (
    invitations_of,
    parties_of,
    visible_delegates,
)
from fgd.sessions.models import Session
from fgd.sessions.views.pages import page_of, unlocked
from fgd.sessions.workflow import refuse_before_its_day

PAGE = "participants:attendance"


@back_to("participants:session_participants", "pk")
def attendance(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    refuse_before_its_day(session)
    delegates = list(visible_delegates(request.user, session, names=True))
    context = page_of(request, session, "participants")
    context |= {
        "parties": parties_of(invitations_of(session), delegates),
        "form": AttendanceForm(present=_present(delegates)),
    }
    return render(request, "participants/attendance.html", context)


@require_POST
@back_to("participants:session_participants", "pk")
@reads_form(AttendanceForm)
def attendance_save(request: Request, pk: int) -> HttpResponse:
    """Save the ticks that were set or removed on this page, and no others."""
    session = unlocked(request, pk, "participant.change")
    form = AttendanceForm(request.POST)
    if form.is_valid():
        change = run_service(
            form,
            services.record_attendance,
            pk,
            acting_user=request.user,
            present=form.ticked() - form.shown_present(),
            absent=form.shown_present() - form.ticked(),
            source=form.cleaned_data["source"],
            arrived_at=_arrived(session, form),
        )
        if change is not None:
            messages.success(request, saved_attendance(change))
            return redirect("participants:session_participants", pk)
    delegates = list(visible_delegates(request.user, session, names=True))
    context = page_of(request, session, "participants")
    parties = parties_of(invitations_of(session), delegates)
    context |= {"parties": parties, "form": form}
    return render(request, "participants/attendance.html", context)


@require_POST
@back_to("participants:session_participants", "pk")
def attendance_mark(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = row_or_refusal(session.delegates.all(), delegate, within=session)
    form = AttendanceForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    run_button(
        request,
        lambda: services.record_attendance(
            pk,
            acting_user=request.user,
            present=[row.pk],
            source=typed.get("source") or "manual",
            arrived_at=_arrived(session, form),
        ),
        message=_("%(name)s is present.") % {"name": row.name},
    )
    return redirect(f"{reverse(PAGE, args=[pk])}#d{row.pk}")


@require_POST
@back_to("participants:session_participants", "pk")
def attendance_unmark(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = row_or_refusal(session.delegates.all(), delegate, within=session)
    run_button(
        request,
        lambda: services.record_attendance(
            pk, acting_user=request.user, absent=[row.pk]
        ),
        message=_("%(name)s is no longer marked present.") % {"name": row.name},
    )
    return redirect(f"{reverse(PAGE, args=[pk])}#d{row.pk}")


def _present(delegates: Iterable[Delegate]) -> list[int]:
    return [row.pk for row in delegates if hasattr(row, "attendance")]


def _arrived(session: Session, form: AttendanceForm) -> datetime | None:
    """Return the typed time on the session's first day, or None.

    Of a session that was opened before that day, the time is one of today.
    """
    at = form.cleaned_data.get("arrived")
    zone = session.office.time_zone
    day = min(session.first_day, timezone.localdate(timezone=zone))
    return datetime.combine(day, at, zone) if at else None
