"""Forms to fill in and verify a month's report."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from crispy_forms.layout import Field, Fieldset
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm, grouped
from desabinaan.lib.web.stale_edits import VersionedForm, compare_with_saved
from reports.monthly.forms.figures import FigureField
from reports.monthly.models import (
    FIGURE_GROUPS,
    FIGURES,
    PART_OF,
    MonthlyReport,
    ReportSlot,
)

Channel = MonthlyReport.Channel


class SlotForm(PortalForm, VersionedForm, forms.Form):
    """The form's own number and the version of the report it was opened on."""

    use_required_attribute = False
    client_uuid = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            gettext_lazy("The data sent are incomplete. Please send the form again."),
        ),
    )
    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"),
            gettext_lazy("The data sent are incomplete. Please send the form again."),
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
        report = slot.current_report
        values = self.figures_of(report) if report else {}
        version = report.version if report else 0
        initial = {**values, "version": version, "client_uuid": uuid4()}
        super().__init__(data, initial=initial, auto_id=auto_id)

    @property
    def service_data(self) -> dict[str, Any]:
        """Return the arguments for the service that takes this form."""
        cleaned = self.cleaned_data
        return {"client_uuid": cleaned["client_uuid"], "seen": cleaned["version"]}

    def figures_of(self, report: MonthlyReport) -> dict[str, Any]:
        """Return the saved figures with which the form begins."""
        return report.figures

    @property
    def figures(self) -> dict[str, Any]:
        return {}

    def as_compared(self, figure: int | str) -> int | str:
        """Return a saved figure as this form cleans what is typed: a blank is 0."""
        return figure or 0

    def prepare_retry(self) -> None:
        """After a refusal, let the form be sent again, on the report as it is now.

        A form with errors in its figures only keeps its number: it was not refused.
        """
        if not {"client_uuid", "version", NON_FIELD_ERRORS} & self.errors.keys():
            return
        report = MonthlyReport.objects.filter(slot=self.slot).first()
        version = report.version if report else 0
        if report and self.stale:
            known = self.figures_of(report)
            saved = {name: self.as_compared(v) for name, v in known.items()}
            names = [name for name in self.figures if name in saved]
            compare_with_saved(self, saved, names, version=version)
        fresh = {"client_uuid": str(uuid4()), "version": str(version)}
        self.data = {**dict(self.data.items()), **fresh}


class NilForm(SlotForm):
    """That nothing happened; where there are figures already, a tick asks for it."""

    drops_figures = forms.BooleanField(
        label=gettext_lazy("Nothing happened. The figures entered so far are deleted.")
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        report = self.slot.current_report
        if report is None or not report.has_figures:
            del self.fields["drops_figures"]

    @property
    def service_data(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get("drops_figures", False)
        return {**super().service_data, "drops_figures": ticked}


class ReportFiguresForm(SlotForm):
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

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        for name in FIGURES:
            self.fields[name].keeps_text = is_draft  # type: ignore[attr-defined]

    def as_compared(self, figure: int | str) -> int | str:
        return figure if self.is_draft else super().as_compared(figure)

    @property
    def helper(self) -> Any:
        return grouped(
            Field("client_uuid"),
            Field("version"),
            *(Fieldset(heading, *names) for heading, names in FIGURE_GROUPS),
        )

    def clean(self) -> dict[str, Any]:
        if self.is_draft:
            return self.cleaned_data
        for part, (whole, message) in PART_OF.items():
            if self.cleaned_data.get(part, 0) > self.cleaned_data.get(whole, 10**9):
                self.add_error(part, str(message))
        return self.cleaned_data

    @property
    def figures(self) -> dict[str, Any]:
        """Return the valid figures, of a draft as typed."""
        cleaned: Mapping[str, Any] = self.cleaned_data if self.is_bound else {}
        return {name: cleaned[name] for name in FIGURES if name in cleaned}

    @property
    def service_data(self) -> dict[str, Any]:
        return {**super().service_data, "figures": self.figures}

    def show_before(self, before: MonthlyReport | None) -> None:
        """Add last month's value to the help text of each figure."""
        for name in FIGURES if before else ():
            value = number_format(getattr(before, name), force_grouping=True)
            then = _("Last month: %(value)s.") % {"value": value}
            self.add_hint(name, then)


class OnBehalfForm(ReportFiguresForm):
    """The figures as the village reported them on another channel."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How did the village report to you?"),
        choices=[
            (Channel.WHATSAPP, gettext_lazy("By WhatsApp")),
            (Channel.TELEPHONE, gettext_lazy("By telephone")),
            (Channel.PAPER, gettext_lazy("On paper")),
        ],
        widget=forms.RadioSelect,
    )
    received_on = DayField(
        label=gettext_lazy("When did you receive it?"),
        help_text=gettext_lazy("Empty means today."),
        required=False,
    )
    is_nil = forms.BooleanField(
        label=gettext_lazy("Nothing happened this month (nil report)"), required=False
    )

    def figures_of(self, report: MonthlyReport) -> dict[str, Any]:
        """Return what the village has sent; its draft is its own."""
        return {} if report.is_draft else report.figures

    @property
    def helper(self) -> Any:
        how = Fieldset(_("From the village"), "channel", "received_on", "is_nil")
        helper = super().helper
        helper.layout.insert(2, how)
        return helper

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This date is in the future. Check it."))
        if day and day < self.slot.month:
            raise ValidationError(
                _("This date is before the month of the report. Check it.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_nil = self.cleaned_data.get("is_nil")
        if is_nil and any(self.figures.values()):
            self.add_error(
                "is_nil",
                _("A nil report has no figures. Clear them, or untick the box."),
            )
        elif not (self.errors or is_nil or any(self.figures.values())):
            text = _("Fill in at least one figure, or tick that nothing happened.")
            self.add_error("is_nil", text)
        return self.cleaned_data

    @property
    def service_data(self) -> dict[str, Any]:
        return {
            **super().service_data,
            "is_nil": self.cleaned_data["is_nil"],
            "channel": self.cleaned_data["channel"],
            "occurred_at": self._arrival(),
        }

    def _arrival(self) -> datetime | None:
        """Return noon of the day it arrived; None for today."""
        day = self.cleaned_data["received_on"]
        if day is None or day == timezone.localdate():
            return None
        return timezone.make_aware(datetime.combine(day, time(12)))


class VersionForm(forms.Form):
    """The version of the report that was shown."""

    version = forms.IntegerField(min_value=1)
