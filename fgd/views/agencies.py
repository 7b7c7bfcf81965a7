"""The list of agencies, a proposal, and an agency's own contact."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from fgd.actions import agencies as deeds
from fgd.forms.agencies import AgencyFilter, AgencyForm, ContactForm
from fgd.models import Agency
from fgd.selectors import agencies as selectors
from fgd.selectors.sessions import host_offices, hosts_somewhere
from fgd.standing import agencies_of, require_somewhere
from fgd.views.answering import kept


def agency_list(request: Request) -> HttpResponse:
    require_somewhere(request.user, "agency.look_up")
    form = AgencyFilter(request.GET)
    typed = form.cleaned_data.get("cari", "") if form.is_valid() else ""
    context = {
        "form": form,
        "typed": typed,
        "agencies": selectors.agency_rows(request.user, typed),
        "reads_all": selectors.reads_agencies(request.user),
        "may_propose": hosts_somewhere(request.user, "agency.propose"),
        "mine": agencies_of(request.user),
    }
    return render(request, "fgd/agency_list.html", context)


def agency_propose(request: Request) -> HttpResponse:
    offices = host_offices(request.user, "agency.propose")
    if not offices:
        raise PermissionDenied("agency.propose")
    form = AgencyForm(request.POST or None, offices=offices)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        place = typed.pop("proposing_office")
        made = kept(
            form,
            lambda: deeds.propose_agency(
                acting_user=request.user, place=place, **typed
            ),
        )
        if made is not None:
            told = _("The agency is proposed. An administrator confirms it.")
            messages.success(request, told)
            return redirect("fgd:agency_list")
    crumbs = [(_("Agencies"), reverse("fgd:agency_list")), (_("Propose"), None)]
    return render(request, "fgd/agency_propose.html", {"form": form, "crumbs": crumbs})


def agency_contact(request: Request, pk: int) -> HttpResponse:
    agency = selectors.visible_agency(request.user, pk)
    access.require(request.user, "agency.change_contact", agency)
    form = ContactForm(request.POST or None, instance=copy(agency))
    if form.is_valid() and _contact_changed(request, agency, form):
        messages.success(request, _("The contact is changed."))
        return redirect("fgd:agency_list")
    crumbs = [(_("Agencies"), reverse("fgd:agency_list")), (str(agency), None)]
    context = {"form": form, "agency": agency, "crumbs": crumbs}
    return render(request, "fgd/agency_contact.html", context)


def _contact_changed(request: Request, agency: Agency, form: ContactForm) -> bool:
    typed = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
    deed = partial(deeds.change_contact, agency.pk, acting_user=request.user, **typed)
    return kept(form, deed, agency) is not None
