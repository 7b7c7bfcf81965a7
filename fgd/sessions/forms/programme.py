"""The rundown and the topics."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import narrow
from desabinaan.lib.web.date_fields import ClockField
from desabinaan.lib.web.forms import PortalForm, WholeNumberField
from desabinaan.lib.web.shared_lists import SharedListForm
from desabinaan.lib.web.stale_edits import VersionedForm, as_text, compare_with_saved
from desabinaan.uploads.forms.start import PasteForm
from fgd.sessions.models import AgendaItem, Topic, TopicVillage
from villages.register.forms.fields import VillagesField
from villages.register.models import Village

#: name of the entry of a village in a list of outcomes
#: that a page of a lost form names
MOST_VILLAGES = 100
ENTRY = re.compile(r"v\d{1,18}\Z")


class AgendaLineForm(PortalForm, forms.ModelForm[AgendaItem]):
    """One line of the rundown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AgendaItem
        fields = ("starts_at", "minutes", "title", "presenter")
        field_classes = {"starts_at": ClockField, "minutes": WholeNumberField}
        labels = {"minutes": gettext_lazy("Length in minutes")}
        help_texts = {"minutes": gettext_lazy("Empty: until the end (“selesai”).")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def line(self) -> dict[str, Any]:
        """Return the fields of services.AgendaLine."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RundownPasteForm(PasteForm):
    """Several lines at once, copied from the letter."""

    text = forms.CharField(
        label=gettext_lazy("Rundown"),
        max_length=8000,
        strip=False,  # a tab in front is a blank cell
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "One line each: time, activity; who is in charge. "
            "For example: 09:00-09:30 Pembukaan; MC"
        ),
    )


class CasesField(forms.ModelMultipleChoiceField[Village]):
    """Villages, each with what is recorded of its case: it goes with the village."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcomes: dict[int, str] = {}

    def label_from_instance(self, obj: Village) -> str:
        outcome = self.outcomes.get(obj.pk)
        return f"{obj} ({outcome})" if outcome else str(obj)


class VillagesMixin(forms.Form):
    """Villages of the session as checkboxes, and other villages by name."""

    villages = CasesField(
        Village.objects.none(),
        label=gettext_lazy("Villages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def add_villages(self, user: Actor, known: QuerySet[Village]) -> None:
        """Offer `known` as checkboxes; other visible villages may be typed."""
        narrow(self, "villages", known)
        self.fields["more_villages"] = VillagesField(
            user,
            "village.view",
            required=False,
            label=_("Other villages"),
        )
        self.fields["more_villages"].widget.attrs["rows"] = 3

    def chosen_villages(self) -> list[Village]:
        typed = self.cleaned_data
        return [*typed.get("villages", []), *typed.get("more_villages", [])]


class TopicForm(PortalForm, VersionedForm, VillagesMixin, forms.ModelForm[Topic]):
    """One topic and the villages it concerns."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Topic
        fields = ("title", "background")

    def __init__(
        self, *args: Any, user: Actor, known: QuerySet[Village], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_villages(user, known)
        self.order_fields(["title", "villages", "more_villages", "background"])
        if self.instance.pk:
            tied = self.instance.topic_villages.all()
            self.cases.outcomes = _recorded(tied)
            ids = [row.village_id for row in tied]
            self.initial.update(villages=ids, version=self.instance.version)

    @property
    def cases(self) -> CasesField:
        return cast(CasesField, self.fields["villages"])

    def show_saved(self, topic: Topic) -> None:
        """After a stale edit, list what differs, and what was recorded of its cases."""
        rows = topic.topic_villages.select_related("village")
        self.cases.outcomes = _recorded(rows)
        saved = as_text([self.cases.label_from_instance(row.village) for row in rows])
        compare_with_saved(self, topic, ["title", "background"], version=topic.version)
        typed = as_text(self.chosen_villages())
        if saved != typed:
            label = self["villages"].label
            more = {"label": label, "theirs": saved, "yours": typed}
            self.changes = [*self.changes, more]


class MoveForm(forms.Form):
    """The direction in which a topic is moved, and the number that the page showed."""

    arah = forms.ChoiceField(choices=[("naik", "naik"), ("turun", "turun")])
    nomor = forms.IntegerField(required=False)

    def move(self) -> dict[str, Any]:
        """Return the arguments of services.move_topic."""
        typed = self.cleaned_data
        return {"up": typed.get("arah") == "naik", "seen": typed.get("nomor")}


class OutcomesForm(SharedListForm):
    """Whether the case of each village of a topic was discussed."""

    def __init__(self, data: Any = None, *, topic: Topic) -> None:
        super().__init__(data)
        self.topic = topic
        for row in topic.topic_villages.all():
            entry = _outcome_field(row.village)
            entry.initial = row.outcome
            self.add_entry(_entry(row.village_id), entry)

    @classmethod
    def fields_sent(cls, sent: QueryDict) -> dict[str, forms.Field]:
        """Return the entries of a form whose topic is gone, by the names sent."""
        numbers = [int(name[1:]) for name in sent if ENTRY.match(name)]
        villages = Village.objects.in_bulk(numbers[:MOST_VILLAGES])
        return {_entry(pk): _outcome_field(row) for pk, row in villages.items()}

    def outcomes(self) -> dict[str, Any]:
        """Return, by village id, the outcomes chosen here and those shown before.

        Among the chosen are those of villages that left the topic in the meantime: the
        service counts them.
        """
        chosen = {name: new for name, new in self.own_changes().items() if new}
        seen = {name: old for name in chosen if (old := self.shown_value(name))}
        vanished = {name: self.data[name] for name in self.vanished_changes()}
        chosen |= {name: new for name, new in vanished.items() if ENTRY.match(name)}
        return {
            "outcomes": {int(name[1:]): outcome for name, outcome in chosen.items()},
            "seen": {int(name[1:]): outcome for name, outcome in seen.items()},
        }

    def show_saved(self, topic: Topic) -> None:
        """After a stale edit, list the outcomes that somebody else has chosen."""
        rows = {_entry(row.village_id): row for row in topic.topic_villages.all()}
        self.compare_with_saved(
            {name: row.outcome for name, row in rows.items()},
            {name: row.get_outcome_display() for name, row in rows.items()},
        )


def _recorded(rows: Iterable[TopicVillage]) -> dict[int, str]:
    """Return, by village id, what is recorded of the cases; nothing of open ones."""
    return {
        row.village_id: str(row.get_outcome_display())
        for row in rows
        if row.outcome != TopicVillage.Outcome.OPEN
    }


def _outcome_field(village: Village) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(village),
        choices=TopicVillage.Outcome.choices,
        required=False,
        widget=forms.RadioSelect,
    )


def _entry(village_id: int) -> str:
    return f"v{village_id}"
