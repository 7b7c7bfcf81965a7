from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.files import EXTENSIONS, serve
from desabinaan.lib.transitions import step
from villages import actions
from villages.forms.outreach import (
    CancelForm,
    CaptionForm,
    HeldForm,
    PhotosForm,
    differences_in,
)
from villages.models import OutreachActivity, OutreachPhoto
from villages.models.outreach import FIGURES
from villages.selectors.outreach import materials_for, photos_for
from villages.views.outreach_frames import (
    activity_crumbs,
    activity_in_sight,
    activity_url,
    back_to_activity,
)
from villages.workflow import OUTREACH


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_held(request: Request, pk: int) -> HttpResponse:
    """What came of the activity is told, or what was told is corrected."""
    activity = activity_in_sight(request, pk)
    access.require(request.user, "outreach.change", activity)
    is_told = activity.status == OutreachActivity.Status.DONE
    verb = "correct" if is_told else "record"
    step(OUTREACH, verb, activity.status)
    form = HeldForm(posted(request), activity=activity)
    if form.is_valid():
        deed = partial(
            actions.record_held,
            activity,
            actions.Held(**form.held()),
            version=form.cleaned_data["version"],
            acting_user=request.user,
            verb=verb,
        )
        if attempt(form, deed):
            messages.success(request, _("The record is saved."))
            return redirect(activity_url(activity))
    context = _frame(activity, OUTREACH[verb].label) | _stale(request, form, pk)
    context |= {"form": form, "submit_label": _("Save the record")}
    return render(request, "villages/outreach_form.html", context)


def _stale(request: Request, form: HeldForm, pk: int) -> dict[str, object]:
    if not form.stale:
        return {}
    standing = activity_in_sight(request, pk)
    form.move_to(standing.version)
    stands = {name: getattr(standing, name) for name in FIGURES}
    return {"changes": differences_in(form, stands, FIGURES)}


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_cancel(request: Request, pk: int) -> HttpResponse:
    """The activity will not take place."""
    activity = activity_in_sight(request, pk)
    access.require(request.user, OUTREACH["cancel"].capability, activity)
    step(OUTREACH, "cancel", activity.status)
    form = CancelForm(posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.cancel_activity(activity, reason, acting_user=request.user)
        messages.success(request, _("The activity is cancelled."))
        return redirect(activity_url(activity))
    context = _frame(activity, OUTREACH["cancel"].label) | {
        "form": form,
        "question": _("Will this activity not take place?"),
        "explanation": _("It stays in the list with your reason."),
        "submit_label": OUTREACH["cancel"].label,
        "danger": True,
    }
    return render(request, "villages/outreach_confirm.html", context)


# --- Photos and material -----------------------------------------------------


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def photo_add(request: Request, pk: int) -> HttpResponse:
    """The activity has photos more."""
    activity = activity_in_sight(request, pk)
    access.require(request.user, "outreach.change", activity)
    form = PhotosForm(posted(request), request.FILES or None)
    if form.is_valid():
        told = form.cleaned_data
        photos = [actions.Photo(file, told["caption"]) for file in told["photos"]]
        add = partial(actions.add_photos, activity, photos, acting_user=request.user)
        if added := attempt(form, add):
            _tell_photos(request, added)
            return redirect(activity_url(activity))
    context = _frame(activity, _("Add photos"))
    context |= {"form": form, "submit_label": _("Save the photos")}
    return render(request, "villages/outreach_form.html", context)


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def photo_caption(request: Request, pk: int, photo: int) -> HttpResponse:
    """The photo says what it shows."""
    activity, found = _photo_of(request, pk, photo)
    form = CaptionForm(posted(request), initial={"caption": found.caption})
    if form.is_valid():
        caption = form.cleaned_data["caption"]
        actions.caption_photo(found, caption, acting_user=request.user)
        messages.success(request, _("The words below the photo are saved."))
        return redirect(activity_url(activity))
    context = _frame(activity, _("Describe a photo"))
    context |= {"form": form, "photo": found, "submit_label": _("Save")}
    return render(request, "villages/outreach_form.html", context)


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def photo_remove(request: Request, pk: int, photo: int) -> HttpResponse:
    """The photo is gone, after the question whether it should be."""
    activity, found = _photo_of(request, pk, photo)
    if request.method == "POST":
        actions.remove_photo(found, acting_user=request.user)
        messages.success(request, _("The photo is removed."))
        return redirect(activity_url(activity))
    context = _frame(activity, _("Remove a photo")) | {
        "question": _("Remove this photo?"),
        "explanation": _("Its file is gone for good."),
        "submit_label": _("Remove the photo"),
        "photo": found,
        "danger": True,
    }
    return render(request, "villages/outreach_confirm.html", context)


@require_safe
def photo_file(request: Request, pk: int) -> FileResponse:
    """The picture, for whoever may see the photos of its activity."""
    photo = get_object_or_404(photos_for(request.user), pk=pk)
    name = f"{_('photo')}-{photo.pk}.{EXTENSIONS[photo.content_type]}"
    return serve(photo.file, name, photo.content_type)


@require_safe
def material_file(request: Request, pk: int) -> FileResponse:
    """What was handed out, for whoever may read the activity."""
    activity = get_object_or_404(materials_for(request.user), pk=pk)
    name = f"{_('material')}-{activity.pk}.{EXTENSIONS[activity.material_type]}"
    return serve(activity.material_file, name, activity.material_type)


def _tell_photos(request: Request, added: actions.AddedPhotos) -> None:
    known = ngettext(
        "%(count)d photo was there already and is not saved again.",
        "%(count)d photos were there already and are not saved again.",
        added.known,
    ) % {"count": added.known}
    if added.stored:
        told = _("The photos are saved.")
        messages.success(request, f"{told} {known}" if added.known else told)
    else:
        messages.info(request, known)


def _photo_of(
    request: Request, pk: int, photo: int
) -> tuple[OutreachActivity, OutreachPhoto]:
    activity = activity_in_sight(request, pk)
    access.require(request.user, "outreach.change", activity)
    return activity, get_object_or_404(activity.photos, pk=photo)


def _frame(activity: OutreachActivity, title: object) -> dict[str, object]:
    return {
        "title": title,
        "activity": activity,
        "cancel_url": activity_url(activity),
        "crumbs": [*activity_crumbs(activity, linked=True), (title, None)],
    }
