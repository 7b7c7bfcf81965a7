from django import forms
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.forms import PortalForm


class SearchForm(PortalForm, forms.Form):
    """One word or several, for every room at once."""

    q = forms.CharField(
        label=_("Search the portal"),
        required=False,
        max_length=100,
        help_text=_("Village, FGD, action or agency; two letters are enough."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
