"""Administration of immigration offices, each with its service area and its agency."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.accounts.models import User
from fgd.agencies.services.offices import ensure_agency
from villages.places.admin.regions import ChoosesRegions
from villages.places.models import Office, ServiceArea
from villages.places.presenters import region_label
from villages.places.selectors.offices import areas_elsewhere
from villages.register import services


class ServiceAreaInline(ChoosesRegions, admin.TabularInline[ServiceArea, Office]):
    model = ServiceArea
    autocomplete_fields = ("region",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[ServiceArea]:
        return super().get_queryset(request).select_related("office", "region")


@admin.register(Office)
class OfficeAdmin(admin.ModelAdmin[Office]):
    fields = ("kind", "name", "short_name", "parent", "address", "phone", "zone")
    list_display = ("short_name", "name", "kind", "parent")
    list_select_related = ("parent",)
    search_fields = ("name__folded_contains", "short_name__folded_contains")
    autocomplete_fields = ("parent",)
    inlines = (ServiceAreaInline,)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Add the office's agency; move villages with their area, and say how many."""
        super().save_related(request, form, formsets, change)
        ensure_agency(form.instance)
        moved = services.settle_villages(acting_user=cast(User, request.user))
        if moved:
            message = ngettext(
                "%(count)s village moved to another office.",
                "%(count)s villages moved to another office.",
                moved,
            )
            messages.info(request, message % {"count": moved})
        above, elsewhere = areas_elsewhere(form.instance)
        for region in elsewhere:
            warning = _("%(region)s is outside the area of %(office)s. Check it.")
            place = {"region": region_label(region), "office": above.short_name}
            messages.warning(request, warning % place)

    def has_delete_permission(
        self, request: HttpRequest, obj: Office | None = None
    ) -> bool:
        return False
