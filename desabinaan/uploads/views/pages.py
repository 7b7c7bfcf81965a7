"""What the pages of an uploaded list share: its start, its way back."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import form_page, refused, run_service
from desabinaan.lib.web.sent_forms import forms_with
from desabinaan.lib.web.stale_edits import SeenForm
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.uploads import services
from desabinaan.uploads.forms.start import PasteForm, UploadForm
from desabinaan.uploads.kinds import ListKind, U
from desabinaan.uploads.models import Upload
from desabinaan.uploads.presenters.pages import latest_uploads
from desabinaan.uploads.selectors.uploads import UploadedTable, with_latest_event

View = TypeVar("View", bound=Callable[..., HttpResponse])


def back_to_upload(view: View) -> View:
    """Turn the refusal of a button into a message on the page of the list."""

    @wraps(view)
    def wrapper(
        request: Request, pk: int, kind: ListKind[Any], **kwargs: Any
    ) -> HttpResponse:
        try:
            with forms_with(request.POST) as found:
                return view(request, pk, kind, **kwargs)
        except services.AlreadyDone as answer:
            messages.info(request, str(answer))
            return redirect(kind.url("detail", pk))
        except IllegalTransition as refusal:
            return refused(request, refusal, kind.url("detail", pk), found)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.warning(request, sentence)
            return redirect(kind.url("detail", pk))

    return cast(View, wrapper)


def start_page(
    request: Request,
    form: UploadForm,
    *,
    uploads: QuerySet[Any],
    template: str = "uploads/upload_start.html",
    **context: Any,
) -> HttpResponse:
    """Show the form that takes a list; `uploads` are those of before.

    `context` is what the template asks for besides: intro, template_url, …
    """
    *crumbs, (title, _url) = form.kind.start_crumbs(None)
    return form_page(
        request,
        form,
        title=str(title),
        submit_label=_("Upload and check"),
        cancel_url=crumbs[-1][1],
        crumbs=crumbs,
        template=template,
        uploads=latest_uploads(form.kind, uploads),
        days=form.kind.days_stored,
        **context,
    )


def store_list(
    request: Request, form: UploadForm | PasteForm, upload: Upload, table: UploadedTable
) -> bool:
    """Store the list; False when it cannot be stored, and the form says why."""
    user = request.user
    stored = run_service(
        form, services.store_upload, form.kind, upload, table, acting_user=user
    )
    return stored is not None


def visible_upload(request: Request, pk: int, kind: ListKind[U]) -> U:
    lists = kind.visible_to(request.user).select_related("uploaded_by", *kind.related)
    return get_object_or_404(with_latest_event(lists), pk=pk)


def sent_event(request: Request) -> int:
    """Return the latest event that the page of a button showed; 0: it sent none."""
    form = SeenForm(request.POST)
    return form.cleaned_data["seen"] if form.is_valid() else 0


def upload_crumbs(kind: ListKind[U], upload: U) -> list[tuple[object, str | None]]:
    """Return the breadcrumbs down to the page of this list."""
    return [*kind.start_crumbs(upload), (upload, kind.url("detail", upload.pk))]
