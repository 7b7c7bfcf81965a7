from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from villages.places.models import Region


class ReadOnly(admin.ModelAdmin[Any]):
    """Lists rows that are never written here."""

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
    """Edits only the validity and the successor; import_regions writes the rest."""

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
    search_fields = ("code__startswith", "name__folded_contains")

    def has_change_permission(
        self, request: HttpRequest, obj: Region | None = None
    ) -> bool:
        return request.user.has_perm("places.change_region")
