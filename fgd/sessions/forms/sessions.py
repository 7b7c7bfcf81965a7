"""The filter of the list of sessions, and the form of one session."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import answers, hide_filter, narrow
from desabinaan.lib.web.date_fields import ClockField, DayField
from desabinaan.lib.web.forms import ANY, PortalForm, grouped
from fgd.sessions.models import Session
from fgd.sessions.querysets import SessionQuerySet
from villages.places.models import Office
from villages.places.permissions import has_capability_anywhere

FIRST_YEAR = 2023
#: a value of the filter by state that is no state: past, and to be made final
OVER = "berakhir"
#: an end until this time may be meant on the next day
LATEST_NIGHT = time(5)


class SuggestingInput(forms.TextInput):
    """Text input with known answers that the browser suggests while typing."""

    template_name = "sessions/_suggesting_input.html"

    def __init__(self, known: Sequence[str], attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.known = known

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        list_id = f"{name}-known"
        shown = {**(attrs or {}), "list": list_id}
        context = super().get_context(name, value, shown)
        return context | {"known": self.known, "list_id": list_id}


class SessionFilter(PortalForm, forms.Form):
    """The filters of the list; the names of the fields are part of the URL."""

    cari = forms.CharField(label=gettext_lazy("Theme"), required=False, max_length=80)
    keadaan = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    kantor = forms.ChoiceField(label=gettext_lazy("Host"), required=False)
    tahun = forms.ChoiceField(label=gettext_lazy("Year"), required=False)

    def __init__(self, data: Any, *, user: Actor, offices: QuerySet[Office]) -> None:
        super().__init__(data)
        self.user = user
        over = [(OVER, _("over, minutes not final"))]
        if not has_capability_anywhere(user, "session.finalise"):
            over = []
        hosts = [(str(office.pk), office.short_name) for office in offices]
        years = range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)
        choices: dict[str, list[Any]] = {
            "keadaan": [ANY, *over, *Session.Status.choices],
            "kantor": [ANY, *hosts],
            "tahun": [ANY, *((str(year), str(year)) for year in years)],
        }
        for name, listed in choices.items():
            answers(self, name).choices = listed
        if not hosts:
            hide_filter(self, "kantor")

    def narrow(self, rows: SessionQuerySet) -> SessionQuerySet:
        """Return the rows that match the filters."""
        asked = self.cleaned_data
        if asked.get("cari"):
            rows = rows.matching(asked["cari"])
        if asked.get("keadaan") == OVER:
            rows = rows.to_finalise(self.user)
        elif asked.get("keadaan"):
            rows = rows.filter(status=asked["keadaan"])
        if asked.get("kantor"):
            rows = rows.filter(office_id=asked["kantor"])
        if asked.get("tahun"):
            rows = rows.filter(starts_at__year=asked["tahun"])
        return rows


class SessionForm(PortalForm, forms.ModelForm[Session]):
    """Subject, time and place of a session; the host cannot be changed later."""

    day = DayField(label=gettext_lazy("Day"))
    last_day = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Only when the session lasts longer than one day."),
    )
    begins = ClockField(label=gettext_lazy("Begins at"))
    ends = ClockField(label=gettext_lazy("Ends at"))
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
        required = {"day", "begins", "ends", "office"} & self.fields.keys()
        if required <= typed.keys():
            starts_at, ends_at = self._moments(typed)
            if ends_at <= starts_at:
                self.add_error("ends", _sentence_of_early_end(starts_at, ends_at))
            typed |= {"starts_at": starts_at, "ends_at": ends_at}
        return typed

    def facts(self) -> dict[str, Any]:
        """Return the arguments of services.create_session and change_session."""
        names: tuple[str, ...] = (
            "theme",
            "purpose",
            "venue",
            "starts_at",
            "ends_at",
            "series_name",
        )
        if "office" in self.fields:
            names = ("office", *names)
        return {name: self.cleaned_data[name] for name in names}

    def _moments(self, typed: dict[str, Any]) -> tuple[datetime, datetime]:
        """Return begin and end, in the zone of the host."""
        last = typed.get("last_day") or typed["day"]
        host = typed.get("office") or self.instance.office
        zone = host.time_zone
        begins = datetime.combine(typed["day"], typed["begins"], zone)
        return begins, datetime.combine(last, typed["ends"], zone)


def _sentence_of_early_end(starts_at: datetime, ends_at: datetime) -> str:
    is_one_day = starts_at.date() == ends_at.date()
    if is_one_day and ends_at < starts_at and ends_at.time() <= LATEST_NIGHT:
        return _("If it ends after midnight, enter the date of the next day.")
    return _("The session must end after it begins.")


class OpeningForm(PortalForm, forms.Form):
    """Opens a session; `early` is sent by the page that asks."""

    early = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)


def facts_of(session: Session) -> dict[str, Any]:
    """Return the initial values of the form for this session."""
    starts, ends = (
        timezone.localtime(moment, session.office.time_zone)
        for moment in (session.starts_at, session.ends_at)
    )
    return {
        "day": starts.date(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "begins": starts.time(),
        "ends": ends.time(),
        "series_name": session.series.name if session.series else "",
        "version": session.version,
    }
