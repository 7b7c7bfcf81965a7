"""The rundown and the topics."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import narrow
from desabinaan.lib.web.forms import PortalForm, WholeNumberField
from fgd.sessions.models import AgendaItem, Topic, TopicVillage
from villages.register.forms.fields import VillagesField
from villages.register.models import Village

MOST_LINES = 60
TIME = r"(\d{1,2})[.:](\d{2})"
LINE = re.compile(
    rf"^\s*{TIME}\s*(?:-|–|—|s\.?/?d\.?)\s*{TIME}(?:\s*WI[BT]A?)?[\s;:,.]+(.+)$", re.I
)


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of a pasted rundown."""

    starts_at: time
    minutes: int
    title: str
    presenter: str = ""


class AgendaLineForm(PortalForm, forms.ModelForm[AgendaItem]):
    """One line of the rundown."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AgendaItem
        fields = ("starts_at", "minutes", "title", "presenter")
        field_classes = {"minutes": WholeNumberField}
        labels = {"minutes": gettext_lazy("Length in minutes")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def line(self) -> dict[str, Any]:
        """Return the fields of services.AgendaLine."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AgendaPasteForm(PortalForm, forms.Form):
    """Several lines at once, copied from the letter."""

    text = forms.CharField(
        label=gettext_lazy("Rundown"),
        max_length=8000,
        widget=forms.Textarea,
        help_text=gettext_lazy(
            "One line each: time, activity; who is in charge. "
            "For example: 09.00-09.30 Pembukaan; MC"
        ),
    )

    def clean_text(self) -> list[PastedLine]:
        """Return the lines; ValidationError quotes each line that cannot be read."""
        lines = [
            line for line in self.cleaned_data["text"].splitlines() if line.strip()
        ]
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("Paste at most %(most)s lines at a time."),
                "many",
                {"most": MOST_LINES},
            )
        read = [(line, _read(line)) for line in lines]
        unclear = [line.strip()[:60] for line, found in read if found is None]
        if unclear:
            raise ValidationError(
                [
                    _("We did not understand “%(line)s”. Begin with a time.")
                    % {"line": line}
                    for line in unclear
                ]
            )
        return [found for _line, found in read if found]


class VillagesMixin(forms.Form):
    """Villages of the session as checkboxes, and other villages by name."""

    villages = forms.ModelMultipleChoiceField(
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


class TopicForm(PortalForm, VillagesMixin, forms.ModelForm[Topic]):
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
            tied = self.instance.topic_villages.values_list("village_id", flat=True)
            self.initial.update(villages=list(tied), version=self.instance.version)


class OutcomesForm(PortalForm, forms.Form):
    """Whether the case of each village of a topic was discussed."""

    def __init__(self, data: Any = None, *, topic: Topic) -> None:
        super().__init__(data)
        self.topic = topic
        for row in topic.topic_villages.all():
            self.fields[f"v{row.village_id}"] = forms.ChoiceField(
                label=str(row.village),
                choices=TopicVillage.Outcome.choices,
                initial=row.outcome,
                widget=forms.RadioSelect,
            )

    def outcomes(self) -> dict[int, str]:
        return {int(name[1:]): answer for name, answer in self.cleaned_data.items()}


def _read(line: str) -> PastedLine | None:
    """Return the parsed line; None when it cannot be read."""
    match = LINE.match(" ".join(line.split()))
    if match is None:
        return None
    hours = [int(part) for part in match.groups()[:4]]
    title, _semicolon, presenter = match[5].partition(";")
    if hours[0] > 23 or hours[2] > 23 or max(hours[1], hours[3]) > 59:
        return None
    begins, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    lasts = datetime.combine(date.min, ends) - datetime.combine(date.min, begins)
    minutes = int(lasts.total_seconds() // 60)
    if not (0 < minutes <= 720 and 0 < len(title.strip()) <= 200):
        return None
    return PastedLine(begins, minutes, title.strip(), presenter.strip()[:150])
