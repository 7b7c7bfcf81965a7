"""What was typed before the sign-in, to send again or to let go."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts import kept


@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """What this person had typed, each form with a button that sends it again."""
    posts = kept.waiting_for(request)
    return render(request, "accounts/resume.html", {"posts": posts})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """What was typed is let go."""
    kept.drop(request, request.POST.get("path", ""))
    messages.success(request, _("What you had typed is dropped."))
    if kept.waiting_for(request):
        return redirect("accounts:resume")
    return redirect(settings.LOGIN_REDIRECT_URL)
