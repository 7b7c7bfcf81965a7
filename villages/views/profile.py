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
from villages import actions
from villages.forms.profile import ProposalForm, VillageForm, differences
from villages.views.frames import (
    village_crumbs,
    village_in_sight,
    village_page,
    village_url,
)


@require_safe
def village_profile(request: Request, code: str) -> HttpResponse:
    """What is known of a village, and whom to call there."""
    village = village_in_sight(request, code)
    user = request.user
    context = village_page(request, village, "profile") | {
        "schemes": village.schemes.all(),
        "may_change": may(user, "village.change", village),
        "may_change_contacts": may(user, "village.change_contacts", village),
    }
    if may(user, "village.view_contacts", village):
        context["contacts"] = village.contacts.all()
    return render(request, "villages/village_profile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_edit(request: Request, code: str) -> HttpResponse:
    """The profile is changed; a stale edit is told with both sides."""
    village = village_in_sight(request, code)
    access.require(request.user, "village.change", village)
    sent = posted(request)
    form = VillageForm(sent, instance=village)
    context: dict[str, object] = {
        "form": form,
        "village": village,
        "submit_label": _("Save the profile"),
        "cancel_url": village_url("village_profile", village),
        "crumbs": [*village_crumbs(village), (_("Edit the profile"), None)],
    }
    if form.is_valid():
        if _edited(request, code, form):
            messages.success(request, _("The profile is saved."))
            return redirect("villages:village_profile", code=code)
        if form.stale:
            context["changes"] = _compared(request, code, form)
    return render(request, "villages/village_edit.html", context)


def _edited(request: Request, code: str, form: VillageForm) -> bool:
    edit = partial(
        actions.edit_village,
        form.instance,
        form.cleaned_data,
        version=form.cleaned_data["version"],
        acting_user=request.user,
    )
    return attempt(form, edit) is not None


def _compared(request: Request, code: str, form: VillageForm) -> list[dict[str, str]]:
    """Field by field what stands now and what was typed; the form moves on to it."""
    standing = village_in_sight(request, code)
    form.move_to(standing.version)
    return differences(form, standing, ProposalForm.Meta.fields)
