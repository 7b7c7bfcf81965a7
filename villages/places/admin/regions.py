from typing import Any

from django.contrib import admin
from django.db.models import Case, Field, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse

from desabinaan.lib.text.folded_columns import Folded
from villages.places.models import Region
from villages.places.presenters import region_label


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


class ChoosesRegions:
    """Put before ModelAdmin: chosen regions are worded like those to choose from."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.related_model is Region:
            around = Region.objects.select_related("parent__parent")
            options.setdefault("queryset", around)
        field = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if db_field.related_model is Region and field is not None:
            field.label_from_instance = region_label
        return field


@admin.register(Region)
class RegionAdmin(ChoosesRegions, ReadOnly):
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

    choice_label = staticmethod(region_label)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Region], search_term: str
    ) -> tuple[QuerySet[Region], bool]:
        """Offer regencies first, of which the areas of offices are made."""
        found, has_duplicates = super().get_search_results(
            request, queryset, search_term
        )
        if request.path == reverse("admin:autocomplete"):
            regencies_first = Case(When(level=Region.Level.REGENCY, then=0), default=1)
            found = found.select_related("parent__parent").order_by(
                regencies_first, "level", Folded("name"), "code"
            )
        return found, has_duplicates

    def has_change_permission(
        self, request: HttpRequest, obj: Region | None = None
    ) -> bool:
        return request.user.has_perm("places.change_region")
