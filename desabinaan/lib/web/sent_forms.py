"""Which form reads what was sent: a page that saves nothing shows its labels.

The view makes the form and knows its answers, so it is run again up to there:

    found = forms_for(request, lambda again: view(again, *args, **kwargs))
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.contrib.messages.storage import default_storage
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import BaseForm, Field, Form, ModelChoiceField
from django.http import Http404, HttpRequest, QueryDict

from desabinaan.lib.workflow.transitions import IllegalTransition

R = TypeVar("R", bound=HttpRequest)


class FormReached(Exception):
    """The view is about to check a form with what was sent."""


@dataclass(frozen=True, slots=True)
class FormSearch:
    """What was sent and the forms made with it; `stops` before the first is checked."""

    sent: QueryDict
    stops: bool
    forms: list[BaseForm] = field(default_factory=list)


_search: ContextVar[FormSearch | None] = ContextVar("form_search", default=None)


class ListedForm(BaseForm):
    """A form that the page for unsaved text finds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        search = _search.get()
        if search is not None and self.data is search.sent:
            search.forms.append(self)

    @classmethod
    def fields_sent(cls, sent: QueryDict) -> dict[str, Field]:
        """Return the fields that are made for what is sent; most forms have none."""
        return {}

    def full_clean(self) -> None:
        search = _search.get()
        if search is not None and search.stops and self.data is search.sent:
            raise FormReached
        super().full_clean()


@contextmanager
def forms_with(sent: QueryDict, *, stops: bool = False) -> Iterator[list[Any]]:
    """Give the forms that are made with `sent`, in the order of the view."""
    outer = _search.get()
    if outer is not None and outer.stops and outer.sent is sent:
        yield outer.forms
        return
    search = FormSearch(sent, stops)
    token = _search.set(search)
    try:
        yield search.forms
    finally:
        _search.reset(token)


def forms_for(request: R, view: Callable[[R], object]) -> list[Any]:
    """Run the view up to its form, and undo it; the forms are not checked yet.

    Where the view refuses before it makes one, it is the one that `reads_form` names.
    """
    again = copy(request)
    # Messages of this copy are shown nowhere.
    again._messages = default_storage(again)  # type: ignore[attr-defined]
    refusals = (IllegalTransition, ValidationError, PermissionDenied, Http404)
    with (
        forms_with(again.POST, stops=True) as found,
        suppress(FormReached, *refusals),
        transaction.atomic(),
    ):
        view(again)
        transaction.set_rollback(True)
    return found or form_named(again)


def form_named(request: HttpRequest) -> list[Any]:
    """Return the form that `reads_form` names for the address, if any."""
    match = request.resolver_match
    kind = getattr(match and match.func, "form_kind", None)
    return form_like(kind, request.POST)


def form_like(kind: type[ListedForm] | None, sent: QueryDict) -> list[Any]:
    """Return a form with the fields of a class, if any, for want of one that is made.

    It has no answers that come from rows: which of them somebody may see, only the
    view knows. Fields that are made for what is sent come from `fields_sent`.
    """
    if kind is None:
        return []
    fields = {
        name: field
        for name, field in cast(type[Form], kind).base_fields.items()
        if not isinstance(field, ModelChoiceField)
    }
    fields |= kind.fields_sent(sent)
    form = cast(type[Form], type(kind.__name__, (Form,), fields))(sent)
    form.order_fields(cast(type[Form], kind).field_order)
    return [form]
