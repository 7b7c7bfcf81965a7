from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desabinaan.accounts import access
from desabinaan.accounts.access import may
from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_versioned_service,
)
from villages.register import services
from villages.register.forms.profile import VillageForm
from villages.register.views.pages import (
    village_crumbs,
    village_page,
    village_url,
    visible_village_or_404,
)


@require_safe
def village_profile(request: Request, code: str) -> HttpResponse:
    """Show the profile of a village and, to those who may read them, its contacts."""
    village = visible_village_or_404(request, code)
    user = request.user
    context = village_page(request, village, "profile") | {
        "schemes": village.schemes.all(),
        "may_change": may(user, "village.change", village),
        "may_change_contacts": may(user, "village.change_contacts", village),
    }
    if may(user, "village.view_contacts", village):
        context["contacts"] = village.contacts.all()
    return render(request, "register/village_profile.html", context)


@require_form_methods
@reads_form(VillageForm)
def village_edit(request: Request, code: str) -> HttpResponse:
    """Change the profile; after a stale edit, show both versions."""
    village = visible_village_or_404(request, code)
    access.require(request.user, "village.change", village)
    form = VillageForm(post_or_none(request), instance=village)
    if form.is_valid():
        facts, version = form.cleaned_data, form.cleaned_data["version"]
        edit, user = services.edit_village, request.user
        if run_versioned_service(
            form, village, edit, village, facts, version=version, acting_user=user
        ):
            messages.success(request, _("The profile is saved."))
            return redirect("register:village_profile", code=code)
    return form_page(
        request,
        form,
        title=_("Edit the profile of %(village)s") % {"village": village.name},
        submit_label=_("Save the profile"),
        cancel_url=village_url("register:village_profile", village),
        crumbs=village_crumbs(village),
    )
