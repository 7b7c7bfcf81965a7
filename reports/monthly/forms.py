"""What is typed on the pages of monthly reports."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Field, Fieldset
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.forms import ANY, DayField, PortalForm, grouped
from reports.monthly import selectors
from reports.monthly.models import (
    FIGURE_GROUPS,
    FIGURES,
    PART_OF,
    MonthlyReport,
    ReportSlot,
)
from reports.monthly.months import months_back
from reports.monthly.selectors import Rows
from villages.models import Village

Channel = MonthlyReport.Channel
WHOLE = re.compile(r"-?[0-9]{1,15}")
IN_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[., \u00a0\u202f][0-9]{3})+")
LARGEST = 5_000
LARGEST_CROWD = 50_000
LATE = "terlambat"
MONTHS_OFFERED = 24

HINTS = {
    "people_reached": gettext_lazy("Everybody who took part, counted together."),
    "coordination_meetings": gettext_lazy("With the office, the police or an agency."),
    "new_recruiters_seen": gettext_lazy(
        "People who began to offer work abroad. Count them; write no names."
    ),
    "departures_undocumented": gettext_lazy("A part of the figure above."),
    "returns_with_problems": gettext_lazy(
        "A part of the figure above: unpaid wages, illness, violence."
    ),
    "families_without_news": gettext_lazy("No news for three months or longer."),
    "foreigners_reported": gettext_lazy("Foreigners whom residents told you about."),
}


class FigureField(forms.IntegerField):
    """A count: blank is 0, and thousands may be parted ("1.250")."""

    def __init__(self, name: str) -> None:
        label = capfirst(selectors.LABELS[name])
        largest = LARGEST_CROWD if name == "people_reached" else LARGEST
        super().__init__(
            label=label, help_text=HINTS.get(name, ""), min_value=0, max_value=largest
        )

    def to_python(self, value: Any) -> int:
        typed = "" if value is None else str(value).strip()
        if not typed:
            return 0
        if IN_THOUSANDS.fullmatch(typed):
            return int(re.sub(r"[^0-9]", "", typed))
        if not WHOLE.fullmatch(typed):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return int(typed)


class SlotForm(PortalForm, forms.Form):
    """Carries the form's own number and the version of the report it was opened on."""

    use_required_attribute = False
    client_uuid = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("The page did not arrive whole. Please send it once more."),
        ),
    )
    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"),
            gettext_lazy("The page did not arrive whole. Please send it once more."),
        ),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        slot: ReportSlot,
        auto_id: str = "id_%s",
    ) -> None:
        self.slot = slot
        initial = {**_standing(slot), "client_uuid": uuid4()}
        super().__init__(data, initial=initial, auto_id=auto_id)

    @property
    def told(self) -> dict[str, Any]:
        """What the action behind the form is told."""
        cleaned = self.cleaned_data
        return {"client_uuid": cleaned["client_uuid"], "seen": cleaned["version"]}

    @property
    def figures(self) -> dict[str, int]:
        return {}

    def make_ready_again(self, slot: ReportSlot) -> None:
        """After a refusal, sending once more is a new sending, on what stands now.

        A form with mistakes in its figures keeps its number: nobody refused it.
        """
        if not {"client_uuid", "version", NON_FIELD_ERRORS} & self.errors.keys():
            return
        fresh = {"client_uuid": str(uuid4()), "version": _standing(slot)["version"]}
        self.data = {**dict(self.data.items()), **fresh}


def _standing(slot: ReportSlot) -> dict[str, Any]:
    report = slot.standing_report
    if report is None:
        return {"version": 0}
    values = {name: getattr(report, name) for name in FIGURES}
    return {**values, "version": report.version}


