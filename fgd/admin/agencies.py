"""Agencies and series: confirmed, merged, never erased."""

from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from desabinaan.accounts.models import User
from desabinaan.lib.deeds import attempt
from desabinaan.lib.transitions import IllegalTransition
from fgd.actions.agencies import confirm_agencies
from fgd.actions.merging import merge_agencies
from fgd.actions.recording import changed
from fgd.models import Agency, Series
from fgd.selectors.merging import heirs_for, moves_of


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

    change_form_template = "fgd/admin_agency.html"

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
    readonly_fields = ("status", "proposed_by", "successor")
    autocomplete_fields = ("regions", "office")
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

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Agency], search_term: str
    ) -> tuple[QuerySet[Agency], bool]:
        """A merged agency is found in the list, and never offered as a choice."""
        found, doubled = super().get_search_results(request, queryset, search_term)
        if request.path == reverse("admin:autocomplete"):
            found = found.filter(successor=None)
        return found, doubled

    # --- Merging -------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge)
        own = path("<int:agency_id>/merge/", merge, name="fgd_agency_merge")
        return [own, *super().get_urls()]

    def merge(self, request: HttpRequest, agency_id: int) -> HttpResponse:
        """First the other agency is chosen, then what moves is shown, then it moves."""
        agency = self.get_object(request, str(agency_id))
        if agency is None:
            raise Http404
        if not self.has_change_permission(request, agency):
            raise PermissionDenied
        if agency.successor is not None:
            return self._told(request, agency, agency.why_closed())
        form = MergeForm(request.POST or request.GET or None, agency=agency)
        into = form.cleaned_data["into"] if form.is_valid() else None
        if into is not None and request.method == "POST":
            merge = partial(
                merge_agencies, agency.pk, into.pk, acting_user=cast(User, request.user)
            )
            try:
                if attempt(form, merge) is not None:
                    return self._told(request, into, _goes_on(agency, into))
            except IllegalTransition as too_late:
                return self._told(request, agency, str(too_late))
        return render(
            request,
            "fgd/admin_merge.html",
            self.admin_site.each_context(request)
            | {
                "title": _("Merge into another agency"),
                "agency": agency,
                "into": into,
                "form": form,
                "moves": moves_of(agency),
                "opts": self.opts,
            },
        )

    def _told(
        self, request: HttpRequest, agency: Agency, sentence: str
    ) -> HttpResponse:
        messages.info(request, sentence)
        return redirect("admin:fgd_agency_change", agency.pk)


class HeirField(forms.ModelChoiceField[Agency]):
    """Short names repeat: the full name stands beside each."""

    def label_from_instance(self, obj: Agency) -> str:
        return f"{obj.short_name} ({obj.name})"


class MergeForm(forms.Form):
    """Which agency stays."""

    into = HeirField(Agency.objects.none(), label=gettext_lazy("The agency that stays"))

    def __init__(self, data: Any, *, agency: Agency) -> None:
        super().__init__(data)
        cast(HeirField, self.fields["into"]).queryset = heirs_for(agency)


def _goes_on(agency: Agency, into: Agency) -> str:
    told = _("%(agency)s goes on as %(other)s from now on.")
    return told % {"agency": agency, "other": into}


@admin.register(Series)
class SeriesAdmin(Kept):
    fields = ("name", "office")
    list_display = ("name", "office")
    list_select_related = ("office",)
    search_fields = ("name",)
    autocomplete_fields = ("office",)
