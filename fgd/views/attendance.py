"""Who came: one tap per person, or the whole list at once."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from fgd.actions import participants as deeds
from fgd.forms.participants import AttendanceForm
from fgd.models import Session
from fgd.selectors.participants import invitations_of, parties_of
from fgd.selectors.reading import delegates_in_sight
from fgd.views.answering import do, page_of, unlocked

PAGE = "fgd:attendance"


@back_to("fgd:session_participants", "pk")
def attendance(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    delegates = list(delegates_in_sight(request.user, session, names=True))
    context = page_of(request, session, "participants")
    context |= {
        "parties": parties_of(invitations_of(session), delegates),
        "form": AttendanceForm(delegates=delegates),
    }
    return render(request, "fgd/attendance.html", context)


@require_POST
@back_to("fgd:session_participants", "pk")
def attendance_save(request: Request, pk: int) -> HttpResponse:
    """The whole list: the ticked came, the others that were shown did not."""
    session = unlocked(request, pk, "participant.change")
    delegates = list(delegates_in_sight(request.user, session, names=True))
    form = AttendanceForm(request.POST, delegates=delegates)
    if not form.is_valid():
        context = page_of(request, session, "participants")
        parties = parties_of(invitations_of(session), delegates)
        context |= {"parties": parties, "form": form}
        return render(request, "fgd/attendance.html", context)
    typed = form.cleaned_data
    do(
        request,
        lambda: deeds.record_attendance(
            pk,
            acting_user=request.user,
            present=typed["present"],
            absent=set(typed["shown"]) - set(typed["present"]),
            source=typed["source"],
            arrived_at=_arrived(session, form),
        ),
        told=_("The attendance is recorded."),
    )
    return redirect("fgd:session_participants", pk)


@require_POST
@back_to("fgd:session_participants", "pk")
def attendance_mark(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = get_object_or_404(session.delegates, pk=delegate)
    form = AttendanceForm(request.POST, delegates=[row])
    form.is_valid()
    typed = form.cleaned_data
    do(
        request,
        lambda: deeds.record_attendance(
            pk,
            acting_user=request.user,
            present=[row.pk],
            source=typed.get("source") or "manual",
            arrived_at=_arrived(session, form),
        ),
        told=_("%(name)s is present.") % {"name": row.name},
    )
    return redirect(f"{reverse(PAGE, args=[pk])}#d{row.pk}")


@require_POST
@back_to("fgd:session_participants", "pk")
def attendance_unmark(request: Request, pk: int, delegate: int) -> HttpResponse:
    session = unlocked(request, pk, "participant.change")
    row = get_object_or_404(session.delegates, pk=delegate)
    do(
        request,
        lambda: deeds.record_attendance(pk, acting_user=request.user, absent=[row.pk]),
        told=_("The mark of %(name)s is taken away.") % {"name": row.name},
    )
    return redirect(f"{reverse(PAGE, args=[pk])}#d{row.pk}")


def _arrived(session: Session, form: AttendanceForm) -> datetime | None:
    """The typed time on the session's first day."""
    at = form.cleaned_data.get("arrived")
    day = timezone.localdate(session.starts_at)
    return timezone.make_aware(datetime.combine(day, at)) if at else None
