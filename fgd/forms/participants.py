"""Invitations, delegates and attendance."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.forms import PortalForm
from fgd.forms.choices import answers
from fgd.forms.phones import PhoneField
from fgd.models import Agency, Attendance, Delegate, Invitation
from fgd.selectors.participants import UNLISTED, Choices
from villages.forms.fields import VillagesField


class InviteForm(PortalForm, forms.Form):
    """Who is called by one letter."""

    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.confirmed(),
        label=gettext_lazy("Agencies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    all_villages = forms.BooleanField(
        label=gettext_lazy("All designated villages of the host's area"),
        required=False,
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Seats for each"),
        initial=2,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    letter_number = forms.CharField(
        label=gettext_lazy("Letter number"), required=False, max_length=100
    )

    def __init__(
        self, data: Any = None, *, user: Actor, agencies: Sequence[Agency]
    ) -> None:
        super().__init__(data)
        self.listed = agencies
        answers(self, "agencies").choices = [(row.pk, row.name) for row in agencies]
        self.fields["villages"] = VillagesField(
            user, "village.view", required=False, label=_("Villages")
        )
        self.fields["villages"].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = ("agencies", "villages", "all_villages")
        if not self.errors and not any(typed.get(name) for name in chosen):
            raise ValidationError(_("Choose at least one agency or village."))
        return typed

    def agencies_by_kind(self) -> list[tuple[str, list[BoundWidget]]]:
        """The boxes under their field of work."""
        kinds = {str(row.pk): str(row.get_kind_display()) for row in self.listed}
        groups: dict[str, list[BoundWidget]] = defaultdict(list)
        for box in self["agencies"].subwidgets:
            groups[kinds[str(box.data["value"])]].append(box)
        return sorted(groups.items())


class InvitationForm(PortalForm, forms.ModelForm[Invitation]):
    """The seats and the letter of one invitation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Invitation
        fields = ("seats", "letter_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class PersonForm(PortalForm, forms.Form):
    """One person: typed, pasted, or walked in."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    position = forms.CharField(
        label=gettext_lazy("Position"), required=False, max_length=120
    )
    party = forms.ChoiceField(label=gettext_lazy("Sent by"))
    new_agency = forms.CharField(
        label=gettext_lazy("Agency not in the list"),
        required=False,
        max_length=150,
        help_text=gettext_lazy(
            "Only when the list lacks it. An administrator confirms it."
        ),
    )
    phone = PhoneField(label=gettext_lazy("Telephone"), required=False)

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unlisted = (UNLISTED, _("an agency that is not in the list"))
        answers(self, "party").choices = [("", _("– choose –")), *parties, unlisted]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_new = typed.get("party") == UNLISTED
        if is_new and not typed.get("new_agency") and not self.errors:
            self.add_error("new_agency", _("Type the name of the agency."))
        if not is_new:
            typed["new_agency"] = ""
        return typed

    def person(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        party = typed["party"]
        return {
            "name": typed["name"],
            "position": typed["position"],
            "phone": typed["phone"],
            "agency_id": int(party[1:]) if party.startswith("a") else None,
            "village_id": int(party[1:]) if party.startswith("v") else None,
            "new_agency": typed["new_agency"],
        }


class DelegateForm(PersonForm):
    """One person with mandate and role."""

    mandate = forms.ChoiceField(
        label=gettext_lazy("Mandate"),
        choices=Delegate.Mandate.choices,
        initial=Delegate.Mandate.REPRESENT,
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Delegate.Part.choices,
        initial=Delegate.Part.PARTICIPANT,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def person(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().person() | {"mandate": typed["mandate"], "part": typed["part"]}


class AttendanceForm(PortalForm, forms.Form):
    """Who came, ticked on the list that was shown."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        choices=Attendance.Source.choices,
        initial=Attendance.Source.MANUAL,
    )
    arrived = forms.TimeField(
        label=gettext_lazy("Arrived at"),
        required=False,
        help_text=gettext_lazy("Leave empty for now, or for the session's beginning."),
    )
    present = forms.TypedMultipleChoiceField(coerce=int, required=False)
    shown = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: Any = None, *, delegates: Sequence[Delegate]) -> None:
        super().__init__(data)
        listed = [(row.pk, row.name) for row in delegates]
        answers(self, "present").choices = listed
        answers(self, "shown").choices = listed


class MergeDelegatesForm(PortalForm, forms.Form):
    """Under which row the same person stands a second time."""

    into = forms.TypedChoiceField(
        label=gettext_lazy("The row that stays"),
        coerce=int,
        help_text=gettext_lazy("Rows of the same name stand first."),
    )

    def __init__(self, data: Any = None, *, twins: Sequence[Delegate]) -> None:
        super().__init__(data)
        listed = [(row.pk, f"{row.name}, {row.party}") for row in twins]
        answers(self, "into").choices = [("", _("– choose –")), *listed]
