from django import forms
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.forms import PortalForm


class PlaceSearch(PortalForm, forms.Form):
    """Search for a village by part of its name."""

    q = forms.CharField(
        label=_("Village"),
        required=False,
        max_length=80,
        help_text=_("Name, district or code; two letters are enough."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
