"""A session's own facts, its filter, and the questions before its last deeds."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import ANY, DayField, PortalForm, grouped
from fgd.forms.choices import answers, narrow
from fgd.models import Session
from fgd.querysets import SessionQuerySet
from villages.models import Office

FIRST_YEAR = 2023


class SuggestingInput(forms.TextInput):
    """One line with known answers that the browser offers while typing."""

    template_name = "fgd/_suggesting_input.html"

    def __init__(self, known: Sequence[str], attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.known = known

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        list_id = f"{name}-known"
        shown = {**(attrs or {}), "list": list_id}
        context = super().get_context(name, value, shown)
        return context | {"known": self.known, "list_id": list_id}


class SessionFilter(PortalForm, forms.Form):
    """The filters of the list; their names stand in the address."""

    cari = forms.CharField(label=gettext_lazy("Theme"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kantor = forms.ChoiceField(label=gettext_lazy("Host"), required=False)
    tahun = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, data: Any, *, offices: QuerySet[Office]) -> None:
        super().__init__(data)
        hosts = [(str(office.pk), office.short_name) for office in offices]
        years = range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)
        choices: dict[str, list[Any]] = {
            "keadaan": [ANY, *Session.Status.choices],
            "kantor": [ANY, *hosts],
            "tahun": [ANY, *((str(year), str(year)) for year in years)],
        }
        for name, listed in choices.items():
            answers(self, name).choices = listed
        if not hosts:
            del self.fields["kantor"]

    def narrowed(self, rows: SessionQuerySet) -> SessionQuerySet:
        """The rows that were asked for; what is not listed narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("cari"):
            rows = rows.matching(asked["cari"])
        if asked.get("keadaan"):
            rows = rows.filter(status=asked["keadaan"])
        if asked.get("kantor"):
            rows = rows.filter(office_id=asked["kantor"])
        if asked.get("tahun"):
            rows = rows.filter(starts_at__year=asked["tahun"])
        return rows


class SessionForm(PortalForm, forms.ModelForm[Session]):
    """What a session is about, when and where; the host is chosen once."""

    day = DayField(label=gettext_lazy("Day"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Only when the session lasts longer than one day."),
    )
    begins = forms.TimeField(label=gettext_lazy("Begins at"))
    ends = forms.TimeField(label=gettext_lazy("Ends at"))
    series_name = forms.CharField(
        label=gettext_lazy("Series"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Sessions of one series follow one another. "
            "Type a known name, or a new one."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Session
        fields = ("office", "theme", "purpose", "venue")

    def __init__(
        self,
        *args: Any,
        offices: QuerySet[Office],
        series: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series_name"].widget = SuggestingInput(series)
        if self.instance.pk:
            del self.fields["office"]
            self.initial.update(facts_of(self.instance))
        else:
            narrow(self, "office", offices)
            if len(offices) == 1:
                self.initial.setdefault("office", offices[0])
        self.helper = grouped(*self._order())

    def _order(self) -> list[str]:
        order = ["office", "theme", "purpose", "day", "last_day", "begins", "ends"]
        return [
            name
            for name in [*order, "venue", "series_name", "version"]
            if name in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if {"day", "begins", "ends"} <= typed.keys():
            starts_at, ends_at = self._moments(typed)
            if ends_at <= starts_at:
                self.add_error("ends", _("The end lies before the beginning."))
            typed |= {"starts_at": starts_at, "ends_at": ends_at}
        return typed

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("theme", "purpose", "venue", "starts_at", "ends_at", "series_name")
        return {name: self.cleaned_data[name] for name in names}

    def _moments(self, typed: dict[str, Any]) -> tuple[datetime, datetime]:
        last = typed.get("last_day") or typed["day"]
        return _moment(typed["day"], typed["begins"]), _moment(last, typed["ends"])


class FinaliseForm(PortalForm, forms.Form):
    """The last question before the minutes are locked."""

    occurred_at = DayField(
        label=gettext_lazy("Closed on"),
        required=False,
        help_text=gettext_lazy("Leave empty for today. For a past session, its day."),
    )
    note = forms.CharField(
        label=gettext_lazy("Closing note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )

    def closed_at(self, session: Session) -> datetime | None:
        """The end of the session when it was closed that day, else the day's end."""
        day = self.cleaned_data.get("occurred_at")
        if day is None or day == timezone.localdate():
            return None
        if day == timezone.localdate(session.ends_at):
            return session.ends_at
        return _moment(day, time(0)) + timedelta(hours=23, minutes=59)


class ReasonForm(PortalForm, forms.Form):
    """Why something will not take place."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea
    )


def facts_of(session: Session) -> dict[str, Any]:
    """The session as the form shows it."""
    starts, ends = (
        timezone.localtime(moment) for moment in (session.starts_at, session.ends_at)
    )
    return {
        "day": starts.date(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "begins": starts.time(),
        "ends": ends.time(),
        "series_name": session.series.name if session.series else "",
        "version": session.version,
    }


def _moment(day: Any, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
