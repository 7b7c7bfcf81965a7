"""Forms of the transitions of an action, and of the decision for one village."""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.choices import answers
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import SeenForm, ShownForm
from fgd.plan.models import ActionVillage

MOST_CHARACTERS = 2000
GRANT, DECLINE = "grant", "decline"
DONE_HERE = (ActionVillage.Status.DONE.value, gettext_lazy("It is done here"))
NOT_DONE_HERE = (
    ActionVillage.Status.WAIVER_REQUESTED.value,
    gettext_lazy("It will not be done here (ask for a waiver)"),
)


class DoneForm(PortalForm, forms.Form):
    """A confirmation that the action is done; below 100 percent it needs a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it done below 100 percent?"),
        help_text=gettext_lazy("The verifier reads it."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea,
    )

    def __init__(self, data: QueryDict | None, *, percent: int) -> None:
        super().__init__(data)
        if percent == 100:
            del self.fields["reason"]


class NoteForm(PortalForm, SeenForm):
    """An optional note on the verification."""

    note = forms.CharField(
        label=gettext_lazy("What did you look at?"),
        help_text=gettext_lazy("For example: photos seen, village head asked."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )


class SettleForm(PortalForm, ShownForm):
    """Whether the action is done in one village, or a waiver is requested for it.

    Only those who act for the lead agency are offered the waiver, and not while one
    waits for its decision.
    """

    marks: ClassVar = {"reason": gettext_lazy("needed for a waiver")}

    status = forms.ChoiceField(
        label=gettext_lazy("What became of it in this village?"),
        choices=[DONE_HERE, NOT_DONE_HERE],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Immigration staff read it and decide."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(
        self, data: QueryDict | None, *, place: ActionVillage, may_request: bool
    ) -> None:
        super().__init__(data)
        if place.status in {DONE_HERE[0], NOT_DONE_HERE[0]}:
            self.initial["status"] = place.status
        # What was typed before a colleague asked is read with the same labels.
        if may_request and (self.is_bound or not place.waits):
            self.initial["reason"] = place.reason
        else:
            answers(self, "status").choices = [DONE_HERE]
            self.initial["status"] = ActionVillage.Status.DONE
            del self.fields["reason"]

    def waiver_reason(self) -> str:
        """Return the reason of a requested waiver; empty when it is done."""
        typed = self.cleaned_data
        is_done = typed["status"] == ActionVillage.Status.DONE
        return "" if is_done else str(typed["reason"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        waiver = data.get("status") == ActionVillage.Status.WAIVER_REQUESTED
        if waiver and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why it is not done in this village."))
        return data


class WaiverForm(PortalForm, ShownForm):
    """Whether a requested waiver is granted; declining it needs a reason."""

    marks: ClassVar = {"note": gettext_lazy("needed if you decline")}

    decision = forms.ChoiceField(
        label=gettext_lazy("Does this reason free the village?"),
        choices=[
            (GRANT, gettext_lazy("Yes, grant the waiver")),
            (DECLINE, gettext_lazy("No, decline it")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Reason of your decision"),
        help_text=gettext_lazy("The lead agency and the verifier read it."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        declines = data.get("decision") == DECLINE
        if declines and not data.get("note") and "note" not in self.errors:
            sentence = _("Say why the waiver is declined. The lead agency reads it.")
            self.add_error("note", sentence)
        return data
