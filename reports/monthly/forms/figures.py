"""The entry for one figure of a month's report."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.forms import WholeNumberField
from reports.monthly.models import MonthlyReport

_LABELS = {field.name: field.verbose_name for field in MonthlyReport._meta.fields}
LARGEST = 5_000
LARGEST_CROWD = 50_000

HINTS = {
    "people_reached": gettext_lazy("The total of all who took part."),
    "coordination_meetings": gettext_lazy("With the office, the police or an agency."),
    "new_recruiters_seen": gettext_lazy(
        "People who began to offer work abroad. Count them; write no names."
    ),
    "departures_undocumented": gettext_lazy("A part of the figure above."),
    "returns_with_problems": gettext_lazy(
        "A part of the figure above: unpaid wages, illness, violence."
    ),
    "families_without_news": gettext_lazy("No news for three months or longer."),
    "foreigners_reported": gettext_lazy("Foreigners whom residents reported to you."),
}


#: more than any figure has; a draft keeps what was typed, even if it is no number
LONGEST_TYPED = 100


class FigureField(WholeNumberField):
    """A count; blank is 0. With `keeps_text` it cleans to what was typed."""

    keeps_text = False

    def __init__(self, name: str) -> None:
        label = capfirst(_LABELS[name])
        largest = LARGEST_CROWD if name == "people_reached" else LARGEST
        super().__init__(
            label=label, help_text=HINTS.get(name, ""), min_value=0, max_value=largest
        )

    def to_python(self, value: Any) -> int:
        number = super().to_python(value)
        if number is None and str(value or "").strip():
            # "belum ada" is no count, and must not become 0
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return number or 0

    def clean(self, value: Any) -> Any:
        if self.keeps_text:
            return forms.CharField(required=False, max_length=LONGEST_TYPED).clean(
                value
            )
        return super().clean(value)
