"""How a view carries a deed to an action and tells kindly when it is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.lib.editing import StaleEdit
from desabinaan.lib.transitions import IllegalTransition

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., HttpResponse])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing; None while only asked."""
    return request.POST if request.method == "POST" else None


def attempt(form: forms.Form | forms.ModelForm[Any], deed: Callable[[], T]) -> T | None:
    """The deed's answer; None when it was refused and the form now says why.

    A ValidationError lands on the fields it names, a StaleEdit on `form.stale`
    (shown by components/stale.html) with a sentence in the error summary.
    """
    try:
        return deed()
    except ValidationError as refusal:
        _put(form, refusal)
    except StaleEdit as other:
        form.stale = other  # type: ignore[union-attr]
        form.add_error(
            None,
            _(
                "%(who)s changed this after you opened it. Your changes are not "
                "saved yet and still stand below. Compare, then save again."
            )
            % {"who": other.who},
        )
    return None


def _put(form: forms.Form | forms.ModelForm[Any], refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def back_to(url_name: str, *only: str) -> Callable[[View], View]:
    """A view whose IllegalTransition becomes a warning on the page `url_name`.

    The page is addressed with the view's own URL arguments, or `only` some of them.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                answer: HttpResponse = view(request, *args, **kwargs)
            except IllegalTransition as too_late:
                messages.warning(request, str(too_late))
                kept = {name: kwargs[name] for name in only or kwargs}
                page: HttpResponse = redirect(url_name, *args, **kept)
                return page
            return answer

        return cast(View, told)

    return decorate
