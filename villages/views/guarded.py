from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from desabinaan.accounts import access, mail
from desabinaan.accounts.access import Role
from desabinaan.accounts.http import Request
from desabinaan.lib.deeds import attempt, back_to, posted
from desabinaan.lib.listing import listing
from desabinaan.lib.transitions import Transition, step
from villages import actions
from villages.forms.accounts import DeclineForm, GuardedFilter
from villages.models import GuardedDeed
from villages.selectors import guarded as rows
from villages.standing import require_somewhere
from villages.views.slips import slip
from villages.workflow import GUARDED_DEED, GUARDED_TONES


@require_safe
def guarded_list(request: Request) -> HttpResponse:
    """What administrators ask for and a second person confirms."""
    require_somewhere(request.user, "account.second")
    form = GuardedFilter(request.GET)
    form.is_valid()
    found = rows.guarded_rows(request.user, form.cleaned_data.get("status", ""))
    page = listing(request.GET, found, rows.guarded_sorts(), form)
    context = {
        "form": form,
        "listing": page,
        "rows": rows.dressed_guarded(page.rows),
        "crumbs": [*_crumbs()[:1], (_("Second person"), None)],
    }
    return render(request, "villages/guarded_list.html", context)


@require_safe
def guarded_detail(request: Request, pk: int) -> HttpResponse:
    """What is asked for and why; the second person confirms or declines."""
    deed = _in_sight(request, pk)
    context = {
        "deed": deed,
        "tone": GUARDED_TONES[GuardedDeed.Status(deed.status)],
        "verbs": _open_verbs(request, deed),
        "facts": [
            (_("What"), deed.get_kind_display()),
            (_("Account"), deed.account.username),
            (_("Where"), deed.office.short_name),
        ],
        "role": Role(deed.role).label if deed.role else "",
        "crumbs": [*_crumbs(), (deed.account.name, None)],
    }
    return render(request, "villages/guarded_detail.html", context)


@back_to("villages:guarded_detail")
@never_cache
@require_POST
def guarded_confirm(request: Request, pk: int) -> HttpResponse:
    """The deed is done; a code is shown once, to be handed over in person."""
    deed = _in_sight(request, pk)
    address, language = deed.account.email, deed.account.language
    made = actions.confirm_guarded(deed, acting_user=request.user)
    back = reverse("villages:guarded_detail", kwargs={"pk": pk})
    if made is not None:
        return slip(request, *made, back)
    if deed.kind == GuardedDeed.Kind.CONTACT and address not in {"", deed.email}:
        mail.send_address_changed(language, address)
    messages.success(request, _("Confirmed. It holds from now on."))
    return redirect(back)


@back_to("villages:guarded_detail")
@require_http_methods(["GET", "HEAD", "POST"])
def guarded_decline(request: Request, pk: int) -> HttpResponse:
    """The deed is declined with a reason that the administrator reads."""
    deed = _in_sight(request, pk)
    step(GUARDED_DEED, "decline", deed.status)
    form = DeclineForm(posted(request))
    if form.is_valid() and _declined(request, deed, form):
        messages.success(request, _("Declined. The administrator reads your reason."))
        return redirect("villages:guarded_detail", pk=pk)
    back = reverse("villages:guarded_detail", kwargs={"pk": pk})
    context = {
        "form": form,
        "question": _("Decline this for %(name)s?") % {"name": deed.account.name},
        "submit_label": _("Decline"),
        "cancel_url": back,
        "danger": True,
        "crumbs": [*_crumbs(), (deed.account.name, back), (_("Decline"), None)],
    }
    return render(request, "villages/guarded_decline.html", context)


# --- Inside ------------------------------------------------------------------


def _in_sight(request: Request, pk: int) -> GuardedDeed:
    return get_object_or_404(rows.guarded_deeds_for(request.user), pk=pk)


def _crumbs() -> list[tuple[object, str | None]]:
    return [
        (_("Accounts"), reverse("villages:account_request_list")),
        (_("Second person"), reverse("villages:guarded_list")),
    ]


def _open_verbs(request: Request, deed: GuardedDeed) -> dict[str, Transition]:
    if request.user.pk in {deed.asked_by_id, deed.account_id}:
        return {}
    return access.open_verbs(request.user, GUARDED_DEED, deed.status, deed)


def _declined(
    request: Request, deed: GuardedDeed, form: DeclineForm
) -> GuardedDeed | None:
    reason = form.cleaned_data["reason"]
    decline = partial(actions.decline_guarded, deed, reason, acting_user=request.user)
    return attempt(form, decline)
