"""Pages for the rows of a list: answer what they ask, edit, skip and restore rows."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.stale_edits import ShownForm
from desabinaan.lib.workflow.transitions import check_transition
from desabinaan.lib.workflow.versions import StaleEdit
from desabinaan.uploads import services
from desabinaan.uploads.forms.rows import ChoicesForm, UploadRowForm
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.presenters import pages
from desabinaan.uploads.selectors.uploads import has_doubtful_rows, next_doubtful_row
from desabinaan.uploads.views.pages import (
    back_to_upload,
    upload_crumbs,
    visible_upload,
)
from desabinaan.uploads.workflow import UPLOAD


@reads_form(ChoicesForm)
@back_to_upload
@require_POST
def upload_choose(request: Request, pk: int, kind: AnyKind) -> HttpResponse:
    """Set the candidates chosen for the rows of one page, or skip the rows.

    An answer that cannot be saved is named; it does not hold back the others.
    """
    upload = visible_upload(request, pk, kind)
    rows = pages.rows_to_choose(kind, upload, request.POST)
    form = ChoicesForm(request.POST, rows)
    form.full_clean()
    saved = services.choose(
        kind,
        upload,
        form.chosen(),
        form.skipped(),
        acting_user=request.user,
        versions=form.versions(),
    )
    unsaved = form.unsaved(saved)
    lines = pages.rows_not_saved(upload, unsaved, form.versions()) if unsaved else []
    decided = pages.answers_in(request.POST) - len(saved) - form.unchanged()
    _say_chosen(request, len(saved), decided - len(lines))
    _say_unsaved(request, lines)
    narrowed = "?tampil=ragu" if has_doubtful_rows(upload) else ""
    return redirect(kind.url("detail", pk) + narrowed)


@reads_form(UploadRowForm)
@back_to_upload
@require_form_methods
def upload_row(request: Request, pk: int, kind: AnyKind, row: int) -> HttpResponse:
    """Correct one row, then continue with the next one in doubt."""
    upload = visible_upload(request, pk, kind)
    check_transition(UPLOAD, "edit", upload.status, upload)
    found = get_object_or_404(upload.rows, pk=row)
    form = UploadRowForm(post_or_none(request), kind=kind, upload=upload, row=found)
    if form.is_valid():
        edit, answer = services.edit_row, form.answer()
        user = request.user
        edited = run_service(form, edit, kind, upload, found, answer, acting_user=user)
        if edited is not None:
            return _redirect_to_next(request, kind, edited)
        if form.stale:
            form.show_saved(upload.rows.get(pk=row))
    return form_page(
        request,
        form,
        title=_("Line %(line)s") % {"line": found.line},
        submit_label=_("Save this row"),
        cancel_url=kind.url("detail", pk),
        crumbs=upload_crumbs(kind, upload),
        template="uploads/upload_row.html",
        **pages.row_context(kind, found),
    )


@back_to_upload
@require_POST
def upload_row_skip(request: Request, pk: int, kind: AnyKind, row: int) -> HttpResponse:
    upload = visible_upload(request, pk, kind)
    found = get_object_or_404(upload.rows, pk=row)
    form = ShownForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        skipped = services.skip_row(
            kind, upload, found, acting_user=request.user, version=version
        )
    except StaleEdit as other:
        text = _("%(who)s changed this row after you opened it. Look at it again.")
        messages.warning(request, text % {"who": other.who})
        return redirect(kind.url("row", pk, row))
    return _redirect_to_next(request, kind, skipped)


@back_to_upload
@require_POST
def upload_row_restore(
    request: Request, pk: int, kind: AnyKind, row: int
) -> HttpResponse:
    upload = visible_upload(request, pk, kind)
    found = get_object_or_404(upload.rows, pk=row)
    services.restore_row(kind, upload, found, acting_user=request.user)
    return redirect(kind.url("detail", pk))


# --- Inside ------------------------------------------------------------------


def _say_chosen(request: Request, count: int, decided: int) -> None:
    """Say how many choices are saved; `decided` rows were decided before."""
    message = ngettext(
        "%(count)s choice is saved.", "%(count)s choices are saved.", count
    )
    messages.success(request, message % {"count": count})
    if decided:
        message = ngettext(
            "%(count)s row was already decided by somebody else. It stays so.",
            "%(count)s rows were already decided by somebody else. They stay so.",
            decided,
        )
        messages.warning(request, message % {"count": decided})


def _say_unsaved(request: Request, lines: Sequence[str]) -> None:
    """Name the rows that changed after the page was opened, with their answers."""
    if not lines:
        return
    message = ngettext(
        "%(count)s answer was not saved, because its row has changed since you opened "
        "this page. Look at it again: %(lines)s",
        "%(count)s answers were not saved, because their rows have changed since you "
        "opened this page. Look at them again: %(lines)s",
        len(lines),
    )
    messages.warning(
        request, message % {"count": len(lines), "lines": "; ".join(lines)}
    )


def _redirect_to_next(
    request: Request, kind: AnyKind, edited: UploadRow
) -> HttpResponse:
    """Redirect to the same row while in doubt, else to the next one or the list."""
    doubtful = edited.check_result == UploadRow.CheckResult.DOUBTFUL
    following = edited if doubtful else next_doubtful_row(edited)
    if doubtful:
        messages.warning(request, _("The row is saved, but still in doubt."))
    if following is None:
        messages.success(request, _("No rows are in doubt any more."))
        return redirect(kind.url("detail", edited.parent_id))
    return redirect(kind.url("row", edited.parent_id, following.pk))
