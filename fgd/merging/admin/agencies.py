"""Agencies in the administration: confirmed and merged, never deleted."""

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

from desabinaan.accounts.admin_pages import PermanentAdmin
from desabinaan.accounts.models import User
from desabinaan.lib.web.form_pages import run_service
from desabinaan.lib.workflow.transitions import IllegalTransition
from desabinaan.lib.workflow.versions import next_version
from fgd.agencies.forms.agencies import ListedAgencyForm
from fgd.agencies.models import Agency
from fgd.agencies.services.agencies import confirm_agencies
from fgd.merging.selectors import moves_of, possible_successors_of
from fgd.merging.services import merge_agencies
from villages.places.admin.regions import ChoosesRegions


@admin.register(Agency)
class AgencyAdmin(ChoosesRegions, PermanentAdmin):
    """Agencies; a merged one shows its successor and is not offered any more."""

    change_form_template = "merging/admin_agency.html"
    form = ListedAgencyForm

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
    search_fields = ("name__folded_contains", "short_name__folded_contains")
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
        """Save the agency; one entered by an administrator is confirmed at once."""
        if change:
            next_version(obj, cast(User, request.user))
        super().save_model(request, obj, form, change)
        if not change and self.has_change_permission(request):
            confirm_agencies([obj.pk], acting_user=cast(User, request.user))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Agency], search_term: str
    ) -> tuple[QuerySet[Agency], bool]:
        """Find merged agencies in the list, but do not offer them as a choice."""
        found, has_duplicates = super().get_search_results(
            request, queryset, search_term
        )
        if request.path == reverse("admin:autocomplete"):
            found = found.filter(successor=None)
        return found, has_duplicates

    # --- Merging -------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        merge = self.admin_site.admin_view(self.merge)
        own = path("<int:agency_id>/merge/", merge, name="agencies_agency_merge")
        return [own, *super().get_urls()]

    def merge(self, request: HttpRequest, agency_id: int) -> HttpResponse:
        """Choose the other agency (GET), show what moves (GET), merge (POST)."""
        agency = self.get_object(request, str(agency_id))
        if agency is None:
            raise Http404
        if not self.has_change_permission(request, agency):
            raise PermissionDenied
        if agency.successor is not None:
            return self._message_and_back(request, agency, agency.why_closed())
        form = MergeForm(request.POST or request.GET or None, agency=agency)
        into = form.cleaned_data["into"] if form.is_valid() else None
        if into is not None and request.method == "POST":
            user = cast(User, request.user)
            try:
                if run_service(
                    form, merge_agencies, agency.pk, into.pk, acting_user=user
                ):
                    text = _("%(agency)s has been merged into %(other)s.")
                    text %= {"agency": agency, "other": into}
                    return self._message_and_back(request, into, text)
            except IllegalTransition as refusal:
                return self._message_and_back(request, agency, str(refusal))
        return render(
            request,
            "merging/admin_merge.html",
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

    def _message_and_back(
        self, request: HttpRequest, agency: Agency, sentence: str
    ) -> HttpResponse:
        messages.info(request, sentence)
        return redirect("admin:agencies_agency_change", agency.pk)


class SuccessorField(forms.ModelChoiceField[Agency]):
    """Choice of an agency with its full name, because short names repeat."""

    def label_from_instance(self, obj: Agency) -> str:
        return f"{obj.short_name} ({obj.name})"


class MergeForm(forms.Form):
    """The agency that remains after the merge."""

    into = SuccessorField(
        Agency.objects.none(), label=gettext_lazy("The agency that remains")
    )

    def __init__(self, data: Any, *, agency: Agency) -> None:
        super().__init__(data)
        cast(SuccessorField, self.fields["into"]).queryset = possible_successors_of(
            agency
        )
