"""Minutes, recommendations and actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.forms import DayField, PortalForm
from fgd.forms.choices import answers, narrow
from fgd.forms.programme import VillagesAtTheTable
from fgd.models import Action, Agency, Delegate, MinutesEntry, Recommendation, Session
from villages.models import Village


class SpeakerField(forms.ModelChoiceField[Delegate]):
    """A delegate, told apart by the party that sent him or her."""

    def label_from_instance(self, obj: Delegate) -> str:
        return f"{obj.name} ({obj.party})"


class MinutesForm(PortalForm, forms.ModelForm[MinutesEntry]):
    """What one speaker said."""

    speaker = SpeakerField(
        Delegate.objects.none(),
        label=gettext_lazy("Speaker"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MinutesEntry
        fields = ("speaker", "text")

    def __init__(self, *args: Any, speakers: QuerySet[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "speaker", speakers)
        if self.instance.pk:
            self.initial["version"] = self.instance.version


class RecommendationForm(PortalForm, forms.ModelForm[Recommendation]):
    """What the table recommends."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Recommendation
        fields = ("text", "topic")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "topic", session.topics.all())
        if self.instance.pk:
            self.initial["version"] = self.instance.version


class ActionForm(PortalForm, VillagesAtTheTable, forms.ModelForm[Action]):
    """Who leads, who helps, where, until when, and how one will see it."""

    lead_agency = forms.ModelChoiceField(
        Agency.objects.confirmed(),
        label=gettext_lazy("Lead agency"),
        help_text=gettext_lazy("Exactly one agency answers for the action."),
    )
    supporters = forms.ModelMultipleChoiceField(
        Agency.objects.confirmed(),
        label=gettext_lazy("Supporting agencies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    due_on = DayField(label=gettext_lazy("Due date"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Action
        fields = (
            "title",
            "lead_agency",
            "due_on",
            "indicator",
            "pillar",
            "funding",
        )

    def __init__(
        self,
        *args: Any,
        user: Actor,
        known: QuerySet[Village],
        agencies: Sequence[Agency],
        invited: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_villages(user, known)
        self._offer(agencies, set(invited))
        first = ["title", "lead_agency", "due_on", "indicator", "pillar"]
        self.order_fields([*first, "villages", "more_villages", "supporters"])
        if self.instance.pk:
            places = self.instance.action_villages.values_list("village_id", flat=True)
            self.initial.update(
                villages=list(places),
                supporters=[row.pk for row in self.instance.supporters.all()],
                version=self.instance.version,
            )

    def promise(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        names = ("title", "lead_agency", "due_on", "indicator", "pillar", "funding")
        kept = {name: typed[name] for name in names}
        return kept | {
            "supporters": list(typed["supporters"]),
            "villages": self.chosen_villages(),
        }

    def _offer(self, agencies: Sequence[Agency], invited: set[int]) -> None:
        """Boxes and list without a query of their own, the invited ones first."""
        here = [(row.pk, row.short_name) for row in agencies if row.pk in invited]
        others = [(row.pk, row.short_name) for row in agencies if row.pk not in invited]
        groups = [(_("Invited"), here), (_("Other agencies"), others)]
        shown: list[Any] = [group for group in groups if group[1]]
        answers(self, "lead_agency").choices = [("", _("– choose –")), *shown]
        answers(self, "supporters").choices = here or others
