from django import forms
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.files import PDF, CleanFile, clean_upload
from desabinaan.lib.forms import DayField, PortalForm

PDF_ENTRY = {"accept": "application/pdf,.pdf"}


class DecreeForm(PortalForm, forms.Form):
    """A decree as it lies on the desk; its rules are kept by the action."""

    number = forms.CharField(
        label=_("Decree number"),
        max_length=100,
        help_text=_("For example W.11.IMI.IMI.1-1949.GR.03.05 Tahun 2024."),
    )
    date = DayField(label=_("Date of the decree"))
    signatory = forms.CharField(
        label=_("Signed by"),
        max_length=150,
        help_text=_("Name or position, as it stands under the decree."),
    )
    file = forms.FileField(
        label=_("Decree as PDF"),
        help_text=_("At most 10 MB."),
        widget=forms.FileInput(attrs=PDF_ENTRY),
    )

    def clean_file(self) -> CleanFile:
        return clean_upload(self.cleaned_data["file"], PDF)
