from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.accounts.removals import row_or_refusal
from desabinaan.lib.web.form_pages import (
    back_to,
    confirmation_page,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
    run_versioned_service,
)
from villages.register import services
from villages.register.forms.profile import VillageContactForm
from villages.register.views.pages import (
    village_crumbs,
    village_url,
    visible_village_or_404,
)

CHANGE = "village.change_contacts"


@require_form_methods
@once_per_form
def contact_add(request: Request, code: str) -> HttpResponse:
    """Add a contact to the village."""
    village = visible_village_or_404(request, code)
    access.require(request.user, CHANGE, village)
    form = VillageContactForm(post_or_none(request))
    if form.is_valid():
        add, facts = services.add_contact, form.cleaned_data
        if run_service(form, add, village, facts, acting_user=request.user):
            messages.success(request, _("The contact is saved."))
            return redirect("register:village_profile", code=code)
    return form_page(
        request,
        form,
        title=_("Add a contact"),
        submit_label=_("Save the contact"),
        cancel_url=village_url("register:village_profile", village),
        crumbs=village_crumbs(village),
    )


@back_to("register:village_profile", "code")
@reads_form(VillageContactForm)
@require_form_methods
def contact_edit(request: Request, code: str, pk: int) -> HttpResponse:
    """Change a contact; after a stale edit, show both versions."""
    village = visible_village_or_404(request, code)
    access.require(request.user, CHANGE, village)
    contact = row_or_refusal(village.contacts.all(), pk, within=village)
    form = VillageContactForm(post_or_none(request), instance=contact)
    if form.is_valid():
        facts, version = form.cleaned_data, form.cleaned_data["version"] or 0
        edit, user = services.edit_contact, request.user
        if run_versioned_service(
            form, contact, edit, contact, facts, version=version, acting_user=user
        ):
            messages.success(request, _("The contact is saved."))
            return redirect("register:village_profile", code=code)
    return form_page(
        request,
        form,
        title=_("Change the contact"),
        submit_label=_("Save the contact"),
        cancel_url=village_url("register:village_profile", village),
        crumbs=village_crumbs(village),
    )


@back_to("register:village_profile", "code")
@require_form_methods
def contact_remove(request: Request, code: str, pk: int) -> HttpResponse:
    """Remove a contact after a confirmation."""
    village = visible_village_or_404(request, code)
    access.require(request.user, CHANGE, village)
    contact = row_or_refusal(village.contacts.all(), pk, within=village)
    if request.method == "POST":
        services.remove_contact(contact, acting_user=request.user)
        messages.success(request, _("The contact is removed."))
        return redirect("register:village_profile", code=code)
    return confirmation_page(
        request,
        title=_("Remove a contact"),
        question=_("Remove %(name)s?") % {"name": contact},
        explanation=_("The name and the number are deleted permanently."),
        submit_label=_("Remove the contact"),
        cancel_url=village_url("register:village_profile", village),
        danger=True,
        crumbs=village_crumbs(village),
    )
