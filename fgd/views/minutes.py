"""The minutes, topic by topic."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from fgd.actions import minutes as deeds
from fgd.forms.agreements import MinutesForm
from fgd.models import Delegate, MinutesEntry, Session
from fgd.selectors.agreements import entries_of, topics_with_minutes
from fgd.selectors.participants import speakers_of
from fgd.selectors.sessions import visible_session
from fgd.views.answering import ask, do, page_of, readable, unlocked
from fgd.workflow import refuse_not_running

TAB = "fgd:session_minutes"


def session_minutes(request: Request, pk: int) -> HttpResponse:
    session = readable(visible_session(request.user, pk), request.user)
    context = page_of(request, session, "minutes")
    context |= {
        "topics": topics_with_minutes(session),
        "may_write": session.status == Session.Status.IN_PROGRESS
        and access.may(request.user, "minutes.change", session),
    }
    return render(request, "fgd/session_minutes.html", context)


@back_to(TAB, "pk")
def minutes_add(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    refuse_not_running(session)
    row = get_object_or_404(session.topics, pk=topic)
    form = MinutesForm(request.POST or None, speakers=speakers_of(session))
    again = "lagi" in request.POST
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_entry(topic, acting_user=request.user, **_said(form)),
        title=_("Minutes: %(topic)s") % {"topic": row.title},
        tab=TAB,
        told=_("What was said is written down."),
        again_label=_("Save and add another"),
        onward=(request.path if again else None),
    )


@back_to(TAB, "pk")
def minutes_change(request: Request, pk: int, entry: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    refuse_not_running(session)
    row = get_object_or_404(entries_of(session), pk=entry)
    form = MinutesForm(
        request.POST or None, instance=row, speakers=speakers_of(session)
    )

    def deed() -> MinutesEntry:
        version = form.cleaned_data["version"] or 0
        return deeds.change_entry(
            entry, acting_user=request.user, version=version, **_said(form)
        )

    words = {"title": _("Change the minutes"), "told": _("The minutes are changed.")}
    return ask(request, session, form, deed, tab=TAB, row=row, **words)


@require_POST
@back_to(TAB, "pk")
def minutes_remove(request: Request, pk: int, entry: int) -> HttpResponse:
    session = unlocked(request, pk, "minutes.change")
    get_object_or_404(entries_of(session), pk=entry)
    do(
        request,
        lambda: deeds.remove_entry(entry, acting_user=request.user),
        told=_("The entry is removed."),
    )
    return redirect(TAB, pk)


def _said(form: MinutesForm) -> dict[str, Any]:
    speaker: Delegate | None = form.cleaned_data["speaker"]
    return {
        "text": form.cleaned_data["text"],
        "speaker_id": speaker.pk if speaker else None,
    }
