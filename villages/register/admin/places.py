"""Villages to choose from in the administration."""

from django.contrib import admin

from villages.places.admin.regions import ReadOnly
from villages.register.models import Village


@admin.register(Village)
class VillageAdmin(ReadOnly):
    """Lists villages for an assignment; the portal has pages for their records."""

    fields = ("region", "office", "status")
    list_display = ("name", "district_name", "regency_name", "office", "status")
    list_select_related = ("office",)
    search_fields = (
        "name__folded_contains",
        "district_name__folded_contains",
        "region__code__startswith",
    )
