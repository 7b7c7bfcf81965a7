"""Approval requests: an administrator asks, the regional office approves."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from villages.people import services
from villages.people.models import ApprovalRequest
from villages.people.selectors.approvals import office_of_sensitive_role


class ApprovalRequestForm(forms.ModelForm[ApprovalRequest]):
    """The request, with the fields that its kind requires."""

    acting_user: ClassVar[User]

    class Meta:
        model = ApprovalRequest
        fields = (
            "kind",
            "account",
            "role",
            "rank",
            "office",
            "letter_number",
            "starts_on",
            "email",
            "phone",
            "reason",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "office" not in self.fields:
            return  # the page shows a request read-only
        self.fields["office"].required = False
        self.fields["office"].help_text = gettext_lazy("Only for granting a role.")
        self.fields["email"].help_text = gettext_lazy(
            "For changing contact data: fill in both as they should be."
        )

    def _get_validation_exclusions(self) -> set[str]:
        return set()  # `requested_by` is set in clean(), so check every constraint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.requested_by = self.acting_user
        account = cleaned.get("account")
        if cleaned.get("kind") != ApprovalRequest.Kind.GRANT and account:
            cleaned["role"] = ""
            cleaned["office"] = office_of_sensitive_role(account.pk)
            if not account.is_sensitive or cleaned["office"] is None:
                self.add_error(
                    "account",
                    _("This account needs no second approval. Change it directly."),
                )
        elif account and cleaned.get("office") is None:
            self.add_error("office", _("Choose the office where the role is held."))
        return cleaned


@admin.register(ApprovalRequest)
class ApprovalRequestAdmin(admin.ModelAdmin[ApprovalRequest]):
    """Admins create requests here; the regional office approves them elsewhere."""

    form = ApprovalRequestForm
    list_display = (
        "kind",
        "account",
        "office",
        "status",
        "requested_by",
        "requested_at",
    )
    list_filter = ("status", "kind")
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ("account", "office", "requested_by")
    search_fields = ("account__username", "account__name__folded_contains")
    autocomplete_fields = ("account", "office")
    readonly_fields = ("status", "decided_at", "decision_note")

    def get_form(
        self,
        request: HttpRequest,
        obj: ApprovalRequest | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[ApprovalRequest]]:
        form = super().get_form(request, obj, change, **kwargs)
        form.acting_user = request.user  # type: ignore[attr-defined]
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(
        self, request: HttpRequest, obj: ApprovalRequest | None = None
    ) -> bool:
        return request.user.is_superuser

    def has_change_permission(
        self, request: HttpRequest, obj: ApprovalRequest | None = None
    ) -> bool:
        return False  # a request never changes after it was made

    def has_delete_permission(
        self, request: HttpRequest, obj: ApprovalRequest | None = None
    ) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: ApprovalRequest,
        form: forms.ModelForm[ApprovalRequest],
        change: bool,
    ) -> None:
        asked = services.request_approval(
            obj.kind,
            obj.account,
            obj.office,
            form.cleaned_data,
            reason=obj.reason,
            acting_user=cast(User, request.user),
        )
        obj.pk, obj._state.adding = asked.pk, False