class FiguresForm(SlotForm):
    """The twelve figures of a month."""

    outreach_held = FigureField("outreach_held")
    people_reached = FigureField("people_reached")
    coordination_meetings = FigureField("coordination_meetings")
    office_questions = FigureField("office_questions")
    job_offers_heard = FigureField("job_offers_heard")
    new_recruiters_seen = FigureField("new_recruiters_seen")
    departures_known = FigureField("departures_known")
    departures_undocumented = FigureField("departures_undocumented")
    returns_known = FigureField("returns_known")
    returns_with_problems = FigureField("returns_with_problems")
    families_without_news = FigureField("families_without_news")
    foreigners_reported = FigureField("foreigners_reported")

    @property
    def helper(self) -> Any:
        return grouped(
            Field("client_uuid"),
            Field("version"),
            *(Fieldset(heading, *names) for heading, names in FIGURE_GROUPS),
        )

    def clean(self) -> dict[str, Any]:
        for part, (whole, told) in PART_OF.items():
            if self.cleaned_data.get(part, 0) > self.cleaned_data.get(whole, 10**9):
                self.add_error(part, str(told))
        return self.cleaned_data

    @property
    def figures(self) -> dict[str, int]:
        """The figures that could be read; all of them once the form is valid."""
        cleaned: Mapping[str, Any] = self.cleaned_data if self.is_bound else {}
        return {name: cleaned[name] for name in FIGURES if name in cleaned}

    @property
    def told(self) -> dict[str, Any]:
        return {**super().told, "figures": self.figures}

    def show_before(self, before: MonthlyReport | None) -> None:
        """Last month's value stands beside each figure."""
        for name in FIGURES if before else ():
            value = number_format(getattr(before, name), force_grouping=True)
            then = _("Last month: %(value)s.") % {"value": value}
            field = self.fields[name]
            field.help_text = f"{field.help_text} {then}".strip()


class OnBehalfForm(FiguresForm):
    """The figures as the village told them on another way."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How did the village tell you?"),
        choices=[
            (Channel.WHATSAPP, gettext_lazy("By WhatsApp")),
            (Channel.TELEPHONE, gettext_lazy("By telephone")),
            (Channel.PAPER, gettext_lazy("On paper")),
        ],
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=gettext_lazy("When did it reach you?"),
        help_text=gettext_lazy("Empty means today."),
        required=False,
    )
    is_nil = forms.BooleanField(
        label=gettext_lazy("Nothing happened this month (nil report)"), required=False
    )

    @property
    def helper(self) -> Any:
        how = Fieldset(_("From the village"), "channel", "received_on", "is_nil")
        helper = super().helper
        helper.layout.insert(2, how)
        return helper

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Check the date."))
        if day and day < self.slot.month:
            raise ValidationError(_("This day lies before the month. Check the date."))
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("is_nil") and any(self.figures.values()):
            self.add_error(
                "is_nil",
                _("A nil report has no figures. Empty them, or take away the tick."),
            )
        return self.cleaned_data

    @property
    def told(self) -> dict[str, Any]:
        return {
            **super().told,
            "is_nil": self.cleaned_data["is_nil"],
            "channel": self.cleaned_data["channel"],
            "occurred_at": self._arrival(),
        }

    def _arrival(self) -> datetime | None:
        """Noon of the day it arrived; None for today."""
        day = self.cleaned_data["received_on"]
        if day is None or day == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(day, time(12)))


class VersionForm(forms.Form):
    """Which version of the report was looked at."""

    version = forms.IntegerField(min_value=1)


class ReasonForm(PortalForm, forms.Form):
    """Why a month is returned, reopened or excused."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea
    )

    def __init__(self, data: QueryDict | None = None, *, hint: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].help_text = hint


class SlotFilter(PortalForm, forms.Form):
    """Narrows the list of reports; every answer stands in the address."""

    cari = forms.CharField(
        label=gettext_lazy("Village or district"), max_length=80, required=False
    )
    bulan = forms.ChoiceField(label=gettext_lazy("Month"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ANY,
            (LATE, gettext_lazy("late")),
            *ReportSlot.Status.choices,
        ],
    )
    kantor = forms.ChoiceField(label=gettext_lazy("Office"), required=False)

    def __init__(self, data: QueryDict, *, user: Actor) -> None:
        super().__init__(data)
        months = months_back(timezone.localdate(), MONTHS_OFFERED)
        self.fields["bulan"].choices = [  # type: ignore[attr-defined]
            ANY,
            *((f"{day:%Y-%m}", date_format(day, "F Y")) for day in months),
        ]
        offices = selectors.offices_in_sight(user)
        if not offices:
            del self.fields["kantor"]
            return
        self.fields["kantor"].choices = [ANY, *offices]  # type: ignore[attr-defined]

    def clean_cari(self) -> str:
        return str(self.cleaned_data["cari"]).strip()

    def narrow(self, rows: Rows) -> Rows:
        """The rows that every readable answer leaves."""
        self.is_valid()
        chosen = self.cleaned_data
        if status := chosen.get("status"):
            rows = rows.late() if status == LATE else rows.filter(status=status)  # type: ignore[attr-defined]
        if month := chosen.get("bulan"):
            rows = rows.filter(month=f"{month}-01")
        if office := chosen.get("kantor"):
            rows = rows.filter(office_id=office)
        if typed := chosen.get("cari"):
            rows = rows.filter(village__in=Village.objects.matching(typed))
        return rows
