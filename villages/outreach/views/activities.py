from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
)
from desabinaan.lib.web.lists import Listing
from desabinaan.lib.web.timeline import by_month
from desabinaan.lib.workflow.versions import read_again
from villages.outreach import services
from villages.outreach.forms.activities import EditForm, PlanForm, VisitForm
from villages.outreach.presenters.activities import (
    outreach_timeline,
    outreach_with_labels,
)
from villages.outreach.presenters.learning_chart import learning_chart
from villages.outreach.presenters.lists import ACTIVITIES, activities_of
from villages.outreach.selectors.activities import (
    officers_of,
    outreach_for,
    photos_for,
)
from villages.outreach.selectors.learning import learning_over_time
from villages.outreach.views.pages import (
    activity_crumbs,
    activity_form_page,
    activity_page,
    activity_url,
    back_to_activity,
    villages_in_query,
    visible_activity,
)
from villages.outreach.workflow import OUTREACH
from villages.places.permissions import (
    has_capability_anywhere,
    require_capability_anywhere,
)
from villages.register.views.pages import village_page, visible_village_or_404


@require_safe
def outreach_list(request: Request) -> HttpResponse:
    """List the visible activities, the newest first."""
    user = request.user
    require_capability_anywhere(user, "outreach.view")
    form, page = ACTIVITIES.page(request)
    context = _rows(page) | {
        "form": form,
        "may_record": has_capability_anywhere(user, "outreach.change"),
        "crumbs": [*activity_crumbs()[:-1], (_("Activities"), None)],
    }
    return render(request, "outreach/outreach_list.html", context)


@require_safe
def village_outreach(request: Request, code: str) -> HttpResponse:
    """List the activities in one village, and what people learned."""
    village = visible_village_or_404(request, code)
    access.require(request.user, "outreach.view", village)
    form, page = activities_of(village).page(request)
    context = _rows(page) | {
        "form": form,
        "line": learning_chart(learning_over_time(village)),
        "may_record": may(request.user, "outreach.change", village),
    }
    context |= village_page(request, village, "outreach")
    return render(request, "outreach/village_outreach.html", context)


@require_safe
def outreach_detail(request: Request, pk: int) -> HttpResponse:
    """Show one activity with its photos and history."""
    activity = visible_activity(request, pk)
    context = activity_page(request, activity, "detail") | {
        "officers": officers_of(activity),
        "photos": activity.photos.all(),
        "shows_photos": photos_for(request.user).filter(activity=activity).exists(),
        "verbs": access.available_transitions(
            request.user, OUTREACH, activity.status, activity
        ),
        "months": by_month(outreach_timeline(activity)),
    }
    return render(request, "outreach/outreach_detail.html", context)


@require_form_methods
@once_per_form
def outreach_plan(request: Request) -> HttpResponse:
    """Plan an activity."""
    require_capability_anywhere(request.user, "outreach.change")
    start = {"villages": villages_in_query(request), "officers": [request.user]}
    files = request.FILES or None
    form = PlanForm(post_or_none(request), files, user=request.user, initial=start)
    if form.is_valid():
        saved = run_service(
            form,
            services.plan_activity,
            services.ActivityPlan(**form.plan()),
            acting_user=request.user,
        )
        if saved is not None:
            messages.success(request, _("The plan is saved."))
            return redirect(activity_url(saved))
    return activity_form_page(
        request, form, title=_("Plan an activity"), submit_label=_("Save the plan")
    )


@require_form_methods
@once_per_form
def visit_record(request: Request) -> HttpResponse:
    """Record a visit or another activity that was held without a plan."""
    require_capability_anywhere(request.user, "outreach.change")
    start, files = {"villages": villages_in_query(request)}, request.FILES or None
    form = VisitForm(post_or_none(request), files, user=request.user, initial=start)
    if form.is_valid():
        photos = [services.Photo(file) for file in form.cleaned_data["photos"]]
        saved = run_service(
            form,
            services.record_visit,
            services.ActivityPlan(**form.plan()),
            services.ActivityOutcome(**form.outcome_data(), photos=photos),
            acting_user=request.user,
        )
        if saved is not None:
            messages.success(request, _("The visit is recorded. Thank you."))
            return redirect(activity_url(saved))
    return activity_form_page(
        request, form, title=_("Record a visit"), submit_label=_("Save the visit")
    )


@back_to_activity
@require_form_methods
@reads_form(EditForm)
def outreach_edit(request: Request, pk: int) -> HttpResponse:
    """Change a plan; a stale edit shows both sides."""
    activity = visible_activity(request, pk)
    user, files = request.user, request.FILES or None
    access.require(user, "outreach.change", activity)
    form = EditForm(post_or_none(request), files, user=user, activity=activity)
    if form.is_valid():
        edited = run_service(
            form,
            services.edit_activity,
            activity,
            services.ActivityPlan(**form.plan()),
            version=form.cleaned_data["version"],
            acting_user=user,
        )
        if edited is not None:
            messages.success(request, _("The activity is changed."))
            return redirect(activity_url(activity))
        if form.stale:
            form.show_changes(read_again(activity, outreach_for(user)))
    title = _("Change the activity")
    return activity_form_page(
        request, form, activity, title=title, submit_label=_("Save")
    )


def _rows(page: Listing) -> dict[str, object]:
    return {"listing": page, "rows": outreach_with_labels(page.rows)}
