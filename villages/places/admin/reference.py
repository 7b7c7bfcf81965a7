"""Administration of reference data: rows are switched off, never deleted."""

from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desabinaan.accounts.models import User
from villages.places.models import (
    ActivityKind,
    Holiday,
    Hotline,
    LegalBasis,
    Letterhead,
    Numbering,
    Scheme,
    Signatory,
)
from villages.places.selectors.reference import CHECK_VALID_FOR, long_unchecked
from villages.places.services.reference import mark_checked


class CheckedFilter(admin.SimpleListFilter):
    """Filters rows that have not been checked against their source for long."""

    title = gettext_lazy("last checked")
    parameter_name = "diperiksa"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        text = _("not for %(days)s days") % {"days": CHECK_VALID_FOR.days}
        return [("lama", text)]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> QuerySet[Any] | None:
        return queryset.filter(long_unchecked()) if self.value() == "lama" else queryset


class ReferenceAdmin(admin.ModelAdmin[Any]):
    """Shows who checked a row last and when; the action `mark` sets both."""

    show_full_result_count = False
    list_per_page = 50
    readonly_fields: ClassVar[tuple[Any, ...]] = ("checked_on", "checked_by")
    list_filter: ClassVar[tuple[Any, ...]] = ("is_active", CheckedFilter)
    list_select_related: ClassVar[tuple[Any, ...]] = ("checked_by",)
    actions = ("mark",)

    def has_delete_permission(
        self, request: HttpRequest, obj: Any | None = None
    ) -> bool:
        return False  # switched off: older records name it

    @admin.action(
        description=gettext_lazy("I have checked the chosen rows today"),
        permissions=["change"],
    )
    def mark(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        ids = chosen.values_list("pk", flat=True)
        who = cast(User, request.user)
        count = mark_checked(self.model, ids, acting_user=who)
        text = ngettext(
            "%(count)s row is marked as checked today.",
            "%(count)s rows are marked as checked today.",
            count,
        )
        messages.success(request, text % {"count": count})


CHECKED = ("checked_on", "checked_by", "is_active")


class BundledAdmin(ReferenceAdmin):
    """Keeps the code of a row read-only, since the defaults are matched by it."""

    search_fields: ClassVar[tuple[Any, ...]] = (
        "code",
        "name__folded_contains",
        "name_en__folded_contains",
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any | None = None
    ) -> tuple[str, ...]:
        return (*self.readonly_fields, "code") if obj else self.readonly_fields


@admin.register(Hotline)
class HotlineAdmin(BundledAdmin):
    fields = (
        "code",
        ("name", "name_en"),
        "numbers",
        ("note", "note_en"),
        ("is_urgent", "position"),
        "source",
        *CHECKED,
    )
    list_display = ("name", "numbers", "is_urgent", *CHECKED)
    search_fields = (
        "code",
        "name__folded_contains",
        "name_en__folded_contains",
        "numbers",
    )


@admin.register(LegalBasis)
class LegalBasisAdmin(BundledAdmin):
    fields = (
        "code",
        ("name", "name_en"),
        ("about", "about_en"),
        ("in_force_from", "in_force_to"),
        "source",
        *CHECKED,
    )
    list_display = ("name", "about", "in_force_from", "in_force_to", *CHECKED)
    search_fields = (
        "code",
        "name__folded_contains",
        "name_en__folded_contains",
        "about",
    )


@admin.register(Scheme)
class SchemeAdmin(BundledAdmin):
    fields = ("code", ("name", "name_en"), *CHECKED)
    list_display = ("name", "code", *CHECKED)


@admin.register(ActivityKind)
class ActivityKindAdmin(BundledAdmin):
    fields = ("code", ("name", "name_en"), *CHECKED)
    list_display = ("name", "code", *CHECKED)


@admin.register(Holiday)
class HolidayAdmin(BundledAdmin):
    fields = ("code", "day", "kind", ("name", "name_en"), "source", *CHECKED)
    list_display = ("day", "name", "kind", *CHECKED)
    list_filter = ("kind", *ReferenceAdmin.list_filter)
    date_hierarchy = "day"


class PaperAdmin(ReferenceAdmin):
    """Rows of one office, which cannot be changed later."""

    autocomplete_fields = ("office",)
    list_select_related = ("office", "checked_by")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Any | None = None
    ) -> tuple[str, ...]:
        return (*self.readonly_fields, "office") if obj else self.readonly_fields


@admin.register(Letterhead)
class LetterheadAdmin(PaperAdmin):
    fields = ("office", "heading", "address", *CHECKED)
    list_display = ("office", "heading", *CHECKED)
    search_fields = (
        "office__name__folded_contains",
        "office__short_name__folded_contains",
        "heading",
    )


@admin.register(Numbering)
class NumberingAdmin(PaperAdmin):
    fields = (
        "office",
        "kind",
        "pattern",
        "restarts_yearly",
        "last_number",
        "year",
        *CHECKED,
    )
    readonly_fields = (*ReferenceAdmin.readonly_fields, "year")
    list_display = ("office", "kind", "pattern", "last_number", "year", *CHECKED)
    list_filter = ("kind", *ReferenceAdmin.list_filter)
    search_fields = (
        "office__name__folded_contains",
        "office__short_name__folded_contains",
        "pattern",
    )


@admin.register(Signatory)
class SignatoryAdmin(PaperAdmin):
    fields = (
        "office",
        "name",
        "position",
        "nip",
        ("starts_on", "ends_on"),
        *CHECKED,
    )
    list_display = ("name", "position", "office", "starts_on", "ends_on", *CHECKED)
    search_fields = (
        "name__folded_contains",
        "position",
        "nip",
        "office__name__folded_contains",
        "office__short_name__folded_contains",
    )
