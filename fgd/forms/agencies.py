"""Agencies: searching, proposing, keeping one's own contact."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from desabinaan.lib.forms import PortalForm
from fgd.forms.choices import narrow
from fgd.forms.phones import PhoneField
from fgd.models import Agency
from villages.models import Office


class AgencyFilter(PortalForm, forms.Form):
    """The search field of the list."""

    cari = forms.CharField(label=gettext_lazy("Agency"), required=False, max_length=80)


class AgencyForm(PortalForm, forms.ModelForm[Agency]):
    """An agency that is missing in the list."""

    proposing_office = forms.ModelChoiceField(
        Office.objects.none(),
        label=gettext_lazy("For your office"),
        help_text=gettext_lazy("The office that proposes the agency."),
    )

    class Meta:
        model = Agency
        fields = ("name", "short_name", "kind", "level")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "proposing_office", offices)
        if len(offices) == 1:
            self.initial.setdefault("proposing_office", offices[0])


class ContactForm(PortalForm, forms.ModelForm[Agency]):
    """Whom to call at one's own agency."""

    head_contact = PhoneField(
        label=gettext_lazy("Head's telephone"), required=False, max_length=40
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agency
        fields = ("head_name", "head_contact", "hotline")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
