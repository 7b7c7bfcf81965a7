"""The rundown and the topics of a session."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.accounts.once import list_once_per_form, once_per_form
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    post_or_none,
    reads_form,
    require_form_methods,
    run_button,
    run_service,
    run_versioned_service,
)
from desabinaan.uploads.presenters.pages import latest_uploads
from desabinaan.uploads.views.pages import store_list
from fgd.sessions import services
from fgd.sessions.forms.programme import (
    AgendaLineForm,
    MoveForm,
    OutcomesForm,
    RundownPasteForm,
    TopicForm,
)
from fgd.sessions.models import RundownList, TopicVillage
from fgd.sessions.rundown_kind import RUNDOWN_LISTS
from fgd.sessions.selectors.rundown_lists import unsaved_rundowns
from fgd.sessions.selectors.sessions import villages_of, visible_session
from fgd.sessions.selectors.topics import topics_of
from fgd.sessions.views.pages import page_of, session_form_page, unlocked

AGENDA, TOPICS = "sessions:session_agenda", "sessions:session_topics"


def session_agenda(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "agenda")
    context |= {"items": session.agenda_items.all()}
    if context["reads"].runs:
        unsaved = unsaved_rundowns(request.user, session)
        context |= {
            "form": AgendaLineForm(),
            "paste_form": RundownPasteForm(kind=RUNDOWN_LISTS),
            "uploads": latest_uploads(RUNDOWN_LISTS, unsaved),
            "days": RUNDOWN_LISTS.days_stored,
        }
    return render(request, "sessions/session_agenda.html", context)


@require_form_methods
@back_to(AGENDA, "pk")
@reads_form(AgendaLineForm)
@once_per_form
def agenda_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    form = AgendaLineForm(post_or_none(request))
    if form.is_valid():
        saved = run_service(
            form,
            services.add_agenda_lines,
            pk,
            acting_user=request.user,
            lines=[services.AgendaLine(**form.line())],
        )
        if saved is not None:
            messages.success(request, _("The line is added to the rundown."))
            return redirect(AGENDA, pk)
    title = _("Add a line to the rundown")
    return session_form_page(request, session, form, tab=AGENDA, title=title)


@require_form_methods
@back_to(AGENDA, "pk")
@reads_form(RundownPasteForm)
@list_once_per_form
def agenda_paste(request: Request, pk: int) -> HttpResponse:
    """Paste several lines; the rundown does not change yet."""
    session = unlocked(request, pk, "session.change")
    form = RundownPasteForm(post_or_none(request), kind=RUNDOWN_LISTS)
    if form.is_valid():
        upload = RundownList(session=session)
        pasted = form.cleaned_data["text"]
        if store_list(request, form, upload, pasted):
            return redirect(RUNDOWN_LISTS.url("detail", upload.pk))
    return session_form_page(
        request,
        session,
        form,
        tab=AGENDA,
        title=_("Paste a rundown"),
        submit_label=_("Check the lines"),
    )


@require_form_methods
@back_to(AGENDA, "pk")
@reads_form(AgendaLineForm)
def agenda_change(request: Request, pk: int, item: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = row_or_refusal(session.agenda_items.all(), item, within=session)
    form = AgendaLineForm(post_or_none(request), instance=row)
    if form.is_valid():
        saved = run_versioned_service(
            form,
            row,
            services.change_agenda_item,
            item,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            line=services.AgendaLine(**form.line()),
        )
        if saved is not None:
            messages.success(request, _("The rundown is changed."))
            return redirect(AGENDA, pk)
    title = _("Change the rundown")
    return session_form_page(request, session, form, tab=AGENDA, title=title)


@require_POST
@back_to(AGENDA, "pk")
def agenda_remove(request: Request, pk: int, item: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row_or_refusal(session.agenda_items.all(), item, within=session)
    run_button(
        request,
        lambda: services.remove_agenda_item(item, acting_user=request.user),
        message=_("The line is removed."),
    )
    return redirect(AGENDA, pk)


# --- Topics ------------------------------------------------------------------


def session_topics(request: Request, pk: int) -> HttpResponse:
    session = visible_session(request.user, pk)
    context = page_of(request, session, "topics")
    context |= {"topics": topics_of(session)}
    if context["reads"].runs:
        context["form"] = TopicForm(user=request.user, known=villages_of(session))
    return render(request, "sessions/session_topics.html", context)


@require_form_methods
@back_to(TOPICS, "pk")
@reads_form(TopicForm)
@once_per_form
def topic_add(request: Request, pk: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    known = villages_of(session)
    form = TopicForm(post_or_none(request), user=request.user, known=known)
    if form.is_valid():
        saved = run_service(
            form,
            services.add_topic,
            pk,
            acting_user=request.user,
            title=form.cleaned_data["title"],
            background=form.cleaned_data["background"],
            villages=form.chosen_villages(),
        )
        if saved is not None:
            messages.success(request, _("The topic is added."))
            return redirect(TOPICS, pk)
    title = _("Add a topic")
    return session_form_page(request, session, form, tab=TOPICS, title=title)


@require_form_methods
@back_to(TOPICS, "pk")
@reads_form(TopicForm)
def topic_change(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = row_or_refusal(session.topics.all(), topic, within=session)
    known = villages_of(session)
    form = TopicForm(
        post_or_none(request), instance=row, user=request.user, known=known
    )
    if form.is_valid():
        saved = run_service(
            form,
            services.change_topic,
            topic,
            acting_user=request.user,
            version=form.cleaned_data["version"] or 0,
            title=form.cleaned_data["title"],
            background=form.cleaned_data["background"],
            villages=form.chosen_villages(),
        )
        if saved is not None:
            messages.success(request, _("The topic is changed."))
            return redirect(TOPICS, pk)
        if form.stale:
            form.show_saved(row_or_refusal(session.topics.all(), topic, within=session))
    title = _("Change the topic")
    return session_form_page(request, session, form, tab=TOPICS, title=title)


@require_POST
@back_to(TOPICS, "pk")
def topic_remove(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row_or_refusal(session.topics.all(), topic, within=session)
    run_button(
        request,
        lambda: services.remove_topic(topic, acting_user=request.user),
        message=_("The topic is removed."),
    )
    return redirect(TOPICS, pk)


@require_POST
@back_to(TOPICS, "pk")
def topic_move(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row_or_refusal(session.topics.all(), topic, within=session)
    form = MoveForm(request.POST)
    form.is_valid()
    run_button(
        request,
        lambda: services.move_topic(topic, acting_user=request.user, **form.move()),
        message=_("The order is changed."),
    )
    return redirect(TOPICS, pk)


@require_form_methods
@back_to(TOPICS, "pk")
@reads_form(OutcomesForm)
def topic_outcomes(request: Request, pk: int, topic: int) -> HttpResponse:
    session = unlocked(request, pk, "session.change")
    row = row_or_refusal(topics_of(session), topic, within=session)
    form = OutcomesForm(request.POST or None, topic=row)
    if form.is_valid():
        saved = run_service(
            form,
            services.set_outcomes,
            topic,
            acting_user=request.user,
            **form.outcomes(),
        )
        if saved is not None:
            _say_saved(request, saved)
            return redirect(TOPICS, pk)
        if form.stale:
            form.show_saved(row_or_refusal(topics_of(session), topic, within=session))
    title = _("Which cases were discussed?")
    return session_form_page(request, session, form, tab=TOPICS, title=title)


def _say_saved(request: Request, change: services.OutcomesChange) -> None:
    """Say how many outcomes are saved, and for which villages none could be."""
    if change.saved:
        text = ngettext(
            "The outcome for %(count)s village is recorded.",
            "The outcome for %(count)s villages is recorded.",
            change.saved,
        )
        messages.success(request, text % {"count": change.saved})
    if change.missing:
        labels = dict(TopicVillage.Outcome.choices)
        chosen = "; ".join(
            f"{village}: {labels.get(outcome, outcome)}"
            for village, outcome in change.missing.items()
        )
        text = _(
            "No longer part of this topic, so that your choice is not saved: %(chosen)s"
        )
        messages.warning(request, text % {"chosen": chosen})
    if not change.saved and not change.missing:
        messages.info(request, _("You changed nothing on this list."))
