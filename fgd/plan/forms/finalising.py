from datetime import datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm
from desabinaan.lib.web.stale_edits import SeenForm
from fgd.sessions.models import Session


class FinaliseForm(PortalForm, SeenForm):
    """Closing date and note of the minutes."""

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

    def __init__(self, data: QueryDict | None = None, *, session: Session) -> None:
        """For a session that is over, its last day is filled in."""
        super().__init__(data)
        if session.is_over:
            self.initial["occurred_at"] = session.last_day

    def closing(self, session: Session) -> dict[str, Any]:
        """Return the arguments of services.finalise."""
        typed = self.cleaned_data
        when = self.closed_at(session)
        return {"note": typed["note"], "seen": typed["seen"], "occurred_at": when}

    def closed_at(self, session: Session) -> datetime | None:
        """Return the end of the session if it was closed that day, or the day's end.

        None for today.
        """
        day = self.cleaned_data.get("occurred_at")
        if day is None or day == timezone.localdate():
            return None
        if day == session.last_day:
            ended: datetime = session.ends_at
            return ended
        return datetime.combine(day, time(23, 59), session.office.time_zone)
