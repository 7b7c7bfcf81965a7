"""The rundown and the topics of a session."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import back_to
from fgd.actions import programme as deeds
from fgd.forms.programme import (
    AgendaLineForm,
    AgendaPasteForm,
    OutcomesForm,
    TopicForm,
)
from fgd.models import AgendaItem, Topic
from fgd.selectors.agreements import topics_of
from fgd.selectors.sessions import villages_of, visible_session
from fgd.views.answering import ask, do, page_of, unlocked

AGENDA, TOPICS = "fgd:session_agenda", "fgd:session_topics"


def session_agenda(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "agenda")
    context |= {"items": session.agenda_items.all()}
    if context["reads"].runs:
        context |= {"form": AgendaLineForm(), "paste_form": AgendaPasteForm()}
    return render(request, "fgd/session_agenda.html", context)


@back_to(AGENDA, "pk")
def agenda_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    form = AgendaLineForm(request.POST or None)
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_agenda_lines(
            pk, acting_user=request.user, lines=[_line(form)]
        ),
        title=_("Add a line to the rundown"),
        tab=AGENDA,
        told=_("The rundown has one line more."),
    )


@back_to(AGENDA, "pk")
def agenda_paste(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    form = AgendaPasteForm(request.POST or None)

    def deed() -> list[AgendaItem]:
        pasted = form.cleaned_data["text"]
        lines = [
            deeds.AgendaLine(row.starts_at, row.minutes, row.title, row.presenter)
            for row in pasted
        ]
        return deeds.add_agenda_lines(pk, acting_user=request.user, lines=lines)

    return ask(
        request,
        session,
        form,
        deed,
        title=_("Paste a rundown"),
        tab=AGENDA,
        told=_("The rundown is taken over."),
    )


@back_to(AGENDA, "pk")
def agenda_change(request: Request, pk: int, item: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = get_object_or_404(session.agenda_items, pk=item)
    form = AgendaLineForm(
        request.POST or None, instance=row, initial={"version": row.version}
    )
    return ask(
        request,
        session,
        form,
        lambda: deeds.change_agenda_item(
            item,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            line=_line(form),
        ),
        title=_("Change the rundown"),
        tab=AGENDA,
        told=_("The rundown is changed."),
        row=row,
    )


@require_POST
@back_to(AGENDA, "pk")
def agenda_remove(request: Request, pk: int, item: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    get_object_or_404(session.agenda_items, pk=item)
    do(
        request,
        lambda: deeds.remove_agenda_item(item, acting_user=request.user),
        told=_("The line is removed."),
    )
    return redirect(AGENDA, pk)


def _line(form: AgendaLineForm) -> deeds.AgendaLine:
    typed = form.cleaned_data
    return deeds.AgendaLine(
        typed["starts_at"], typed["minutes"], typed["title"], typed["presenter"]
    )


# --- Topics ------------------------------------------------------------------


def session_topics(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "topics")
    context |= {"topics": topics_of(session)}
    if context["reads"].runs:
        context["form"] = TopicForm(user=request.user, known=villages_of(session))
    return render(request, "fgd/session_topics.html", context)


@back_to(TOPICS, "pk")
def topic_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    form = TopicForm(
        request.POST or None, user=request.user, known=villages_of(session)
    )
    return ask(
        request,
        session,
        form,
        lambda: deeds.add_topic(
            pk,
            acting_user=request.user,
            title=form.cleaned_data["title"],
            background=form.cleaned_data["background"],
            villages=form.chosen_villages(),
        ),
        title=_("Add a topic"),
        tab=TOPICS,
        told=_("The topic is added."),
    )


@back_to(TOPICS, "pk")
def topic_change(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = get_object_or_404(session.topics, pk=topic)
    known = villages_of(session)
    form = TopicForm(request.POST or None, instance=row, user=request.user, known=known)

    def deed() -> Topic:
        return deeds.change_topic(
            topic,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            title=form.cleaned_data["title"],
            background=form.cleaned_data["background"],
            villages=form.chosen_villages(),
        )

    words = {"title": _("Change the topic"), "told": _("The topic is changed.")}
    return ask(request, session, form, deed, tab=TOPICS, row=row, **words)


@require_POST
@back_to(TOPICS, "pk")
def topic_remove(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    get_object_or_404(session.topics, pk=topic)
    do(
        request,
        lambda: deeds.remove_topic(topic, acting_user=request.user),
        told=_("The topic is removed."),
    )
    return redirect(TOPICS, pk)


@require_POST
@back_to(TOPICS, "pk")
def topic_move(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    get_object_or_404(session.topics, pk=topic)
    up = request.POST.get("arah") == "naik"
    do(
        request,
        lambda: deeds.move_topic(topic, acting_user=request.user, up=up),
        told=_("The order is changed."),
    )
    return redirect(TOPICS, pk)


@back_to(TOPICS, "pk")
def topic_outcomes(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = get_object_or_404(topics_of(session), pk=topic)
    form = OutcomesForm(request.POST or None, topic=row)
    return ask(
        request,
        session,
        form,
        lambda: deeds.set_outcomes(
            topic, acting_user=request.user, outcomes=form.outcomes()
        ),
        title=_("Which cases were discussed?"),
        tab=TOPICS,
        told=_("The outcome for each village is recorded."),
    )
