"""Forms to search and propose agencies, and for the contact of an agency."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.choices import narrow
from desabinaan.lib.web.forms import PortalForm, ask_last
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from fgd.agencies.models import Agency
from fgd.agencies.names_of_villages import refuse_names_of_villages
from fgd.agencies.selectors.named_agencies import agencies_named
from villages.places.models import Office


class AgencyFilter(PortalForm, forms.Form):
    """The search field of the list."""

    cari = forms.CharField(label=gettext_lazy("Agency"), required=False, max_length=80)


class SimilarAgenciesMixin(forms.Form):
    """Asks once whether a new agency is one of those with a similar name."""

    is_another = forms.BooleanField(
        label=gettext_lazy("It is none of these: propose it nevertheless"),
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_about_similar(self, *names: str) -> None:
        """Add an error with the similar agencies, unless it is answered already."""
        likely = {
            one.name: one for named in agencies_named(names) for one in named.likely
        }
        if likely and not self.cleaned_data.get("is_another"):
            ask_last(self, "is_another")
            text = _("Is it one of these? %(names)s") % {"names": "; ".join(likely)}
            self.add_error("is_another", text)


class AgencyForm(PortalForm, SimilarAgenciesMixin, forms.ModelForm[Agency]):
    """A proposal for an agency that is not in the list."""

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

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self.ask_about_similar(typed.get("name", ""), typed.get("short_name", ""))
        return typed

    def proposal(self) -> dict[str, Any]:
        """Return the arguments of services.propose_agency."""
        typed = dict(self.cleaned_data)
        del typed["is_another"]
        return {"place": typed.pop("proposing_office"), **typed}


class ListedAgencyForm(forms.ModelForm[Agency]):
    """An agency in the administration; no other one, and no village, has its name."""

    class Meta:
        model = Agency
        fields = ("name",)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "name" in self.changed_data:
            [found] = agencies_named([name])
            others = [one for one in found.agencies if one.pk != self.instance.pk]
            if others and not found.is_merged:
                raise ValidationError(
                    _("“%(name)s” is already in the list."),
                    "known",
                    {"name": others[0].name},
                )
            refuse_names_of_villages([name])
        return name

    def clean_short_name(self) -> str:
        short_name: str = self.cleaned_data["short_name"]
        if "short_name" in self.changed_data:
            refuse_names_of_villages([short_name])
        return short_name


class AgencyContactForm(PortalForm, forms.ModelForm[Agency]):
    """Head and telephone numbers of the user's own agency."""

    head_contact = TelephoneFormField(
        label=gettext_lazy("Head's telephone"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agency
        fields = ("head_name", "head_contact", "hotline")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def contact(self) -> dict[str, Any]:
        """Return the arguments of services.change_contact."""
        return self.cleaned_data | {"version": self.cleaned_data["version"] or 0}
