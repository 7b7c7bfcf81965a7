"""What every page of a session does alike."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.models import User
from desabinaan.lib.deeds import attempt
from fgd.models import Session
from fgd.models.versions import Versioned
from fgd.selectors.reading import reading
from fgd.selectors.sessions import visible_session
from fgd.tabs import session_tabs
from fgd.workflow import SESSION_TONES, refuse_locked

T = TypeVar("T")
AnyForm = forms.Form | forms.ModelForm[Any]


def unlocked(request: Request, pk: int, capability: str) -> Session:
    """The session for one who may change it; told kindly once it is locked."""
    session = visible_session(request.user, pk)
    access.require(request.user, capability, session)
    refuse_locked(session)
    return session


def readable(session: Session, user: User) -> Session:
    """The session, when minutes and agreements are open to `user`; 404 till then."""
    if not reading(user, session).outcome:
        raise Http404
    return session


def page_of(request: Request, session: Session, tab: str) -> dict[str, Any]:
    """What the head of a session's page needs."""
    reads = reading(request.user, session)
    return {
        "session": session,
        "tone": SESSION_TONES[Session.Status(session.status)],
        "reads": reads,
        "tabs": session_tabs(session, tab, reads),
        "crumbs": [
            (_("FGD sessions"), reverse("fgd:session_list")),
            (session.theme, None),
        ],
    }


def ask(
    request: Request,
    session: Session,
    form: AnyForm,
    deed: Callable[[], object],
    *,
    tab: str,
    told: StrOrPromise,
    row: Versioned | None = None,
    onward: str | None = None,
    **shown: Any,
) -> HttpResponse:
    """The form on a page of its own; after the deed `onward` or back to the tab.

    `shown` are the page's variables: title, and what fgd/part_form.html names.
    """
    sent = request.method == "POST" and form.is_valid()
    if sent and kept(form, deed, row) is not None:
        messages.success(request, str(told))
        return redirect(onward) if onward else redirect(tab, session.pk)
    return _form_page(request, session, form, tab, shown)


def _form_page(
    request: Request, session: Session, form: AnyForm, tab: str, shown: dict[str, Any]
) -> HttpResponse:
    back = reverse(tab, args=[session.pk])
    context = {
        "session": session,
        "form": form,
        "submit_label": _("Save"),
        "cancel_url": back,
        "crumbs": [
            (_("FGD sessions"), reverse("fgd:session_list")),
            (session.theme, back),
            (shown["title"], None),
        ],
    }
    template = shown.pop("template", "fgd/part_form.html")
    return render(request, template, context | shown)


def kept(
    form: AnyForm, deed: Callable[[], T], row: Versioned | None = None
) -> T | None:
    """The deed's answer; after a stale edit the form compares and may be sent again."""
    answer = attempt(form, deed)
    if getattr(form, "stale", None) is not None and row is not None:
        row.refresh_from_db()
        form.changes = _changes(form, row)  # type: ignore[union-attr]
        typed = cast(QueryDict, form.data).copy()
        typed["version"] = str(row.version)
        form.data = typed
    return answer


def do(request: Request, deed: Callable[[], object], *, told: StrOrPromise) -> None:
    """A deed by one button; what it refuses is told as a warning."""
    try:
        deed()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.warning(request, sentence)
    else:
        messages.success(request, str(told))


def _changes(form: AnyForm, row: Versioned) -> list[dict[str, object]]:
    """Field by field what stands now and what was typed, where they differ."""
    sides = [
        (str(field.label), _shown(row, name), form.cleaned_data.get(name))
        for name, field in form.fields.items()
        if name != "version" and hasattr(row, name) and name in form.changed_data
    ]
    return [
        {"label": label, "theirs": theirs, "yours": yours}
        for label, theirs, yours in sides
        if not hasattr(theirs, "all") and theirs != yours
    ]


def _shown(row: Versioned, name: str) -> object:
    """The value in words, where the field has words for it."""
    words = getattr(row, f"get_{name}_display", None)
    return words() if words else getattr(row, name)
