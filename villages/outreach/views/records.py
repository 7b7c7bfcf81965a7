"""Record the outcome of an activity, cancel it, and manage photos and material."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.files.uploads import EXTENSIONS, serve
from desabinaan.lib.web.form_pages import (
    confirmation_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
    run_versioned_service,
)
from desabinaan.lib.web.stale_edits import ShownReasonForm, compare_with_saved
from desabinaan.lib.workflow.transitions import check_transition
from villages.outreach import services
from villages.outreach.forms.activities import ActivityOutcomeForm
from villages.outreach.forms.photos import CaptionForm, PhotosForm
from villages.outreach.models import FIGURES, OutreachActivity, OutreachPhoto
from villages.outreach.selectors.activities import materials_for, photos_for
from villages.outreach.views.pages import (
    activity_crumbs,
    activity_form_page,
    activity_url,
    back_to_activity,
    visible_activity,
)
from villages.outreach.workflow import OUTREACH

CANCEL: dict[str, Any] = {
    "title": OUTREACH["cancel"].label,
    "question": gettext_lazy("Cancel this activity?"),
    "explanation": gettext_lazy("The activity stays in the list with your reason."),
    "submit_label": OUTREACH["cancel"].label,
    "danger": True,
}


@back_to_activity
@require_form_methods
@reads_form(ActivityOutcomeForm)
def outreach_record(request: Request, pk: int) -> HttpResponse:
    """Record the outcome of an activity, or correct the record."""
    activity = visible_activity(request, pk)
    access.require(request.user, "outreach.change", activity)
    is_done = activity.status == OutreachActivity.Status.DONE
    verb = "correct" if is_done else "record"
    check_transition(OUTREACH, verb, activity.status, activity)
    form = ActivityOutcomeForm(post_or_none(request), activity=activity)
    if form.is_valid():
        outcome = services.ActivityOutcome(**form.outcome_data())
        version, user = form.cleaned_data["version"], request.user
        save = partial(services.record_outcome, version=version, acting_user=user)
        if run_service(form, save, activity, outcome, verb=verb):
            messages.success(request, _("The record is saved."))
            return redirect(activity_url(activity))
        if form.stale:
            activity = visible_activity(request, pk)
            compare_with_saved(form, activity, FIGURES, version=activity.version)
    title, submit_label = OUTREACH[verb].label, _("Save the record")
    return activity_form_page(
        request, form, activity, title=title, submit_label=submit_label
    )


@back_to_activity
@require_form_methods
@reads_form(ShownReasonForm)
def outreach_cancel(request: Request, pk: int) -> HttpResponse:
    """Cancel an activity with a reason."""
    activity = visible_activity(request, pk)
    access.require(request.user, OUTREACH["cancel"].capability, activity)
    check_transition(OUTREACH, "cancel", activity.status, activity)
    hint = _("The village and the regional office can read this.")
    form = ShownReasonForm(post_or_none(request), hint=hint)
    if form.is_valid():
        cancel, typed = services.cancel_activity, form.cleaned_data
        if run_service(form, cancel, activity, **typed, acting_user=request.user):
            messages.success(request, _("The activity is cancelled."))
            return redirect(activity_url(activity))
    form.show(activity.version)
    return confirmation_page(
        request,
        form,
        **CANCEL,
        cancel_url=activity_url(activity),
        crumbs=activity_crumbs(activity, linked=True),
        template="outreach/outreach_confirm.html",
        activity=activity,
    )


# --- Photos and material -----------------------------------------------------


@back_to_activity
@require_form_methods
@once_per_form
def photo_add(request: Request, pk: int) -> HttpResponse:
    """Add photos to an activity."""
    activity = visible_activity(request, pk)
    access.require(request.user, "outreach.change", activity)
    form = PhotosForm(post_or_none(request), request.FILES or None)
    form.kept_for(request.user)
    if form.is_valid():
        data, user = form.cleaned_data, request.user
        photos = [services.Photo(file, data["caption"]) for file in data["photos"]]
        added = run_service(
            form, services.add_photos, activity, photos, acting_user=user
        )
        if added is not None:
            _photos_message(request, added)
            return redirect(activity_url(activity))
    title, submit_label = _("Add photos"), _("Save the photos")
    return activity_form_page(
        request, form, activity, title=title, submit_label=submit_label
    )


@back_to_activity
@require_form_methods
@reads_form(CaptionForm)
def photo_caption(request: Request, pk: int, photo: int) -> HttpResponse:
    """Change the caption of a photo."""
    activity, found = _photo_of(request, pk, photo)
    form = CaptionForm(post_or_none(request), initial={"caption": found.caption})
    if form.is_valid():
        saved = run_versioned_service(
            form,
            found,
            services.caption_photo,
            found,
            **form.cleaned_data,
            acting_user=request.user,
        )
        if saved is not None:
            messages.success(request, _("The caption is saved."))
            return redirect(activity_url(activity))
    form.show(found.version)
    title, submit_label = _("Describe a photo"), _("Save")
    return activity_form_page(
        request, form, activity, title=title, submit_label=submit_label, photo=found
    )


@back_to_activity
@require_form_methods
def photo_remove(request: Request, pk: int, photo: int) -> HttpResponse:
    """Remove a photo after asking."""
    activity, found = _photo_of(request, pk, photo)
    if request.method == "POST":
        services.remove_photo(found, acting_user=request.user)
        messages.success(request, _("The photo is removed."))
        return redirect(activity_url(activity))
    return confirmation_page(
        request,
        title=_("Remove a photo"),
        question=_("Remove this photo?"),
        explanation=_("The file is deleted permanently."),
        submit_label=_("Remove the photo"),
        cancel_url=activity_url(activity),
        crumbs=activity_crumbs(activity, linked=True),
        danger=True,
        template="outreach/outreach_confirm.html",
        activity=activity,
        photo=found,
    )


@require_safe
def photo_file(request: Request, pk: int) -> FileResponse:
    """Serve a photo to users who may see the photos of its activity."""
    photo = get_object_or_404(photos_for(request.user), pk=pk)
    name = _("photo") + f"-{photo.pk}.{EXTENSIONS[photo.content_type]}"
    return serve(photo.file, name, photo.content_type)


@require_safe
def material_file(request: Request, pk: int) -> FileResponse:
    """Serve the material of an activity to users who may read it."""
    activity = get_object_or_404(materials_for(request.user), pk=pk)
    name = _("material") + f"-{activity.pk}.{EXTENSIONS[activity.material_type]}"
    return serve(activity.material_file, name, activity.material_type)


def _photos_message(request: Request, added: services.PhotoCounts) -> None:
    known = ngettext(
        "%(count)d photo was already there and is not saved again.",
        "%(count)d photos were already there and are not saved again.",
        added.known,
    ) % {"count": added.known}
    if added.stored:
        message = _("The photos are saved.")
        messages.success(request, f"{message} {known}" if added.known else message)
    else:
        messages.info(request, known)


def _photo_of(
    request: Request, pk: int, photo: int
) -> tuple[OutreachActivity, OutreachPhoto]:
    activity = visible_activity(request, pk)
    access.require(request.user, "outreach.change", activity)
    return activity, row_or_refusal(activity.photos.all(), photo, within=activity)
