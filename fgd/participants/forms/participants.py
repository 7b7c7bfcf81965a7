"""Invitations, delegates and attendance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folding import folded
from desabinaan.lib.web.choices import answers
from desabinaan.lib.web.date_fields import ClockField
from desabinaan.lib.web.forms import PortalForm, WholeNumberField, ask_last
from desabinaan.lib.web.shared_lists import SharedListForm
from desabinaan.lib.web.telephone_fields import TelephoneFormField
from fgd.agencies.forms.agencies import SimilarAgenciesMixin
from fgd.agencies.models import Agency
from fgd.agencies.names_of_villages import refuse_names_of_villages
from fgd.participants.models import Attendance, Delegate, Invitation
from fgd.participants.selectors.participants import UNLISTED, Choices
from villages.register.forms.fields import VillagesField
from villages.register.models import Village


class InviteForm(PortalForm, forms.Form):
    """The parties invited by one letter."""

    marks: ClassVar = {
        "villages": gettext_lazy("invite at least one agency or village")
    }

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
    seats = WholeNumberField(
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

    def invitations(self, in_reach: Iterable[Village]) -> dict[str, Any]:
        """Return the arguments of services.invite.

        `in_reach` are the villages meant by "all designated villages".
        """
        typed = self.cleaned_data
        villages = {village.pk: village for village in typed["villages"]}
        if typed["all_villages"]:
            villages |= {village.pk: village for village in in_reach}
        return {
            "agencies": typed["agencies"],
            "villages": list(villages.values()),
            "seats": typed["seats"],
            "letter_number": typed["letter_number"],
        }

    def agencies_by_kind(self) -> list[tuple[str, list[BoundWidget]]]:
        """Return the checkboxes grouped by field of work."""
        kinds = {str(row.pk): str(row.get_kind_display()) for row in self.listed}
        groups: dict[str, list[BoundWidget]] = defaultdict(list)
        for box in self["agencies"].subwidgets:
            groups[kinds[str(box.data["value"])]].append(box)
        return sorted(groups.items(), key=lambda group: folded(group[0]))


class InvitationForm(PortalForm, forms.ModelForm[Invitation]):
    """The seats and the letter of one invitation."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Invitation
        fields = ("seats", "letter_number")
        field_classes = {"seats": WholeNumberField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def invitation(self) -> dict[str, Any]:
        """Return the arguments of services.change_invitation."""
        return self.cleaned_data | {"version": self.cleaned_data["version"] or 0}


class PersonForm(PortalForm, SimilarAgenciesMixin, forms.Form):
    """One delegate: name, position, party, telephone."""

    marks: ClassVar = {"new_agency": gettext_lazy("needed if the list lacks it")}

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    position = forms.CharField(
        label=gettext_lazy("Position"), required=False, max_length=120
    )
    party = forms.ChoiceField(label=gettext_lazy("Sent by"))
    new_agency = forms.CharField(
        label=gettext_lazy("Agency not in the list"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("An administrator confirms it."),
    )
    phone = TelephoneFormField(label=gettext_lazy("Telephone"), required=False)
    is_somebody_else = forms.BooleanField(
        label=gettext_lazy("This is somebody else of the same name"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unlisted = (UNLISTED, _("an agency that is not in the list"))
        answers(self, "party").choices = [("", _("– choose –")), *parties, unlisted]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_new = typed.get("party") == UNLISTED
        if is_new and not typed.get("new_agency") and not self.errors:
            self.add_error("new_agency", _("Type the name of the agency."))
        if is_new:
            self._refuse_village(typed.get("new_agency", ""))
            self.ask_about_similar(typed.get("new_agency", ""))
        else:
            typed["new_agency"] = ""
        return typed

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "is_somebody_else":
            ask_last(self, field)

    def _refuse_village(self, name: str) -> None:
        """Refuse the name of a village, and say where it can be chosen."""
        try:
            refuse_names_of_villages([name])
        except ValidationError as refusal:
            where = _("Add people of a village under “Paste delegates”.")
            self.add_error("new_agency", [*refusal.messages, where])

    def person(self) -> dict[str, Any]:
        """Return the fields of services.Person."""
        typed = self.cleaned_data
        party = typed["party"]
        return {
            "name": typed["name"],
            "position": typed["position"],
            "phone": typed["phone"],
            "agency_id": int(party[1:]) if party.startswith("a") else None,
            "village_id": int(party[1:]) if party.startswith("v") else None,
            "new_agency": typed["new_agency"],
            "is_somebody_else": typed["is_somebody_else"],
        }


class DelegateForm(PersonForm):
    """One delegate with mandate and role."""

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


class PeopleField(forms.TypedMultipleChoiceField):
    """Ids of people; those who are no longer on the list are dropped by the service."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, required=False, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal() and len(str(value)) < 19


class AttendanceForm(SharedListForm):
    """The delegates ticked as present, and those whom the page showed as present."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        choices=Attendance.Source.choices,
        initial=Attendance.Source.MANUAL,
    )
    arrived = ClockField(
        label=gettext_lazy("Arrived at"),
        required=False,
        help_text=gettext_lazy(
            "Leave empty if the person arrives now or was there from the beginning."
        ),
    )

    def __init__(self, data: Any = None, *, present: Iterable[int] = ()) -> None:
        super().__init__(data)
        self.add_entry("present", PeopleField(initial=list(present)))

    def ticked(self) -> set[int]:
        """Return the ids of the people that the page shows with a tick."""
        return self._ids(self["present"].value())

    def shown_present(self) -> set[int]:
        """Return the ids of the people whom the page showed as present."""
        if not self.is_bound:
            return self.ticked()
        return self._ids(self.shown_value("present"))

    def _ids(self, values: Iterable[Any] | None) -> set[int]:
        valid = PeopleField().valid_value
        return {int(value) for value in values or () if valid(value)}


class MergeDelegatesForm(PortalForm, forms.Form):
    """The other row of the same person."""

    into = forms.TypedChoiceField(
        label=gettext_lazy("The row that stays"),
        coerce=int,
        help_text=gettext_lazy("Rows with the same name come first."),
    )

    def __init__(self, data: Any = None, *, candidates: Sequence[Delegate]) -> None:
        super().__init__(data)
        listed = [(row.pk, f"{row.name}, {row.party}") for row in candidates]
        answers(self, "into").choices = [("", _("– choose –")), *listed]
