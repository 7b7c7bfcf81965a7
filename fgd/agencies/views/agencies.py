"""The list of agencies, proposals, and the contact of an agency."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from desabinaan.accounts import access
from desabinaan.accounts.http import Request
from desabinaan.accounts.once import once_per_form
from desabinaan.lib.web.form_pages import (
    AnyForm,
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
    run_service,
    run_versioned_service,
)
from desabinaan.lib.web.lists import said_of
from fgd.agencies import selectors, services
from fgd.agencies.forms.agencies import AgencyContactForm, AgencyFilter, AgencyForm
from fgd.agencies.permissions import (
    agencies_represented_by,
    require_capability_anywhere,
)
from villages.places.selectors.offices import host_offices, hosts_anywhere

LIST = "agencies:agency_list"


def agency_list(request: Request) -> HttpResponse:
    require_capability_anywhere(request.user, "agency.look_up")
    form = AgencyFilter(request.GET)
    typed = form.cleaned_data.get("cari", "") if form.is_valid() else ""
    rows = selectors.agency_rows(request.user, typed)
    context = {
        "form": form,
        "shown": said_of(form),
        "typed": typed,
        "agencies": rows.none() if form.errors else rows,
        "reads_all": selectors.reads_agencies(request.user),
        "may_propose": hosts_anywhere(request.user, "agency.propose"),
        "mine": agencies_represented_by(request.user),
    }
    return render(request, "agencies/agency_list.html", context)


@require_form_methods
@once_per_form
def agency_propose(request: Request) -> HttpResponse:
    offices = host_offices(request.user, "agency.propose")
    if not offices:
        raise PermissionDenied("agency.propose")
    form = AgencyForm(post_or_none(request), offices=offices)
    if form.is_valid():
        proposal = form.proposal()
        saved = run_service(
            form, services.propose_agency, acting_user=request.user, **proposal
        )
        if saved is not None:
            message = _("The agency is proposed. An administrator confirms it.")
            messages.success(request, message)
            return redirect(LIST)
    return _form_page(
        request,
        form,
        title=_("Propose an agency"),
        submit_label=_("Propose the agency"),
        intro=_(
            "An administrator confirms it. Until then it can send delegates, "
            "but not lead an action."
        ),
    )


@require_form_methods
@reads_form(AgencyContactForm)
def agency_contact(request: Request, pk: int) -> HttpResponse:
    agency = selectors.visible_agency(request.user, pk)
    access.require(request.user, "agency.change_contact", agency)
    form = AgencyContactForm(post_or_none(request), instance=copy(agency))
    if form.is_valid():
        saved = run_versioned_service(
            form,
            agency,
            services.change_contact,
            agency.pk,
            acting_user=request.user,
            **form.contact(),
        )
        if saved is not None:
            messages.success(request, _("The contact is changed."))
            return redirect(LIST)
    title = _("Contact of %(agency)s") % {"agency": agency}
    return _form_page(request, form, title=title, submit_label=_("Save the contact"))


def _form_page(request: Request, form: AnyForm, **context: Any) -> HttpResponse:
    """Show a form that leads back to the list of agencies."""
    url = reverse(LIST)
    crumbs = [(_("Agencies"), url)]
    return form_page(request, form, cancel_url=url, crumbs=crumbs, **context)
