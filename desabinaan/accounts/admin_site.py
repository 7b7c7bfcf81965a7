"""Django's admin site behind the portal's own sign-in."""

from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from desabinaan.accounts.addresses import own_path
from desabinaan.accounts.admin_edits import LocksItsRow, ShownValuesForm
from desabinaan.accounts.admin_log import NamelessLog
from desabinaan.accounts.admin_telephones import ReadsTelephones
from desabinaan.accounts.once import once_per_form
from desabinaan.health.presenters import findings
from desabinaan.health.selectors import portal_health
from desabinaan.lib.web.meant_texts import MeantForm


class ChoicesView(AutocompleteJsonView):
    """Choices of a field, worded by `choice_label` of the class that lists them.

    A name alone does not tell two regions apart.
    """

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "choice_label", str)
        return super().serialize_result(obj, to_field_name) | {"text": label(obj)}


class AddedOnce(ModelAdmin[Any]):
    """A page that adds a row, like every other form that creates something."""

    @method_decorator(once_per_form)
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)


class PortalAdminSite(AdminSite):
    """Admin site with the portal's sign-in; its log holds no names."""

    site_title = site_header = "Portal Desa Binaan"
    index_title = _("Reference data and accounts")
    empty_value_display = "–"

    def register(
        self, model_or_iterable: Any, admin_class: Any = None, **options: Any
    ) -> None:
        """Register the class with what all pages have in common.

        Log entries without names; each row is added once; telephones are read; what
        changed since a page was opened is not overwritten.
        """
        written: type[Any] = admin_class or ModelAdmin
        form = type(
            written.form.__name__, (ShownValuesForm, MeantForm, written.form), {}
        )
        bases = (NamelessLog, AddedOnce, LocksItsRow, ReadsTelephones, written)
        ours = type(written.__name__, bases, {"form": form})
        super().register(model_or_iterable, ours, **options)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        context = (extra_context or {}) | {"health": findings(portal_health())}
        return super().index(request, context)

    def autocomplete_view(  # type: ignore[override]
        self, request: HttpRequest
    ) -> HttpResponseBase:
        return ChoicesView.as_view(admin_site=self)(request)

    @method_decorator(never_cache)
    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        onward = own_path(request, request.GET.get("next")) or reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(onward, resolve_url("accounts:sign_in"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect(onward)

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        return LogoutView.as_view(next_page="accounts:sign_in")(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("accounts:change_password")
