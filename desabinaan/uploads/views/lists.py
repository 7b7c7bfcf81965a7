"""Pages of an uploaded list: name its columns, check its rows and save it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.lists import CURSOR
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.uploads import services
from desabinaan.uploads.forms.columns import ColumnsForm
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import Upload
from desabinaan.uploads.presenters import pages
from desabinaan.uploads.views.pages import (
    back_to_upload,
    sent_event,
    upload_crumbs,
    visible_upload,
)
from desabinaan.uploads.workflow import UPLOAD


@reads_form(ColumnsForm)
@back_to_upload
@require_form_methods
def upload_columns(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    """Correct what each column means, then check every row."""
    upload = visible_upload(request, pk, kind)
    check_transition(UPLOAD, "preview", upload.status, upload)
    form = ColumnsForm(post_or_none(request), kind=kind, upload=upload)
    if (is_headed := form.other_first_row()) is not None:
        user, seen = request.user, sent_event(request)
        headed = services.set_headed
        if run_service(
            form, headed, kind, upload, is_headed, acting_user=user, seen=seen
        ):
            return redirect(kind.url("columns", pk))
    elif form.is_valid() and _preview(request, kind, upload, form):
        return redirect(kind.url("detail", pk))
    form.show(upload.latest_event)
    return form_page(
        request,
        form,
        crumbs=upload_crumbs(kind, upload),
        template="uploads/upload_columns.html",
        **pages.columns_page(kind, upload),
    )


@require_safe
def upload_detail(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    """Show the rows with their problems, the progress, or the result."""
    upload = visible_upload(request, pk, kind)
    if upload.status == Upload.Status.UPLOADED:
        return redirect(kind.url("columns", pk))
    shown = request.GET.get(pages.SHOWN, "")
    if not pages.is_tab(shown):
        messages.warning(
            request, _("There is no such part of the list. All rows are shown.")
        )
        return redirect(kind.url("detail", pk))
    page = pages.page_of_rows(kind, upload, shown, request.GET.get(CURSOR, ""))
    context = pages.upload_page(kind, upload, shown) | {
        "rows": page.rows,
        "has_choices": any(row["is_asked"] for row in page.rows),
        "next_url": pages.page_url(shown, page.next_cursor) if page.next_cursor else "",
        "first_url": pages.page_url(shown) if CURSOR in request.GET else "",
        "crumbs": [*kind.start_crumbs(upload), (upload, None)],
    }
    return render(request, "uploads/upload_detail.html", context)


@back_to_upload
@require_POST
def upload_commit(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    upload = visible_upload(request, pk, kind)
    seen = sent_event(request)
    services.commit_upload(kind, upload, acting_user=request.user, seen=seen)
    return redirect(kind.url("detail", pk))


@back_to_upload
@require_POST
def upload_restart(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    upload = visible_upload(request, pk, kind)
    services.restart_commit(kind, upload, acting_user=request.user)
    messages.info(request, _("Saving the rows was started again."))
    return redirect(kind.url("detail", pk))


@back_to_upload
@require_POST
def upload_skip_rest(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    """Skip all rows that are still in doubt."""
    upload = visible_upload(request, pk, kind)
    count = services.skip_doubtful_rows(
        kind, upload, acting_user=request.user, seen=sent_event(request)
    )
    if not count:
        messages.info(request, _("No rows are in doubt any more."))
        return redirect(kind.url("detail", pk))
    message = ngettext(
        "%(count)s row is skipped.", "%(count)s rows are skipped.", count
    )
    messages.success(request, message % {"count": count})
    return redirect(kind.url("detail", pk))


@back_to_upload
@require_POST
def upload_discard(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    upload = visible_upload(request, pk, kind)
    seen = sent_event(request)
    services.discard_upload(kind, upload, acting_user=request.user, seen=seen)
    messages.success(request, _("The list is discarded. Nothing was saved."))
    return redirect(kind.start_crumbs(upload)[-1][1])


# --- Inside ------------------------------------------------------------------


def _preview(
    request: Request, kind: AnyKind, upload: Upload, form: ColumnsForm
) -> Upload | None:
    """Check the rows by the columns of the form; None: it says why not."""
    return run_service(
        form,
        services.preview_upload,
        kind,
        upload,
        form.columns(),
        form.fills_down(),
        acting_user=request.user,
        seen=form.cleaned_data["seen"],
    )
