"""Accounts for administrators; passwords are never set here."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from desabinaan.accounts import services
from desabinaan.accounts.addresses import absolute_url
from desabinaan.accounts.credential_delivery import mail_link
from desabinaan.accounts.models import WAYS_IN, PasswordTicket, User
from desabinaan.lib.workflow.transitions import IllegalTransition

admin.site.unregister(Group)

admin.site.unregister(ProcrastinateJob)  # jobs are the operator's, by command

DETAILS = ("username", "name", "email", "phone", "language")
SUPERUSER_ONLY = ("is_staff", "is_superuser")
RIGHTS = (*SUPERUSER_ONLY, "is_active")


@admin.register(User)
class AccountAdmin(admin.ModelAdmin[User]):
    """Keeps accounts; what they may do comes from roles at places, not from here."""

    list_display = (
        "username",
        "name",
        "email",
        "phone",
        "is_active",
        "is_staff",
        "last_login",
    )
    list_filter = ("is_active", "is_staff", "language")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("username", "name__folded_contains", "email", "phone")
    ordering = ("username",)
    readonly_fields = ("last_login", "date_joined")
    change_form_template = "accounts/admin_account.html"

    # --- What is shown, to whom ----------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": DETAILS})]
        rights = ("is_active", *(SUPERUSER_ONLY if request.user.is_superuser else ()))
        details: dict[str, Any] = {"fields": DETAILS}
        if obj.is_sensitive:
            details["description"] = services.NEEDS_SECOND_APPROVAL
        return [
            (None, details),
            (_("Rights"), {"fields": rights}),
            (_("On record"), {"fields": self.readonly_fields}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Protect one's own rights, and the contact data of sensitive accounts."""
        own = obj is not None and obj.pk == request.user.pk
        if obj is not None and obj.is_sensitive and not own:
            return (*self.readonly_fields, *sorted(WAYS_IN))
        return (*self.readonly_fields, *(RIGHTS if own else ()))

    def has_change_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """Let only superusers change accounts of administrators."""
        if obj is not None and (obj.is_staff or obj.is_superuser):
            return request.user.is_superuser
        return super().has_change_permission(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        return False  # closed, never erased: history names the account

    # --- Saving --------------------------------------------------------------

    def save_model(
        self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool
    ) -> None:
        if change:
            values = {name: form.cleaned_data[name] for name in form.changed_data}
            services.change_account(obj, values, acting_user=_who(request))
            return
        details = {name: form.cleaned_data[name] for name in DETAILS}
        created = services.create_account(acting_user=_who(request), **details)
        obj.pk, obj._state.adding = created.pk, False

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Continue with the ticket: a new account has no password yet."""
        if IS_POPUP_VAR in request.POST or "_addanother" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return redirect("admin:accounts_user_ticket", obj.pk)

    # --- One-time tickets ----------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<path:object_id>/password/", wrap(_no_such_page)),
            path(
                "<int:account_id>/ticket/",
                wrap(self.ticket),
                name="accounts_user_ticket",
            ),
            path(
                "<int:account_id>/ticket/slip/",
                wrap(self.print_slip),
                name="accounts_user_slip",
            ),
            path(
                "<int:account_id>/ticket/link/",
                wrap(self.send_link),
                name="accounts_user_link",
            ),
        ]
        return own + super().get_urls()

    def ticket(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Ask whether to print a slip or to send a link by e-mail."""
        account = self._account(request, account_id)
        context = self.admin_site.each_context(request) | {
            "title": _("One-time link or code"),
            "account": account,
            "opts": self.opts,
        }
        return render(request, "accounts/admin_ticket.html", context)

    def print_slip(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Show a slip with a new code, this once."""
        account = self._account(request, account_id, is_post=True)
        try:
            ticket, code = services.issue_ticket(
                account, PasswordTicket.Kind.CODE, acting_user=_who(request)
            )
        except IllegalTransition as too_late:
            return _message_and_back(request, account, str(too_late))
        context = {
            "account": account,
            "code": code,
            "address": absolute_url(reverse("accounts:use_code")),
            "until": ticket.expires_at,
            "back_url": reverse("admin:accounts_user_change", args=[account.pk]),
        }
        response = render(request, "accounts/slip.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def send_link(self, request: HttpRequest, account_id: int) -> HttpResponse:
        """Send a new link to the account's own address."""
        account = self._account(request, account_id, is_post=True)
        if not account.email:
            return _message_and_back(
                request, account, _("This account has no e-mail address.")
            )
        try:
            _ticket, token = services.issue_ticket(
                account, PasswordTicket.Kind.LINK, acting_user=_who(request)
            )
        except IllegalTransition as too_late:
            return _message_and_back(request, account, str(too_late))
        mail_link(account, token)
        messages.success(request, _("The link is on its way to the account's address."))
        return redirect("admin:accounts_user_change", account.pk)

    def _account(
        self, request: HttpRequest, account_id: int, *, is_post: bool = False
    ) -> User:
        if is_post and request.method != "POST":
            raise Http404
        account = self.get_object(request, str(account_id))
        if account is None:
            raise Http404
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        return account


def _who(request: HttpRequest) -> User:
    return cast(User, request.user)  # the administration is closed to others


def _no_such_page(request: HttpRequest, object_id: str) -> HttpResponse:
    raise Http404


def _message_and_back(
    request: HttpRequest, account: User, sentence: str
) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect("admin:accounts_user_change", account.pk)
