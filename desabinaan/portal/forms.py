from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.lists import narrowed
from desabinaan.portal import grid
from desabinaan.portal.selectors.coverage import MAP, Asked, Window, mapped_villages
from villages.places.coordinates import EAST, NORTH, SOUTH, WEST
from villages.places.permissions import roles_for
from villages.register.forms.register import COLUMNS, RegisterFilter

#: filters of the register that the roll-ups know
ROLLED_UP = {*COLUMNS, "pimpasa"}


class SearchForm(PortalForm, forms.Form):
    """The search over all sections."""

    q = forms.CharField(
        label=_("Search the portal"),
        required=False,
        max_length=100,
        help_text=_("Village, FGD, action or agency; two letters are enough."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class WindowForm(forms.Form):
    """The section of a map: `bbox` as west,south,east,north in degrees, and `zoom`."""

    bbox = forms.CharField(max_length=120)
    zoom = forms.IntegerField()

    def clean_bbox(self) -> tuple[float, ...]:
        """Return the part of the box that lies in Indonesia."""
        try:
            west, south, east, north = map(float, self.cleaned_data["bbox"].split(","))
        except ValueError as odd:
            raise ValidationError("west,south,east,north", "invalid") from odd
        xs, ys = (float(WEST), float(EAST)), (float(SOUTH), float(NORTH))
        box = (
            _clamped(west, *xs),
            _clamped(south, *ys),
            _clamped(east, *xs),
            _clamped(north, *ys),
        )
        if not (box[0] <= box[2] and box[1] <= box[3]):
            raise ValidationError("west,south,east,north", "invalid")
        return box

    def clean_zoom(self) -> int:
        nearest: int = min(self.cleaned_data["zoom"], grid.ZOOMS[-1])
        return max(nearest, grid.ZOOMS[0])

    def window(self) -> Window:
        west, south, east, north = self.cleaned_data["bbox"]
        return Window(
            left=grid.column(west),
            top=grid.row(north),
            right=grid.column(east),
            bottom=grid.row(south),
            zoom=self.cleaned_data["zoom"],
        )


def asked_of(form: RegisterFilter, user: Actor) -> Asked:
    """Return the map's filters from a validated filter form of the register."""
    filled = {name for name, value in form.cleaned_data.items() if value}
    if form.errors or filled - ROLLED_UP or roles_for(user).villages(MAP):
        return Asked(villages=narrowed(form, mapped_villages(user)))
    wanted = form.cleaned_data.get("pimpasa")
    return Asked(form.columns(), wanted == "ada" if wanted else None)


def _clamped(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def filter_from(data: Any, offered: Any) -> RegisterFilter:
    """Return the validated filter of the register.

    The map shows current figures only, so the filter for a past day is removed.
    """
    form = RegisterFilter(data, offered=offered)
    del form.fields["pada"]
    form.is_valid()
    return form
