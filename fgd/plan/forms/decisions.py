"""Forms of the transitions of an action, and of the decision for one village."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.choices import answers
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import SeenForm, ShownForm
from fgd.plan.models import ActionVillage
from fgd.plan.workflow import village_steps

MOST_CHARACTERS = 2000
GRANT, DECLINE = "grant", "decline"
DONE, WAIVER, OPEN = (
    ActionVillage.Status.DONE.value,
    ActionVillage.Status.WAIVER_REQUESTED.value,
    ActionVillage.Status.PENDING.value,
)
#: step (a key of ACTION_VILLAGE) -> the answer by which it is chosen
ANSWERS = {
    "village_done": (DONE, gettext_lazy("It is done here")),
    "waiver_requested": (
        WAIVER,
        gettext_lazy("It will not be done here (ask for a waiver)"),
    ),
    "waiver_corrected": (
        WAIVER,
        gettext_lazy("It will not be done here, for the reason below"),
    ),
    "waiver_withdrawn": (OPEN, gettext_lazy("It will be done (withdraw the request)")),
}


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

    Only steps that are possible now are offered; only those who act for the lead
    agency ask for a waiver, and correct or withdraw a request that waits.
    """

    marks: ClassVar = {"reason": gettext_lazy("needed for a waiver")}

    status = forms.ChoiceField(
        label=gettext_lazy("What became of it in this village?"),
        choices=ANSWERS.values(),
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
        self.initial.update({"status": place.status, "reason": place.reason})
        if not may_request:
            answers(self, "status").choices = [ANSWERS["village_done"]]
        elif not self.is_bound:
            # What was sent is read by all answers: a colleague may have been faster.
            self.offer(village_steps(place, for_lead=True))
        if WAIVER not in dict(answers(self, "status").choices):  # type: ignore[arg-type]
            del self.fields["reason"]

    def offer(self, steps: Sequence[str]) -> None:
        """Show the answers of these steps only; a single one is chosen already."""
        offered = [ANSWERS[step] for step in steps]
        answers(self, "status").choices = offered
        if len(offered) == 1:
            self.initial["status"] = offered[0][0]

    def step(self, place: ActionVillage) -> str:
        """Return the step that was chosen, a key of ACTION_VILLAGE."""
        chosen = self.cleaned_data["status"]
        if chosen == WAIVER:
            return "waiver_corrected" if place.waits else "waiver_requested"
        return "village_done" if chosen == DONE else "waiver_withdrawn"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        waiver = data.get("status") == WAIVER
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
