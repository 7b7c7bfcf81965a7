from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.kept_files import KeepsFiles, UploadField, UploadInput
from desabinaan.lib.files.uploads import PDF
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import VersionedForm
from villages.places.models import Office
from villages.register.models import Designation

PDF_ENTRY = {"accept": "application/pdf,.pdf"}


class DecreeForm(KeepsFiles, PortalForm, forms.Form):
    """The data of a decree; the service checks its rules.

    `issuers` are the offices whose head may have signed, the likely one first.
    """

    number = forms.CharField(
        label=_("Decree number"),
        max_length=100,
        help_text=_("For example W.11.IMI.IMI.1-1949.GR.03.05 Tahun 2024."),
    )
    date = DayField(label=_("Date of the decree"))
    issued_by = forms.ChoiceField(label=_("Issued by"), widget=forms.RadioSelect)
    signatory = forms.CharField(
        label=_("Signed by"),
        max_length=150,
        help_text=_("Name or position, as written under the decree."),
    )
    file = UploadField(
        PDF,
        label=_("Decree as PDF"),
        help_text=_("At most 10 MB."),
        widget=UploadInput(attrs=PDF_ENTRY),
    )

    def __init__(self, *args: Any, issuers: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuers = {str(office.pk): office for office in issuers}
        field = cast(forms.ChoiceField, self.fields["issued_by"])
        field.choices = [(key, office.name) for key, office in self.issuers.items()]
        self.initial.setdefault("issued_by", next(iter(self.issuers)))

    def clean_issued_by(self) -> Office:
        return self.issuers[self.cleaned_data["issued_by"]]


class AttachForm(KeepsFiles, PortalForm, forms.Form):
    """The PDF of a decree that was imported from a list."""

    file = UploadField(
        PDF,
        label=_("Decree as PDF"),
        help_text=_("At most 10 MB."),
        widget=UploadInput(attrs=PDF_ENTRY),
    )


class DecreeCorrectionForm(VersionedForm, DecreeForm):
    """The correct data of a decree, and why the record was wrong."""

    file = UploadField(
        PDF,
        label=_("Decree as PDF"),
        required=False,
        help_text=_("Only to replace the file. At most 10 MB."),
        widget=UploadInput(attrs=PDF_ENTRY),
    )
    reason = forms.CharField(
        label=_("What was wrong, and why"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("It stays on the record with your name."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decree: Designation, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "number": decree.decree_number,
            "date": decree.decree_date,
            "issued_by": str(decree.issued_by_id),
            "signatory": decree.signatory,
            "version": decree.version,
        }
        super().__init__(*args, **kwargs)
