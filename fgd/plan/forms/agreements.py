"""Recommendations and actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import answers, narrow
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from fgd.agencies.models import Agency
from fgd.plan.models import Action, Recommendation
from fgd.sessions.forms.programme import VillagesMixin
from fgd.sessions.models import Session
from villages.register.models import Village


class RecommendationForm(PortalForm, forms.ModelForm[Recommendation]):
    """One recommendation of a session."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Recommendation
        fields = ("text", "topic")

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "topic", session.topics.all())
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def recommendation(self) -> dict[str, Any]:
        """Return the arguments of services.add_recommendation."""
        topic = self.cleaned_data["topic"]
        return {
            "text": self.cleaned_data["text"],
            "topic_id": topic.pk if topic else None,
        }


class ActionForm(PortalForm, VillagesMixin, forms.ModelForm[Action]):
    """One action: lead and supporting agencies, villages, due date, indicator."""

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
        present: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_villages(user, known)
        self._offer(agencies, set(present))
        first = ["title", "lead_agency", "due_on", "indicator", "pillar"]
        self.order_fields([*first, "villages", "more_villages", "supporters"])
        if self.instance.pk:
            places = self.instance.action_villages.values_list("village_id", flat=True)
            self.initial.update(
                villages=list(places),
                supporters=[row.pk for row in self.instance.supporters.all()],
                version=self.instance.version,
            )

    def action_data(self) -> dict[str, Any]:
        """Return the fields of services.ActionData."""
        typed = self.cleaned_data
        names = ("title", "lead_agency", "due_on", "indicator", "pillar", "funding")
        data = {name: typed[name] for name in names}
        return data | {
            "supporters": list(typed["supporters"]),
            "villages": self.chosen_villages(),
        }

    def _offer(self, agencies: Sequence[Agency], present: set[int]) -> None:
        """Offer the agencies without another query, those at the table first."""
        leading = [row for row in agencies if not row.is_unlinked_office]
        groups = [
            (_("At the table"), [_choice(row) for row in leading if row.pk in present]),
            (
                _("Other agencies"),
                [_choice(row) for row in leading if row.pk not in present],
            ),
        ]
        shown: list[Any] = [group for group in groups if group[1]]
        answers(self, "lead_agency").choices = [("", _("– choose –")), *shown]
        at_table = [_choice(row) for row in agencies if row.pk in present]
        others = [_choice(row) for row in agencies if row.pk not in present]
        answers(self, "supporters").choices = at_table or others


def _choice(agency: Agency) -> tuple[int, str]:
    return agency.pk, agency.short_name
