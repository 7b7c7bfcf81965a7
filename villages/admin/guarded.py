"""Guarded deeds: what an administrator asks for and a second person decides."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from villages import actions
from villages.models import GuardedDeed
from villages.selectors.guarded import office_of_guard


class GuardedDeedForm(forms.ModelForm[GuardedDeed]):
    """What is asked for, whole for its kind."""

    acting_user: ClassVar[User]

    class Meta:
        model = GuardedDeed
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
            return  # only shown: who asked may not change it
        self.fields["office"].required = False
        self.fields["office"].help_text = gettext_lazy("Only to grant a role.")
        self.fields["email"].help_text = gettext_lazy(
            "To change contact data: as both shall read afterwards."
        )

    def _get_validation_exclusions(self) -> set[str]:
        return set()  # who asks is known here: every constraint can be checked

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.asked_by = self.acting_user
        account = cleaned.get("account")
        if cleaned.get("kind") != GuardedDeed.Kind.GRANT and account:
            cleaned["role"] = ""
            cleaned["office"] = office_of_guard(account.pk)
            if not account.is_guarded or cleaned["office"] is None:
                self.add_error(
                    "account", _("This account needs no second person. Change it.")
                )
        elif account and cleaned.get("office") is None:
            self.add_error("office", _("Choose the office where the role is held."))
        return cleaned


@admin.register(GuardedDeed)
class GuardedDeedAdmin(admin.ModelAdmin[GuardedDeed]):
    """Asked for here; the regional office is the second person."""

    form = GuardedDeedForm
    list_display = ("kind", "account", "office", "status", "asked_by", "asked_at")
    list_filter = ("status", "kind")
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ("account", "office", "asked_by")
    search_fields = ("account__username", "account__name")
    autocomplete_fields = ("account", "office")
    readonly_fields = ("status", "decided_at", "decision_note")

    def get_form(
        self,
        request: HttpRequest,
        obj: GuardedDeed | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[GuardedDeed]]:
        form = super().get_form(request, obj, change, **kwargs)
        form.acting_user = request.user  # type: ignore[attr-defined]
        return form

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(
        self, request: HttpRequest, obj: GuardedDeed | None = None
    ) -> bool:
        return request.user.is_superuser

    def has_change_permission(
        self, request: HttpRequest, obj: GuardedDeed | None = None
    ) -> bool:
        return False  # asked once, decided by another

    def has_delete_permission(
        self, request: HttpRequest, obj: GuardedDeed | None = None
    ) -> bool:
        return False

    def save_model(
        self,
        request: HttpRequest,
        obj: GuardedDeed,
        form: forms.ModelForm[GuardedDeed],
        change: bool,
    ) -> None:
        asked = actions.ask_guarded(
            obj.kind,
            obj.account,
            obj.office,
            form.cleaned_data,
            reason=obj.reason,
            acting_user=cast(User, request.user),
        )
        obj.pk, obj._state.adding = asked.pk, False
