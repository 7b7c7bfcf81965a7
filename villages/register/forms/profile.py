from itertools import chain
from typing import Any, NamedTuple, cast

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.once import ONE_MORE
from desabinaan.lib.text.coordinates import coordinate_in
from desabinaan.lib.web.forms import PortalForm, WholeNumberField, ask_last, grouped
from desabinaan.lib.web.stale_edits import VersionedForm
from villages.places.coordinates import doubt_about
from villages.places.models import Scheme
from villages.register.line_notes import typed_reason
from villages.register.models import Village, VillageContact
from villages.register.selectors.nearness import FAR
from villages.register.values import (
    COUNT_DOUBTS,
    LONGEST_TEXTS,
    NOBODY,
    doubts_about_counts,
)


class TickQuestion(NamedTuple):
    """A tick that is asked only about an odd answer; `group` holds what it is about."""

    name: str
    group: int
    below: str


#: code of a refusal -> what is asked then
QUESTIONS = {
    NOBODY: TickQuestion("is_uninhabited", 1, "population"),
    FAR: TickQuestion("point_is_right", 2, "longitude"),
}


def long_text(label: Any, help_text: Any, longest: int, **options: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea,
        **options,
    )


class DegreesField(forms.DecimalField):
    """Degrees as a number, read like those of a list, rounded to about one metre."""

    widget = forms.TextInput(attrs={"class": "wide-10"})

    def to_python(self, value: Any) -> Any:
        degrees = coordinate_in("" if value is None else str(value))
        if degrees is None or abs(degrees) > 1000:
            return degrees
        return round(degrees, self.decimal_places or 0)


class ProposalForm(PortalForm, forms.ModelForm[Village]):
    """The reason for a proposal and the profile of the village."""

    reason = long_text(
        _("Why this village"),
        _("For example: many migrant workers, close to the coast."),
        LONGEST_TEXTS["reason"],
    )
    profile = long_text(
        _("About the village"),
        _("Livelihoods, where people go to work, what worries them. No names."),
        LONGEST_TEXTS["profile"],
        required=False,
    )
    access_note = long_text(
        _("How to get there"),
        _("For example: boat from Grenyang, one hour."),
        LONGEST_TEXTS["access_note"],
        required=False,
    )
    schemes = forms.ModelMultipleChoiceField(
        label=_("Other schemes in this village"),
        queryset=Scheme.objects.in_use(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    #: asked only about 0 inhabitants
    is_uninhabited = forms.BooleanField(
        label=_("Nobody lives in this village any more: 0 inhabitants is right"),
        required=False,
    )
    #: asked only about a point that was refused as too far away
    point_is_right = forms.BooleanField(
        label=_("The point is right, although it is far away"), required=False
    )

    class Meta:
        model = Village
        fields = (
            "reason",
            "population",
            "households",
            "latitude",
            "longitude",
            "access_note",
            "profile",
            "schemes",
        )
        localized_fields = ("latitude", "longitude")
        field_classes = {
            "population": WholeNumberField,
            "households": WholeNumberField,
            "latitude": DegreesField,
            "longitude": DegreesField,
        }
        labels = {
            "population": _("Inhabitants"),
            "households": _("Households"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
        }
        help_texts = {
            "latitude": _("For example -6.01234. South of the equator is negative."),
            "longitude": _("For example 106.12345."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = grouped(
            Fieldset(_("Reason"), "reason"),
            Fieldset(_("Figures"), "population", "households"),
            Fieldset(_("Place"), "latitude", "longitude", "access_note"),
            Fieldset(_("More"), "profile", "schemes"),
        )
        for question in QUESTIONS.values():
            if question.name in self.data:
                self._ask(question)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        for refusal in chain(*self.errors.as_data().values()):
            if question := QUESTIONS.get(str(refusal.code)):
                self._ask(question)

    def _ask(self, question: TickQuestion) -> None:
        """Show a tick that was not asked so far, below what it is about."""
        fields = self.helper.layout.fields[question.group].fields
        if question.name not in fields:
            fields.insert(fields.index(question.below) + 1, question.name)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        # a zero that is saved already was said to be right
        is_meant = cleaned["is_uninhabited"] or self.initial.get("population") == 0
        for field, key, counts in doubts_about_counts(cleaned, is_uninhabited=is_meant):
            shown = {
                name: number_format(count, force_grouping=True)
                for name, count in counts.items()
            }
            self.add_error(field, ValidationError(COUNT_DOUBTS[key], key, shown))
        doubt = doubt_about(cleaned.get("latitude"), cleaned.get("longitude"))
        if doubt:
            self.add_error("latitude", doubt)
        return cleaned


def schemes_for(village: Village) -> QuerySet[Scheme]:
    """Return the schemes in use, and those of the village that no longer are."""
    current = village.schemes.order_by().values("pk")
    return Scheme.objects.filter(Q(is_active=True) | Q(pk__in=current))


class VillageForm(VersionedForm, ProposalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.initial["reason"] = self.instance.why
        self.helper.layout.append("version")
        offered = schemes_for(self.instance)
        cast(
            "forms.ModelChoiceField[Scheme]", self.fields["schemes"]
        ).queryset = offered

    def clean_reason(self) -> str:
        return typed_reason(self.cleaned_data["reason"], self.instance.reason)


class VillageContactForm(PortalForm, VersionedForm, forms.ModelForm[VillageContact]):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    #: asked only when the village has a contact of this name
    is_another = forms.BooleanField(
        label=_("This is another person: save the contact, too"),
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = VillageContact
        fields = ("name", "position", "phone")
        labels = {
            "name": _("Name"),
            "position": _("Position"),
            "phone": _("Telephone"),
        }
        help_texts = {
            "name": _("As the person is called; one word is enough."),
            "position": _("For example: village secretary."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def clean_is_another(self) -> bool:
        # "Save this as one more" has answered it already.
        return self.cleaned_data["is_another"] or ONE_MORE in self.data

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "is_another":
            ask_last(self, field)
        super().add_error(field, error)
