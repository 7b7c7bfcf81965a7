"""One shape for every page with a form: call the service, show what it refused.

A view reads from top to bottom in one place:

    village = visible_village_or_404(request, code)
    access.require(request.user, "village.change_contacts", village)
    form = VillageContactForm(post_or_none(request))
    if form.is_valid():
        contact = run_service(
            form,
            services.add_contact,
            village,
            form.cleaned_data,
            acting_user=request.user,
        )
        if contact is not None:
            messages.success(request, _("The contact is saved."))
            return redirect("register:village_profile", code)
    return form_page(request, form, title=..., submit_label=..., ...)
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import (
    Any,
    ParamSpec,
    Protocol,
    TypeAlias,
    TypeVar,
    cast,
    runtime_checkable,
)

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.sent_forms import ListedForm, form_named, forms_with
from desabinaan.lib.web.stale_edits import CHANGED_SINCE, compare_with_saved
from desabinaan.lib.web.typed_text import LETTER, lines_of_post, lines_of_sent
from desabinaan.lib.workflow.seen import UNSEEN
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import HasVersion, StaleEdit

P = ParamSpec("P")
T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., HttpResponse])
AnyForm: TypeAlias = forms.Form | forms.ModelForm[Any]
#: (label, address or None), from the first page to this one
Crumbs: TypeAlias = Sequence[tuple[object, str | None]]


@runtime_checkable
class KeepsUploads(Protocol):
    """A form whose good files stay when another entry has a mistake."""

    def keep_files(self) -> None: ...

    def forget_kept_files(self) -> None: ...


#: Methods of a page that shows a form and takes its answer.
require_form_methods = require_http_methods(["GET", "HEAD", "POST"])


def post_or_none(request: HttpRequest) -> QueryDict | None:
    """Return the data of a POST, even when it is empty; None for other methods."""
    return request.POST if request.method == "POST" else None


def run_service(
    form: AnyForm, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Call the service; return None when it refused and the form now says why.

    A ValidationError goes to the fields it names, a StaleEdit to `form.stale`
    (shown by components/stale.html) with a sentence in the error summary. An
    IllegalTransition is for `back_to`.
    """
    try:
        result = service(*args, **kwargs)
        if isinstance(form, KeepsUploads):
            form.forget_kept_files()
        return result
    except ValidationError as refusal:
        _add_errors(form, refusal)
    except StaleEdit as other:
        form.stale = other  # type: ignore[union-attr]
        who = {"who": other.who}
        form.add_error(None, ValidationError(CHANGED_SINCE, UNSEEN, who))
    return None


def run_versioned_service(
    form: AnyForm,
    row: HasVersion,
    service: Callable[P, T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T | None:
    """Call the service; after a stale edit compare the form with the saved row."""
    result = run_service(form, service, *args, **kwargs)
    if result is None and getattr(form, "stale", None) is not None:
        row.refresh_from_db()
        compare_with_saved(form, cast(Model, row), version=row.version)
    return result


def _add_errors(form: AnyForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def run_button(
    request: HttpRequest,
    service: Callable[[], object],
    *,
    message: StrOrPromise,
) -> None:
    """Call the service of a single button; show its refusal as a warning."""
    try:
        service()
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.warning(request, sentence)
    else:
        messages.success(request, str(message))


def back_to(
    url_name: str,
    *only: str,
    with_arguments: bool = True,
) -> Callable[[View], View]:
    """Turn an IllegalTransition of the view into a warning on the page `url_name`.

    The page is addressed with the view's own URL arguments, `only` some of them, or
    none. Where something was typed, a page of its own shows the refusal and the text,
    with the labels of the form that the view made; of the one that `reads_form` names,
    if the view refuses before it can make one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with forms_with(request.POST) as found:
                    response: HttpResponse = view(request, *args, **kwargs)
            except IllegalTransition as refusal:
                names = only or kwargs if with_arguments else ()
                url_kwargs = {name: kwargs[name] for name in names}
                url = resolve_url(url_name, *args, **url_kwargs)
                return refused(request, refusal, url, found)
            return response

        return cast(View, wrapper)

    return decorate


def reads_form(form: type[ListedForm]) -> Callable[[View], View]:
    """Name the form that a view checks first of all when something is sent to it.

    Where what was sent cannot be saved, the view may be run up to there, so that the
    page shows it with the labels of that form.
    """

    def decorate(view: View) -> View:
        view.form_kind = form  # type: ignore[attr-defined]
        return view

    return decorate


def refused(
    request: HttpRequest,
    refusal: IllegalTransition,
    url: str,
    found: Sequence[forms.BaseForm] = (),
) -> HttpResponse:
    """Say why it is not possible now, with what was typed; `url` leads on.

    `found` are the forms that read it; if the view refused before it made one, it is
    the one that `reads_form` names. Answers of a button alone are not shown.
    """
    found = found or form_named(request)
    fields = [(name, str(v)) for name, many in request.POST.lists() for v in many]
    typed = lines_of_sent(found, fields)
    texts = [text for _label, text in lines_of_post(fields)]
    if not (typed and any(found or LETTER.search(text) for text in texts)):
        messages.warning(request, str(refusal))
        return redirect(url)
    context = {"refusal": str(refusal), "typed": typed, "onward": url}
    return render(request, "layouts/refused.html", context, status=409)


def form_page(
    request: HttpRequest,
    form: AnyForm,
    *,
    title: StrOrPromise,
    submit_label: StrOrPromise,
    cancel_url: str,
    crumbs: Crumbs,
    template: str = "layouts/form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form on a page of its own; `context` is what its template adds.

    `crumbs` lead to this page and its title is added as the last one; empty: none.
    """
    if form.errors and isinstance(form, KeepsUploads):
        form.keep_files()
    page = {
        "form": form,
        "title": title,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "crumbs": [*crumbs, (title, None)] if crumbs else [],
    }
    return render(request, template, page | context)


def confirmation_page(
    request: HttpRequest,
    form: AnyForm | None = None,
    *,
    title: StrOrPromise,
    question: StrOrPromise,
    submit_label: StrOrPromise,
    cancel_url: str,
    crumbs: Crumbs,
    explanation: StrOrPromise = "",
    danger: bool = False,
    template: str = "layouts/confirm.html",
    **context: Any,
) -> HttpResponse:
    """Ask before something that cannot be undone; `form` takes a note or a reason.

    `crumbs` lead to this page and its title is added as the last one; empty: none.
    """
    page = {
        "form": form,
        "title": title,
        "question": question,
        "explanation": explanation,
        "submit_label": submit_label,
        "cancel_url": cancel_url,
        "danger": danger,
        "crumbs": [*crumbs, (title, None)] if crumbs else [],
    }
    return render(request, template, page | context)
