"""One's own notices: looked through, opened, marked; and how they reach the mailbox."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.exports import list_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import posted
from desabinaan.lib.listing import CURSOR, Sort, listing, ordered
from desabinaan.lib.paging import PAGE_SIZE, Order
from desabinaan.notices import actions, selectors
from desabinaan.notices.forms import NoticeFilter, PreferencesForm, UntilForm
from desabinaan.notices.models import Notice
from desabinaan.notices.querysets import NoticeQuerySet


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """What is new stands first, then what was read, the latest on top."""
    form = NoticeFilter(request.GET)
    form.is_valid()
    own = form.narrowed(selectors.notices_in_sight(request.user))
    only_new = form.state_asked == form.NEW
    rows = selectors.notice_rows(own.unread() if only_new else own.read())
    page = listing(request.GET, rows, _sorts(), form)
    old = selectors.dressed(page.rows)
    with_new = not form.state_asked and CURSOR not in request.GET
    new = _newest(own) if with_new else (old if only_new else [])
    context = {
        "form": form,
        "page": page,
        "new": new,
        "more_new": with_new and len(new) == PAGE_SIZE,
        "until": max((row["occurred_at"] for row in new), default=None),
        "old": [] if only_new else old,
    }
    return render(request, "notices/notice_list.html", context)


@require_POST
def notice_export(request: Request) -> HttpResponseBase:
    """One's own notices as a file, new ones among those read, the latest on top."""
    form = NoticeFilter(request.GET)
    form.is_valid()
    own = form.in_state(form.narrowed(selectors.notices_in_sight(request.user)))
    rows = ordered(request.GET, selectors.notice_rows(own), _sorts())
    return list_answer(request, selectors.notice_file(), rows, form)


def _newest(own: NoticeQuerySet) -> list[dict[str, Any]]:
    return selectors.dressed(selectors.notice_rows(own.unread())[:PAGE_SIZE])


def _sorts() -> dict[str, Sort]:
    return {"waktu": Sort(Order("occurred_at", descending=True), _("When"))}


@require_POST
def notice_open(request: Request, pk: int) -> HttpResponse:
    """The notice counts as read, and its page opens."""
    notice = actions.mark_read(_own(request, pk), acting_user=request.user)
    return redirect(notice.path)


@require_POST
def notice_mark(request: Request, pk: int) -> HttpResponse:
    """The notice counts as read; one stays on the list."""
    actions.mark_read(_own(request, pk), acting_user=request.user)
    return redirect("notices:notice_list")


@require_POST
def mark_all(request: Request) -> HttpResponse:
    """All that stood on the page counts as read, not what came meanwhile."""
    form = UntilForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        actions.mark_all_read(until, acting_user=request.user)
        messages.success(request, _("Everything is marked as read."))
    return redirect("notices:notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """Which matters come by e-mail, at once or once a day."""
    form = PreferencesForm(
        posted(request), wishes=selectors.preferences_of(request.user)
    )
    if form.is_valid():
        actions.set_preferences(form.cleaned_data, acting_user=request.user)
        messages.success(request, _("Your choice is saved."))
        return redirect("notices:preferences")
    notices = reverse("notices:notice_list")
    context = {
        "form": form,
        "submit_label": _("Save the choice"),
        "cancel_url": notices,
        "has_address": bool(request.user.email),
        "crumbs": [(_("Notices"), notices), (_("Notices by e-mail"), None)],
    }
    return render(request, "notices/preferences.html", context)


def _own(request: Request, pk: int) -> Notice:
    return get_object_or_404(selectors.notices_in_sight(request.user), pk=pk)
