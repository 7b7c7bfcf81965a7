"""Regions, offices with their areas, and villages to choose from; no workflow."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import ngettext

from desabinaan.accounts.models import User
from villages import actions
from villages.models import Office, Region, ServiceArea, Village


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

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Villages go with their area; what that moved is told."""
        super().save_related(request, form, formsets, change)
        moved = actions.settle_villages(acting_user=cast(User, request.user))
        if moved:
            told = ngettext(
                "%(count)s village is in the care of another office now.",
                "%(count)s villages are in the care of another office now.",
                moved,
            )
            messages.info(request, told % {"count": moved})

    def has_delete_permission(
        self, request: HttpRequest, obj: Office | None = None
    ) -> bool:
        return False
