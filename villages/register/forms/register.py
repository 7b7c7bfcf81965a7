from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.choices import hide_filter
from desabinaan.lib.web.date_fields import FilterDayField
from desabinaan.lib.web.forms import ANY, PortalForm
from villages.register.models import Village
from villages.register.selectors.counts import in_state_on
from villages.register.selectors.register import Choices, with_pimpasa

#: The first circular on fostered villages is of 2023; some years of margin.
EARLIEST = 2015
#: filters that ask for one value of a column
COLUMNS = {"kabupaten": "regency_id", "kantor": "office_id", "status": "status"}


class AsOfField(FilterDayField):
    """A date, not in the future, for which the register is shown."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value > timezone.localdate():
            raise ValidationError(
                _("The date cannot be in the future. Choose today or an earlier date.")
            )
        if value is not None and value.year < EARLIEST:
            raise ValidationError(
                _("No village was fostered yet on this date. Choose a later one.")
            )


class RegisterFilter(PortalForm, forms.Form):
    """Filters of the register; its field names are parameters of the URL."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        help_text=_("Name, district or code."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kabupaten = forms.ChoiceField(label=_("Regency or city"), required=False)
    kantor = forms.ChoiceField(label=_("Office"), required=False)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[ANY, *Village.Status.choices]
    )
    pada = AsOfField(
        label=_("As of"),
        required=False,
        help_text=_("State and decree as they were on that day."),
    )
    pimpasa = forms.ChoiceField(
        label="PIMPASA",
        required=False,
        choices=[ANY, ("ada", _("with PIMPASA")), ("tanpa", _("without PIMPASA"))],
    )

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("pada"):  # chosen where the villages are counted
            self.fields["pada"].widget = forms.HiddenInput()
        for name, pairs in (
            ("kabupaten", offered.regencies),
            ("kantor", offered.offices),
        ):
            field = self.fields[name]
            if len(pairs) > 1 and isinstance(field, forms.ChoiceField):
                field.choices = [ANY, *pairs]
            else:
                hide_filter(self, name, pairs)

    @property
    def day(self) -> date | None:
        """Return the chosen day; None when the entry is invalid."""
        asked: date | None = self.cleaned_data.get("pada")
        return asked

    def columns(self) -> dict[str, str]:
        """Return the chosen values by column."""
        asked = self.cleaned_data
        return {
            column: asked[name] for name, column in COLUMNS.items() if asked.get(name)
        }

    def narrow(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Return the rows that match the filters."""
        asked = self.cleaned_data
        wanted = self.columns()
        state = wanted.pop("status", "")
        rows = rows.filter(**wanted)
        rows = self._in_state(rows, state)
        if asked.get("pimpasa"):
            rows = with_pimpasa(rows, asked["pimpasa"] == "ada")
        if asked.get("q"):
            rows = rows.matching(asked["q"])  # type: ignore[attr-defined]
        return rows

    def _in_state(self, rows: QuerySet[Any, Any], state: str) -> QuerySet[Any, Any]:
        """Filter by state; without one, hide villages whose proposal was dropped."""
        if self.day is not None:
            return in_state_on(rows, state, self.day) if state else rows
        if state:
            return rows.filter(status=state)
        return rows.exclude(status=Village.Status.DROPPED)


class CountsFilter(PortalForm, forms.Form):
    """The day for which villages are counted; today by default."""

    pada = AsOfField(
        label=_("As of"),
        required=False,
        help_text=_("Leave empty for today. The quarters run back from this date."),
    )
