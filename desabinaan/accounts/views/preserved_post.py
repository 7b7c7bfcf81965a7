"""Text posted before the sign-in, to send again or to drop."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desabinaan.accounts import preserved_post


@require_safe
def resume(request: HttpRequest) -> HttpResponse:
    """List what this person had posted, with buttons to send it again."""
    waiting = preserved_post.waiting_for(request)
    posts = [preserved_post.unsaved(request, preserved) for preserved in waiting]
    return render(request, "accounts/resume.html", {"posts": posts})


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Drop a preserved post."""
    preserved_post.drop(request, request.POST.get("path", ""))
    messages.success(request, _("The preserved text is discarded."))
    if preserved_post.waiting_for(request):
        return redirect("accounts:resume")
    return redirect(settings.LOGIN_REDIRECT_URL)
