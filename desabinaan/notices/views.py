"""One's own notices: listed, opened, marked as read, and sent by e-mail."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from desabinaan.accounts.http import Request
from desabinaan.lib.web.form_pages import (
    form_page,
    post_or_none,
    reads_form,
    require_form_methods,
)
from desabinaan.lib.web.lists import CURSOR, narrowed
from desabinaan.lib.web.paging import PAGE_SIZE
from desabinaan.notices import presenters, selectors, services
from desabinaan.notices.forms import PreferencesForm, UntilForm
from desabinaan.notices.models import Notice


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """List one's own notices: new ones first, then those read, latest first."""
    form, listing = presenters.NOTICES.page(request)
    only_new = form.state_asked == form.NEW
    old = presenters.with_sentences(listing.rows)
    with_new = not form.state_asked and CURSOR not in request.GET
    new = old if only_new else []
    if with_new:
        own = narrowed(form, selectors.visible_notices(request.user))
        unread = selectors.notice_rows(own.unread())[:PAGE_SIZE]
        new = presenters.with_sentences(unread)
    context = {
        "form": form,
        "listing": listing,
        "new": new,
        "more_new": with_new and len(new) == PAGE_SIZE,
        "until": max((row["occurred_at"] for row in new), default=None),
        "old": [] if only_new else old,
    }
    return render(request, "notices/notice_list.html", context)


@require_POST
def notice_export(request: Request) -> HttpResponseBase:
    """Return one's own notices as a file, latest first."""
    return presenters.NOTICES.file_response(request)


@require_POST
def notice_open(request: Request, pk: int) -> HttpResponse:
    """Mark the notice as read and open its page."""
    notice = services.mark_read(_own(request, pk), acting_user=request.user)
    return redirect(notice.path)


@require_POST
def notice_mark(request: Request, pk: int) -> HttpResponse:
    """Mark the notice as read and stay on the list."""
    services.mark_read(_own(request, pk), acting_user=request.user)
    return redirect("notices:notice_list")


@require_POST
def mark_all(request: Request) -> HttpResponse:
    """Mark all notices of the page as read, not those that came meanwhile."""
    form = UntilForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        services.mark_all_read(until, acting_user=request.user)
        messages.success(request, _("Everything is marked as read."))
    return redirect("notices:notice_list")


@require_form_methods
@reads_form(PreferencesForm)
def preferences(request: Request) -> HttpResponse:
    """Choose which categories come by e-mail, at once or once a day."""
    form = PreferencesForm(
        post_or_none(request), channels=selectors.preferences_of(request.user)
    )
    if form.is_valid():
        services.set_preferences(form.own_changes(), acting_user=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:preferences")
    notices = reverse("notices:notice_list")
    return form_page(
        request,
        form,
        title=_("Notices by e-mail"),
        submit_label=_("Save the choice"),
        cancel_url=notices,
        crumbs=[(_("Notices"), notices)],
        template="notices/preferences.html",
        has_address=bool(request.user.email),
    )


def _own(request: Request, pk: int) -> Notice:
    return get_object_or_404(selectors.visible_notices(request.user), pk=pk)
