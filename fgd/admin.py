"""Agencies, their focal points, and series; no session and no action."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desabinaan.accounts.models import User
from fgd.actions.agencies import confirm_agencies
from fgd.actions.recording import changed
from fgd.models import Agency, FocalPoint, Series


class Kept(admin.ModelAdmin[Any]):
    """Written here and never erased: sessions and actions name it."""

    show_full_result_count = False
    list_per_page = 50

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False


@admin.register(Agency)
class AgencyAdmin(Kept):
    """A merged agency names its successor and leaves every list."""

    fields = (
        "name",
        "short_name",
        "kind",
        "level",
        "regions",
        "office",
        "head_name",
        "head_contact",
        "hotline",
        "status",
        "proposed_by",
        "successor",
    )
    readonly_fields = ("status", "proposed_by")
    autocomplete_fields = ("regions", "office", "successor")
    list_display = ("short_name", "name", "kind", "level", "status", "successor")
    list_filter = ("status", "kind", "level")
    list_select_related = ("successor",)
    search_fields = ("name", "short_name")
    actions = ("confirm",)

    @admin.action(
        description=gettext_lazy("Confirm the chosen agencies"),
        permissions=["change"],
    )
    def confirm(self, request: HttpRequest, chosen: QuerySet[Agency]) -> None:
        ids = chosen.values_list("pk", flat=True)
        count = confirm_agencies(ids, acting_user=cast(User, request.user))
        text = ngettext(
            "%(count)s agency is confirmed.", "%(count)s agencies are confirmed.", count
        )
        messages.success(request, text % {"count": count})

    def save_model(
        self,
        request: HttpRequest,
        obj: Agency,
        form: forms.ModelForm[Agency],
        change: bool,
    ) -> None:
        """An agency that an administrator enters needs nobody's confirmation."""
        if change:
            changed(obj, cast(User, request.user))
        super().save_model(request, obj, form, change)
        if not change and self.has_change_permission(request):
            confirm_agencies([obj.pk], acting_user=cast(User, request.user))


class FocalPointForm(forms.ModelForm[FocalPoint]):
    """Refuses what the house refuses, beside the field."""

    acting_user: ClassVar[User]

    class Meta:
        model = FocalPoint
        fields = ("user", "agency", "position", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("user") == self.acting_user:
            self.add_error("user", _("Nobody grants a role to himself or herself."))
        return typed


@admin.register(FocalPoint)
class FocalPointAdmin(Kept):
    """Begun and ended; who spoke for an agency before stays on record."""

    form = FocalPointForm
    list_display = ("agency", "user", "position", "starts_on", "ends_on")
    list_filter = ("agency__kind",)
    list_select_related = ("agency", "user")
    search_fields = (
        "user__username",
        "user__name",
        "agency__name",
        "agency__short_name",
    )
    autocomplete_fields = ("user", "agency")

    def get_form(
        self,
        request: HttpRequest,
        obj: FocalPoint | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[forms.ModelForm[FocalPoint]]:
        form = super().get_form(request, obj, change, **kwargs)
        form.acting_user = request.user  # type: ignore[attr-defined]
        return form

    def get_readonly_fields(
        self, request: HttpRequest, obj: FocalPoint | None = None
    ) -> tuple[str, ...]:
        return ("user", "agency", "starts_on") if obj else ()


@admin.register(Series)
class SeriesAdmin(Kept):
    fields = ("name", "office")
    list_display = ("name", "office")
    list_select_related = ("office",)
    search_fields = ("name",)
    autocomplete_fields = ("office",)
