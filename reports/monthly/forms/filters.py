"""Filters of the list of reports."""

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.web.choices import hide_filter
from desabinaan.lib.web.forms import ANY, PortalForm
from reports.monthly.models import ReportSlot
from reports.monthly.months import months_back
from reports.monthly.selectors import slots
from reports.monthly.selectors.slots import Rows
from villages.register.models import Village

LATE = "terlambat"
MONTHS_OFFERED = 24


class SlotFilter(PortalForm, forms.Form):
    """Filters of the list of reports, kept in the address."""

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
            rows = rows.late() if status == LATE else rows.filter(status=status)  # type: ignore[attr-defined]
        if month := chosen.get("bulan"):
            rows = rows.filter(month=f"{month}-01")
        if office := chosen.get("kantor"):
            rows = rows.filter(office_id=office)
        if typed := chosen.get("cari"):
            rows = rows.filter(village__in=Village.objects.matching(typed))
        return rows
