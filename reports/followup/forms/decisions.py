"""Forms of the verbs: a note, a reason, and what became of a village."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import PortalForm
from fgd.models import ActionVillage


class SureForm(PortalForm, forms.Form):
    """Only the question: are you sure?"""


class NoteForm(PortalForm, forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What did you look at?"),
        help_text=gettext_lazy("For example: photos seen, village head asked."),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )


class ReasonForm(PortalForm, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea
    )


class SettleForm(PortalForm, forms.Form):
    """Done in this village, or waived with a reason."""

    status = forms.ChoiceField(
        label=gettext_lazy("What became of it in this village?"),
        choices=[
            (ActionVillage.Status.DONE.value, gettext_lazy("It is done here")),
            (
                ActionVillage.Status.WAIVED.value,
                gettext_lazy("It will not be done here (waived)"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed only when it is waived."),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        waived = told.get("status") == ActionVillage.Status.WAIVED
        if waived and not told.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it is not done in this village."))
        return told
