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


class AssignmentForm(PortalForm, forms.Form):
    """Who serves the village as PIMPASA, by which letter."""

    person = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_(
            "Of an account that your office knows, for example pimpasa.lontar."
        ),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    number = forms.CharField(label=_("Letter of assignment"), max_length=100)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("To"), required=False)
    file = forms.FileField(
        label=_("Letter as PDF"),
        help_text=_("At most 10 MB."),
        required=False,
        widget=forms.FileInput(attrs=PDF_ENTRY),
    )

    def clean_file(self) -> CleanFile | None:
        upload = self.cleaned_data["file"]
        return clean_upload(upload, PDF) if upload else None


class EndAssignmentForm(PortalForm, forms.Form):
    ends_on = DayField(
        label=_("Last day"), help_text=_("From the day after, the role is over.")
    )
