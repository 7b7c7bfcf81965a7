"""Forms of the transitions of an action, and of the decision for one village."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import PortalForm
from fgd.plan.models import ActionVillage

MOST_CHARACTERS = 2000


class SureForm(PortalForm, forms.Form):
    """A confirmation without any field."""


class NoteForm(PortalForm, forms.Form):
    """An optional note on the verification."""

    note = forms.CharField(
        label=gettext_lazy("What did you look at?"),
        help_text=gettext_lazy("For example: photos seen, village head asked."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )


class SettleForm(PortalForm, forms.Form):
    """Whether the action is done in one village, or waived with a reason."""

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
        help_text=gettext_lazy("Only needed if it is waived."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, data: QueryDict | None, *, place: ActionVillage) -> None:
        super().__init__(data)
        if place.status != ActionVillage.Status.PENDING:
            self.initial["status"] = place.status
        self.initial["reason"] = place.reason

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        waived = data.get("status") == ActionVillage.Status.WAIVED
        if waived and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it is not done in this village."))
        return data
