"""Accounts for many at once: a file is looked over, sent, approved, and printed."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts.actions import FreshAccount
from desabinaan.accounts.handing_out import hand_out, slips_answer
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.exports import sheet_answer
from villages import actions
from villages.forms.rosters import (
    Roster,
    RosterForm,
    roster,
    roster_data,
    roster_template,
)
from villages.models import Office
from villages.selectors import account_requests as rows
from villages.selectors import pending_account_requests
from villages.selectors.rosters import with_sight
from villages.selectors.slips import posts_of
from villages.standing import require_somewhere

LIST = "villages:account_request_list"


@require_http_methods(["GET", "HEAD", "POST"])
def roster_upload(request: Request) -> HttpResponse:
    """A file is chosen; its rows are shown as they were understood. Nothing is kept."""
    offices = _offices(request)
    form = RosterForm(posted(request), request.FILES or None)
    if form.is_valid():
        sent = roster_data(form.cleaned_data["file"])
        return _look_over(request, roster(sent, request.user, offices))
    context = {
        "form": form,
        "submit_label": _("Look over the rows"),
        "cancel_url": reverse(LIST),
        "crumbs": [*_crumbs(), (_("From a file"), None)],
    }
    return render(request, "villages/roster_upload.html", context)


@require_POST
def roster_check(request: Request) -> HttpResponse:
    """The rows, mended in place, looked over once more. Nothing is kept."""
    return _look_over(request, roster(request.POST, request.user, _offices(request)))


@require_POST
def roster_send(request: Request) -> HttpResponse:
    """All new rows are asked for as one deed, or the page says what is in the way."""
    people = roster(request.POST, request.user, _offices(request))
    new = people.new() if people.is_fit else []
    if not new:
        return _look_over(request, people)
    ask = partial(actions.request_accounts, new, acting_user=request.user)
    made = attempt(people.summary, ask)
    if made is None:
        return _look_over(request, people)
    text = ngettext(
        "%(n)s request is sent. The regional office decides.",
        "%(n)s requests are sent. The regional office decides.",
        len(made),
    )
    messages.success(request, text % {"n": len(made)})
    return redirect(LIST)


@require_safe
def roster_file(request: Request) -> HttpResponseBase:
    """An empty file with the right headings and a row to copy."""
    require_somewhere(request.user, "account.request")
    return sheet_answer("xlsx", roster_template())


@back_to(LIST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_requests_approve(request: Request) -> HttpResponse:
    """The chosen requests are approved as one deed; their links are shown this once."""
    require_somewhere(request.user, "account.approve")
    waiting = pending_account_requests(request.user)[: rows.MOST_AT_ONCE]
    chosen = set(request.POST.getlist("pk"))
    if picked := [one for one in waiting if str(one.pk) in chosen]:
        made = actions.approve_requests(picked, acting_user=request.user)
        return _handed_out(request, made)
    context = {
        "rows": with_sight(waiting),
        "nothing_chosen": request.method == "POST",
        "crumbs": [*_crumbs(), (_("Approve several"), None)],
    }
    return render(request, "villages/account_requests_approve.html", context)


@never_cache
@require_POST
def account_slips(request: Request) -> HttpResponse:
    """The links that this person just handed out, as slips to print."""
    require_somewhere(request.user, "account.approve")
    tokens = request.POST.getlist("token")[: rows.MOST_AT_ONCE]
    answer = slips_answer(request, request.user, tokens, posts_of)
    if answer is None:
        messages.warning(request, _("These links are used or too old for slips."))
        return redirect(LIST)
    return answer


# --- Inside ------------------------------------------------------------------


def _offices(request: Request) -> list[Office]:
    offices = rows.requesting_offices(request.user)
    if not offices:
        raise PermissionDenied("account.request")
    return offices


def _crumbs() -> list[tuple[object, str | None]]:
    return [(_("Accounts"), reverse(LIST))]


def _look_over(request: Request, people: Roster) -> HttpResponse:
    context = {
        "people": people,
        "new": len(people.new()),
        "faulty": people.faulty(),
        "crumbs": [*_crumbs(), (_("Look over the rows"), None)],
    }
    return render(request, "villages/roster_look_over.html", context)


def _handed_out(request: Request, made: Sequence[FreshAccount]) -> HttpResponse:
    context = {
        "out": hand_out(request, made),
        "crumbs": [*_crumbs(), (_("Links"), None)],
    }
    return render(request, "villages/account_links.html", context)
