"""Administration of roles: granted and ended here, by somebody else."""

from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import SENSITIVE_ROLES, Role
from desabinaan.accounts.models import User
from villages.register import services
from villages.register.models import Assignment


class AssignmentAdminForm(forms.ModelForm[Assignment]):
    """Refuses beside the field what the service would refuse."""

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
        if cleaned.get("role") in SENSITIVE_ROLES:
            self.add_error(
                "role",
                _(
                    "This role needs a second approval by somebody outside the "
                    "administration. Request it under “Second approvals”."
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
            raise ValidationError({"ends_on": _("Enter the end date.")})
        if ends_on < self.instance.starts_on:
            raise ValidationError(
                {"ends_on": _("The end date is before the start date. Check it.")}
            )


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin[Assignment]):
    """Grants and ends roles; the other fields of a granted role are read-only."""

    form = AssignmentAdminForm
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
    search_fields = (
        "user__username",
        "user__name__folded_contains",
        "letter_number",
        "village__name__folded_contains",
    )
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
        return AssignmentAdminForm.Meta.fields[:-1] if obj else ()

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
            services.end_assignment(obj, form.cleaned_data["ends_on"], acting_user=who)
            return
        granted = services.assign(
            Role(obj.role),
            obj.user,
            services.Letter(obj.letter_number, obj.starts_on, obj.ends_on),
            village=obj.village,
            office=obj.office,
            acting_user=who,
        )
        obj.pk, obj._state.adding = granted.pk, False
