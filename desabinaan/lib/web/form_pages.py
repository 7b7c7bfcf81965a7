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

import re
from collections.abc import Callable, Iterable, Sequence
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
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.stale_edits import compare_with_saved
from desabinaan.lib.web.typed_text import Line, lines_of_form, lines_of_post
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import HasVersion, StaleEdit

P = ParamSpec("P")
T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., HttpResponse])
AnyForm: TypeAlias = forms.Form | forms.ModelForm[Any]
#: (label, address or None), from the first page to this one
Crumbs: TypeAlias = Sequence[tuple[object, str | None]]

LETTER = re.compile(r"[^\W\d_]")


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
    IllegalTransition takes along what was typed, for `back_to`.
    """
    try:
        result = service(*args, **kwargs)
        if isinstance(form, KeepsUploads):
            form.forget_kept_files()
        return result
    except IllegalTransition as refusal:
        refusal.typed = lines_of_form(form)
        raise
    except ValidationError as refusal:
        _add_errors(form, refusal)
    except StaleEdit as other:
        form.stale = other  # type: ignore[union-attr]
        form.add_error(
            None,
            _(
                "%(who)s changed this after you opened it. Your changes are not saved "
                "yet and are still below. Compare, then save again."
            )
            % {"who": other.who},
        )
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
    url_name: str, *only: str, with_arguments: bool = True
) -> Callable[[View], View]:
    """Turn an IllegalTransition of the view into a warning on the page `url_name`.

    The page is addressed with the view's own URL arguments, `only` some of them, or
    none. Where something was typed, a page of its own shows the refusal and the text.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                response: HttpResponse = view(request, *args, **kwargs)
            except IllegalTransition as refusal:
                names = only or kwargs if with_arguments else ()
                url_kwargs = {name: kwargs[name] for name in names}
                url = resolve_url(url_name, *args, **url_kwargs)
                return refused(request, refusal, url)
            return response

        return cast(View, wrapper)

    return decorate


def refused(request: HttpRequest, refusal: IllegalTransition, url: str) -> HttpResponse:
    """Say why it is not possible now, with what was typed; `url` leads on."""
    typed = [*(refusal.typed or _typed_words(request))]
    if not typed:
        messages.warning(request, str(refusal))
        return redirect(url)
    context = {"refusal": str(refusal), "typed": typed, "onward": url}
    return render(request, "layouts/refused.html", context, status=409)


def _typed_words(request: HttpRequest) -> Iterable[Line]:
    """Return what was sent to a view that had no form yet, unless it has no words."""
    fields = [(name, str(v)) for name, many in request.POST.lists() for v in many]
    lines = [*lines_of_post(fields)]
    return lines if any(LETTER.search(text) for _label, text in lines) else ()


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
