from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, posted
from villages import actions
from villages.forms.profile import ContactForm, differences
from villages.models import Village
from villages.views.frames import (
    back_to_tab,
    village_crumbs,
    village_in_sight,
    village_url,
)

CHANGE = "village.change_contacts"


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: Request, code: str) -> HttpResponse:
    """The village has one contact more."""
    village = village_in_sight(request, code)
    access.require(request.user, CHANGE, village)
    form = ContactForm(posted(request))
    if form.is_valid():
        add = partial(
            actions.add_contact, village, form.cleaned_data, acting_user=request.user
        )
        if attempt(form, add) is not None:
            messages.success(request, _("The contact is saved."))
            return redirect("villages:village_profile", code=code)
    return _shown(request, village, form, _("Add a contact"))


@back_to_tab("village_profile")
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: Request, code: str, pk: int) -> HttpResponse:
    """The contact is changed; a stale edit is told with both sides."""
    village = village_in_sight(request, code)
    access.require(request.user, CHANGE, village)
    contact = get_object_or_404(village.contacts, pk=pk)
    sent = posted(request)
    form = ContactForm(sent, instance=contact)
    if form.is_valid():
        edit = partial(
            actions.edit_contact,
            contact,
            form.cleaned_data,
            version=form.cleaned_data["version"] or 0,
            acting_user=request.user,
        )
        if attempt(form, edit) is not None:
            messages.success(request, _("The contact is saved."))
            return redirect("villages:village_profile", code=code)
    return _shown(request, village, form, _("Change the contact"))


@back_to_tab("village_profile")
@require_http_methods(["GET", "HEAD", "POST"])
def contact_remove(request: Request, code: str, pk: int) -> HttpResponse:
    """The contact is gone, after the question whether it should be."""
    village = village_in_sight(request, code)
    access.require(request.user, CHANGE, village)
    contact = get_object_or_404(village.contacts, pk=pk)
    if request.method == "POST":
        actions.remove_contact(contact, acting_user=request.user)
        messages.success(request, _("The contact is removed."))
        return redirect("villages:village_profile", code=code)
    context = {
        "question": _("Remove %(name)s?") % {"name": contact},
        "explanation": _("The name and the number are gone for good."),
        "submit_label": _("Remove the contact"),
        "cancel_url": village_url("village_profile", village),
        "danger": True,
        "crumbs": [*village_crumbs(village), (_("Remove a contact"), None)],
    }
    return render(request, "villages/contact_remove.html", context)


def _shown(
    request: Request, village: Village, form: ContactForm, title: str
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "title": title,
        "submit_label": _("Save the contact"),
        "cancel_url": village_url("village_profile", village),
        "crumbs": [*village_crumbs(village), (title, None)],
    }
    if form.stale:
        standing = village.contacts.get(pk=form.instance.pk)
        form.move_to(standing.version)
        context["changes"] = differences(form, standing, ContactForm.Meta.fields)
    return render(request, "villages/contact_form.html", context)
