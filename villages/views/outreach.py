from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from desabinaan.lib.listing import Listing, listing
from desabinaan.lib.timeline import by_month
from villages import actions
from villages.forms.outreach import (
    PLAN_FIELDS,
    EditForm,
    PlanForm,
    VisitForm,
    differences_in,
    standing_of_plan,
)
from villages.forms.outreach_filter import OutreachFilter
from villages.selectors.learning import line_of
from villages.selectors.outreach import (
    dressed_outreach,
    in_village,
    officers_of,
    outreach_rows,
    outreach_sorts,
    outreach_story,
    photos_for,
)
from villages.selectors.register import register_choices
from villages.standing import may_somewhere, require_somewhere
from villages.views.frames import village_in_sight, village_page
from villages.views.outreach_frames import (
    activity_crumbs,
    activity_in_sight,
    activity_page,
    activity_url,
    back_to_activity,
    villages_meant,
)
from villages.workflow import OUTREACH


@require_safe
def outreach_list(request: Request) -> HttpResponse:
    """The activities in sight, newest first."""
    user = request.user
    require_somewhere(user, "outreach.view")
    form = OutreachFilter(request.GET, user=user, offered=register_choices(user))
    form.is_valid()
    rows = form.narrow(outreach_rows(user))
    context = _rows(listing(request.GET, rows, outreach_sorts(), form)) | {
        "form": form,
        "may_record": may_somewhere(user, "outreach.change"),
        "crumbs": [*activity_crumbs()[:-1], (_("Activities"), None)],
    }
    return render(request, "villages/outreach_list.html", context)


@require_safe
def village_outreach(request: Request, code: str) -> HttpResponse:
    """What was and will be done in one village, and what people learned."""
    village = village_in_sight(request, code)
    access.require(request.user, "outreach.view", village)
    form = OutreachFilter(request.GET, user=request.user)
    form.is_valid()
    rows = in_village(form.narrow(outreach_rows(request.user)), village=village)
    context = _rows(listing(request.GET, rows, outreach_sorts(), form)) | {
        "form": form,
        "line": line_of(village),
        "may_record": may(request.user, "outreach.change", village),
    }
    page = village_page(request, village, "outreach")
    return render(request, "villages/village_outreach.html", page | context)


@require_safe
def outreach_detail(request: Request, pk: int) -> HttpResponse:
    """One activity: who, where, how many, photos, and what may be done with it."""
    activity = activity_in_sight(request, pk)
    context = activity_page(request, activity, "detail") | {
        "officers": officers_of(activity),
        "photos": activity.photos.all(),
        "shows_photos": photos_for(request.user).filter(activity=activity).exists(),
        "verbs": access.open_verbs(request.user, OUTREACH, activity.status, activity),
        "months": by_month(outreach_story(activity)),
    }
    return render(request, "villages/outreach_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def outreach_plan(request: Request) -> HttpResponse:
    """An activity is planned."""
    require_somewhere(request.user, "outreach.change")
    start = {"villages": villages_meant(request), "officers": [request.user]}
    form = PlanForm(
        posted(request), request.FILES or None, user=request.user, initial=start
    )
    if form.is_valid():
        deed = partial(
            actions.plan_activity,
            actions.Plan(**form.plan()),
            client_uuid=form.cleaned_data["client_uuid"],
            acting_user=request.user,
        )
        if made := attempt(form, deed):
            messages.success(request, _("The activity stands in the plan."))
            return redirect(activity_url(made.activity))
    title = _("Plan an activity")
    return _shown(request, form, title, _("Put it into the plan"))


@require_http_methods(["GET", "HEAD", "POST"])
def visit_record(request: Request) -> HttpResponse:
    """A visit or another activity that was held is recorded in one go."""
    require_somewhere(request.user, "outreach.change")
    start = {"villages": villages_meant(request)}
    form = VisitForm(
        posted(request), request.FILES or None, user=request.user, initial=start
    )
    if form.is_valid():
        photos = [actions.Photo(file) for file in form.cleaned_data["photos"]]
        deed = partial(
            actions.record_visit,
            actions.Plan(**form.plan()),
            actions.Held(**form.held(), photos=photos),
            client_uuid=form.cleaned_data["client_uuid"],
            acting_user=request.user,
        )
        if made := attempt(form, deed):
            messages.success(request, _("The visit is on record. Thank you."))
            return redirect(activity_url(made.activity))
    return _shown(request, form, _("Record a visit"), _("Save the visit"))


@back_to_activity
@require_http_methods(["GET", "HEAD", "POST"])
def outreach_edit(request: Request, pk: int) -> HttpResponse:
    """The plan is changed; a stale edit is told with both sides."""
    activity = activity_in_sight(request, pk)
    access.require(request.user, "outreach.change", activity)
    form = EditForm(
        posted(request), request.FILES or None, user=request.user, activity=activity
    )
    if form.is_valid() and _edited(request, form):
        messages.success(request, _("The activity is changed."))
        return redirect(activity_url(activity))
    context: dict[str, object] = {
        "cancel_url": activity_url(activity),
        "crumbs": [*activity_crumbs(activity, linked=True), (_("Change"), None)],
    }
    if form.stale:
        standing = activity_in_sight(request, pk)
        form.move_to(standing.version)
        stands = standing_of_plan(standing)
        context["changes"] = differences_in(form, stands, PLAN_FIELDS)
    return _shown(request, form, _("Change the activity"), _("Save"), **context)


def _edited(request: Request, form: EditForm) -> bool:
    edit = partial(
        actions.edit_activity,
        form.activity,
        actions.Plan(**form.plan()),
        version=form.cleaned_data["version"],
        acting_user=request.user,
    )
    return attempt(form, edit) is not None


def _rows(page: Listing) -> dict[str, object]:
    return {"listing": page, "rows": dressed_outreach(page.rows)}


def _shown(
    request: Request,
    form: PlanForm | VisitForm,
    title: str,
    submit: str,
    **more: object,
) -> HttpResponse:
    crumbs = activity_crumbs()
    context = {
        "form": form,
        "title": title,
        "submit_label": submit,
        "cancel_url": crumbs[-1][1],
        "crumbs": [*crumbs, (title, None)],
        **more,
    }
    return render(request, "villages/outreach_form.html", context)
