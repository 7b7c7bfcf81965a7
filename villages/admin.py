"""Reference data and assignments for administrators; no village's workflow."""

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import GUARDED_ROLES, Role
from desabinaan.accounts.models import User
from villages import actions
from villages.models import (
    Assignment,
    GuardedDeed,
    Office,
    Region,
    Scheme,
    ServiceArea,
    Village,
)
from villages.selectors.guarded import office_of_guard


class ReadOnly(admin.ModelAdmin[Any]):
    """Looked up, never written here."""

    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False


@admin.register(Region)
class RegionAdmin(ReadOnly):
    """Codes and names come by import_regions; what ended, and what follows, by hand."""

    fields = (
        "code",
        "name",
        "level",
        "kind",
        "parent",
        "valid_from",
        "valid_to",
        "successor",
    )
    readonly_fields = ("code", "name", "level", "kind", "parent")
    autocomplete_fields = ("successor",)
    list_display = ("code", "name", "level", "kind", "parent", "valid_to")
    list_filter = ("level", "kind")
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "name")

    def has_change_permission(
        self, request: HttpRequest, obj: Region | None = None
    ) -> bool:
        return request.user.has_perm("villages.change_region")


@admin.register(Village)
class VillageAdmin(ReadOnly):
    """Only to choose a village for an assignment; its record has pages of its own."""

    fields = ("region", "office", "status")
    list_display = ("name", "district_name", "regency_name", "office", "status")
    list_select_related = ("office",)
    search_fields = ("name", "district_name", "region__code__startswith")


class ServiceAreaInline(admin.TabularInline[ServiceArea, Office]):
    model = ServiceArea
    autocomplete_fields = ("region",)
    extra = 0


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin[Office]):
    fields = ("kind", "name", "short_name", "parent", "address", "phone", "zone")
    list_display = ("short_name", "name", "kind", "parent")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name")
    autocomplete_fields = ("parent",)
    inlines = (ServiceAreaInline,)

    def has_delete_permission(
        self, request: HttpRequest, obj: Office | None = None
    ) -> bool:
        return False


@admin.register(Scheme)
class SchemeAdmin(admin.ModelAdmin[Scheme]):
    fields = ("code", "name")
    list_display = ("name", "code")
    search_fields = ("name", "code")


class AssignmentForm(forms.ModelForm[Assignment]):
    """Refuses what the action would refuse, beside the field."""

    acting_user: ClassVar[User]

    class Meta:
        model = Assignment
        fields = (
            "user",
            "role",
            "office",
            "village",
            "letter_number",
            "starts_on",
            "ends_on",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("user") == self.acting_user:
            self.add_error("user", _("Nobody grants a role to himself or herself."))
        if cleaned.get("role") in GUARDED_ROLES:
            self.add_error(
                "role",
                _(
                    "This role needs a second person outside administration. "
                    "Ask for it under “Deeds of two persons”."
                ),
            )
        if self.instance.pk:
            self._check_end(cleaned.get("ends_on"))
        return cleaned

    def _check_end(self, ends_on: date | None) -> None:
        ended = self.initial.get("ends_on")
        if ended is not None and ended < timezone.localdate():
            raise ValidationError(_("This assignment has already ended."))
        if ends_on is None:
            raise ValidationError({"ends_on": _("Give the last day.")})
        if ends_on < self.instance.starts_on:
            raise ValidationError(
                {"ends_on": _("The last day lies before the first day.")}
            )


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """Roles are granted and ended here; what was granted stays as it was."""

    form = AssignmentForm
    list_display = (
        "user",
        "role",
        "place",
        "letter_number",
        "starts_on",
        "ends_on",
        "assigned_by",
    )
    list_filter = ("role", "office")
    list_per_page = 50
    show_full_result_count = False
    list_select_related = ("user", "office", "village", "assigned_by")
    search_fields = ("user__username", "user__name", "letter_number", "village__name")
    autocomplete_fields = ("user", "office", "village")
    date_hierarchy = "starts_on"

    @admin.display(description=gettext_lazy("place"))
    def place(self, assignment: Assignment) -> str:
        return str(assignment.village or assignment.office)

    def get_form(
        self,
        request: HttpRequest,
        obj: Assignment | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[Assignment]]:
        form = super().get_form(request, obj, change, **kwargs)
        form.acting_user = request.user  # type: ignore[attr-defined]
        return form

    def get_readonly_fields(
        self, request: HttpRequest, obj: Assignment | None = None
    ) -> tuple[str, ...]:
        return AssignmentForm.Meta.fields[:-1] if obj else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(
        self, request: HttpRequest, obj: Assignment | None = None
    ) -> bool:
        return request.user.is_superuser

    def has_delete_permission(
        self, request: HttpRequest, obj: Assignment | None = None
    ) -> bool:
        return False  # ended, never erased: history names it

    def save_model(
        self,
        request: HttpRequest,
        obj: Assignment,
        form: forms.ModelForm[Assignment],
        change: bool,
    ) -> None:
        who = cast(User, request.user)
        if change:
            actions.end_assignment(obj, form.cleaned_data["ends_on"], acting_user=who)
            return
        granted = actions.assign(
            Role(obj.role),
            obj.user,
            actions.Letter(obj.letter_number, obj.starts_on, obj.ends_on),
            village=obj.village,
            office=obj.office,
            acting_user=who,
        )
        obj.pk, obj._state.adding = granted.pk, False


class GuardedDeedForm(forms.ModelForm[GuardedDeed]):
    """What is asked for, whole for its kind."""

    acting_user: ClassVar[User]

    class Meta:
        model = GuardedDeed
        fields = (
            "kind",
            "account",
            "role",
            "office",
            "letter_number",
            "starts_on",
            "email",
            "phone",
            "reason",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
