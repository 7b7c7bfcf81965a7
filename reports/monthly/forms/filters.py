"""Filters of the list of reports."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import answers, hide_filter
from desabinaan.lib.web.forms import ANY, PortalForm
from reports.monthly.models import ReportSlot
from reports.monthly.months import months_back
from reports.monthly.querysets import ReportSlotQuerySet
from reports.monthly.selectors import slots
from reports.monthly.selectors.slots import Rows
from villages.places.permissions import has_capability_anywhere
from villages.register.models import Village

#: values of the filter by state that are no state of a slot
LATE, TO_VERIFY = "terlambat", "periksa"
MONTHS_OFFERED = 24
STATES = [
    ANY,
    (LATE, gettext_lazy("late")),
    (TO_VERIFY, gettext_lazy("waiting for your verification")),
    *ReportSlot.Status.choices,
]


class SlotFilter(PortalForm, forms.Form):
    """Filters of the list of reports, kept in the address."""

    cari = forms.CharField(
        label=gettext_lazy("Village or district"), max_length=80, required=False
    )
    bulan = forms.ChoiceField(label=gettext_lazy("Month"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=STATES,
    )
    kantor = forms.ChoiceField(label=gettext_lazy("Office"), required=False)

    def __init__(self, data: QueryDict, *, user: Actor) -> None:
        super().__init__(data)
        self.user = user
        if not has_capability_anywhere(user, "report.verify"):
            states = answers(self, "status")
            states.choices = [one for one in STATES if one[0] != TO_VERIFY]
        months = months_back(timezone.localdate(), MONTHS_OFFERED)
        self.fields["bulan"].choices = [  # type: ignore[attr-defined]
            ANY,
            *((f"{day:%Y-%m}", date_format(day, "F Y")) for day in months),
        ]
        offices = slots.visible_offices(user)
        if not offices:
            hide_filter(self, "kantor")
            return
        self.fields["kantor"].choices = [ANY, *offices]  # type: ignore[attr-defined]

    def clean_cari(self) -> str:
        return str(self.cleaned_data["cari"]).strip()

    def narrow(self, rows: Rows) -> Rows:
        """Return the rows that match the filters."""
        chosen = self.cleaned_data
        if status := chosen.get("status"):
            rows = self._in_state(rows, status)
        if month := chosen.get("bulan"):
            rows = rows.filter(month=f"{month}-01")
        if office := chosen.get("kantor"):
            rows = rows.filter(village__office=office)
        if typed := chosen.get("cari"):
            rows = rows.filter(village__in=Village.objects.matching(typed))
        return rows

    def _in_state(self, rows: Rows, status: str) -> Rows:
        slots = cast(ReportSlotQuerySet, rows)
        if status == LATE:
            slots = slots.late()
        elif status == TO_VERIFY:
            slots = slots.to_verify(self.user)
        else:
            slots = slots.filter(status=status)
        return cast(Rows, slots)
