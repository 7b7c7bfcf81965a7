"""The filters of the action plan, as part of the URL."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import TickField, answers, close_filter
from desabinaan.lib.web.forms import ANY, PortalForm
from fgd.plan.querysets import ActionQuerySet
from fgd.plan.selectors import plan, rights
from fgd.plan.workflow import ACTION_STATE_LABELS, RETURNED
from fgd.sessions.models import Session
from villages.outreach.models import Pillar
from villages.places.permissions import has_capability_anywhere
from villages.register.forms.fields import VillageField

TO_VERIFY, TO_DECIDE = "verify", "waiver"
#: task of the reader -> narrows actions to those for which it may be done
TASKS: dict[str, Callable[[ActionQuerySet, Actor], ActionQuerySet]] = {
    TO_VERIFY: rights.verifiable,
    TO_DECIDE: rights.with_decidable_waiver,
}


class SessionField(forms.CharField):
    """Id of a visible session, as links from its page pass it."""

    widget = forms.HiddenInput

    def __init__(self, user: Actor, **options: Any) -> None:
        super().__init__(**options)
        self.user = user

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        number = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
        sessions = Session.objects.visible_to(self.user).defer("search")
        if session := sessions.filter(pk=number).first():
            return session
        raise ValidationError(_("We do not find this FGD. Remove this filter."))


class PlanFilter(PortalForm, forms.Form):
    """Filter for staff and auditors, who see the actions of a whole area."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("A word in the title of the action, or its number."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    agency = forms.ChoiceField(
        label=gettext_lazy("Lead or supporting agency"), required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[ANY, *ACTION_STATE_LABELS.items()],
        required=False,
    )
    regency = forms.ChoiceField(label=gettext_lazy("Regency"), required=False)
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"),
        choices=[ANY, *Pillar.choices],
        required=False,
    )
    task = forms.ChoiceField(
        label=gettext_lazy("Your tasks"),
        choices=[
            ANY,
            (TO_VERIFY, gettext_lazy("to verify it")),
            (TO_DECIDE, gettext_lazy("to decide about a waiver")),
        ],
        required=False,
    )
    overdue = TickField(label=gettext_lazy("Overdue only"))
    waiver = TickField(label=gettext_lazy("With a requested waiver"))
    field_order = (
        "q", "village", "agency", "regency", "state", "pillar", "task", "overdue",
        "waiver", "session",
    )  # fmt: skip

    def __init__(self, data: Any, *, user: Actor) -> None:
        super().__init__(data)
        self.user = user
        if not has_capability_anywhere(user, "action.verify"):
            close_filter(self, "task")
        self.fields["village"] = VillageField(
            user, "village.view", required=False, help_text=""
        )
        self.fields["session"] = SessionField(
            user, label=gettext_lazy("FGD"), required=False
        )
        self.order_fields(self.field_order)
        if self.offers_all() or data.get("agency") or data.get("regency"):
            agencies, regencies = plan.choices_of_plan()
            answers(self, "agency").choices = [ANY, *agencies]
            answers(self, "regency").choices = [ANY, *regencies]

    def offers_all(self) -> bool:
        return True

    def narrow(self, actions: ActionQuerySet) -> ActionQuerySet:
        """Return the actions that match the filters."""
        asked = self.cleaned_data
        actions = self._of_parties(actions)
        if typed := asked.get("q"):
            actions = actions.matching(typed)
        if (state := asked.get("state")) == RETURNED:
            actions = actions.returned()
        elif state:
            actions = actions.filter(status=state)
        elif not typed:
            actions = self.of_any_state(actions)
        if task := asked.get("task"):
            actions = TASKS[task](actions, self.user)
        if asked.get("waiver"):
            actions = actions.with_requested_waiver()
        return actions.overdue() if asked.get("overdue") else actions

    def of_any_state(self, actions: ActionQuerySet) -> ActionQuerySet:
        return actions

    def _of_parties(self, actions: ActionQuerySet) -> ActionQuerySet:
        asked = self.cleaned_data
        if agency := asked.get("agency"):
            actions = plan.of_agency(actions, int(agency))
        if village := asked.get("village"):
            actions = plan.in_village(actions, village.pk)
        if regency := asked.get("regency"):
            actions = plan.in_regency(actions, regency)
        if pillar := asked.get("pillar"):
            actions = actions.filter(pillar=pillar)
        if session := asked.get("session"):
            actions = actions.filter(session=session)
        return actions


class OwnPlanFilter(PlanFilter):
    """Filter for villages and agencies, who see only their own actions.

    It offers less, and reads what a link from another page asks for all the same.
    """

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("Not finished")), *ACTION_STATE_LABELS.items()],
        required=False,
    )

    def __init__(self, data: Any, *, user: Actor) -> None:
        super().__init__(data, user=user)
        for name in ("village", "agency", "regency", "pillar"):
            self.fields[name].widget = forms.HiddenInput()

    def offers_all(self) -> bool:
        return False

    def of_any_state(self, actions: ActionQuerySet) -> ActionQuerySet:
        return actions.open()
