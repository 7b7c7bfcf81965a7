"""Focal points in the administration, one by one or from a file."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from desabinaan.accounts.models import User
from fgd.agencies.models import FocalPoint
from fgd.agencies.services.focal_points import appoint, change_term, refuse
from fgd.merging.admin.focal_point_lists import ManyAtOnce


class FocalPointForm(forms.ModelForm[FocalPoint]):
    """Form that shows the refusals of services.focal_points on its fields."""

    acting_user: ClassVar[User]

    class Meta:
        model = FocalPoint
        fields = ("user", "agency", "position", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        new = self.instance.pk is None
        if new and {"user", "agency", "starts_on"} <= typed.keys():
            try:
                refuse(FocalPoint(**typed), self.acting_user)
            except ValidationError as refusal:
                self.add_error(None, refusal)
        return typed


@admin.register(FocalPoint)
class FocalPointAdmin(ManyAtOnce):
    """Focal points; past terms are kept."""

    form = FocalPointForm
    list_display = ("agency", "user", "position", "starts_on", "ends_on")
    list_filter = ("agency__kind",)
    list_select_related = ("agency", "user")
    search_fields = (
        "user__username",
        "user__name__folded_contains",
        "agency__name__folded_contains",
        "agency__short_name__folded_contains",
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

    def save_model(
        self,
        request: HttpRequest,
        obj: FocalPoint,
        form: forms.ModelForm[FocalPoint],
        change: bool,
    ) -> None:
        who = cast(User, request.user)
        term: dict[str, Any] = {"position": obj.position, "ends_on": obj.ends_on}
        if change:
            change_term(obj, **term, acting_user=who)
            return
        made = appoint(obj.user, obj.agency, obj.starts_on, **term, acting_user=who)
        obj.pk, obj._state.adding = made.pk, False
