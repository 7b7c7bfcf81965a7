"""What the pages of an uploaded list share: the list of a request, the way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import refused
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads.kinds import ListKind, U

View = TypeVar("View", bound=Callable[..., HttpResponse])


def back_to_upload(view: View) -> View:
    """Turn an IllegalTransition into a warning on the page of the list."""

    @wraps(view)
    def wrapper(
        request: Request, pk: int, kind: ListKind[Any], **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(request, pk, kind, **kwargs)
        except IllegalTransition as refusal:
            return refused(request, refusal, kind.url("detail", pk))

    return cast(View, wrapper)


def visible_upload(request: Request, pk: int, kind: ListKind[U]) -> U:
    lists = kind.visible_to(request.user)
    return get_object_or_404(lists.select_related("uploaded_by", *kind.related), pk=pk)


def upload_crumbs(kind: ListKind[U], upload: U) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs down to the page of this list."""
    return [*kind.start_crumbs(upload), (upload, kind.url("detail", upload.pk))]
