"""Letters of assignment, their end, and what narrows the zoning of an office."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.lib.files import PDF, CleanFile, clean_upload
from desabinaan.lib.forms import ANY, DayField, PortalForm
from villages.forms.designations import PDF_ENTRY
from villages.forms.fields import VillagesField, VillagesInput
from villages.models import Village
from villages.querysets import VillageQuerySet
from villages.selectors.zoning import (
    Area,
    Officer,
    in_district,
    served_by,
    without_officer,
)

ALONE = "tanpa"


class AssignmentForm(PortalForm, forms.Form):
    """Who serves as PIMPASA, by which letter. `person` cleans to the account."""

    person = forms.ChoiceField(
        label=gettext_lazy("Officer"),
        help_text=gettext_lazy(
            "Somebody is missing? Request an account for the person first."
        ),
        error_messages={
            "invalid_choice": gettext_lazy(
                "Your office knows no open account of this name. "
                "Check it, or request an account for the person."
            )
        },
    )
    number = forms.CharField(
        label=gettext_lazy("Letter of assignment"),
        max_length=100,
        help_text=gettext_lazy("Its number, for example W.12-0451/2026."),
    )
    starts_on = DayField(label=gettext_lazy("From"))
    ends_on = DayField(label=gettext_lazy("To"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Letter as PDF"),
        help_text=gettext_lazy("At most 10 MB."),
        required=False,
        widget=forms.FileInput(attrs=PDF_ENTRY),
    )

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {officer.username: officer for officer in officers}
        names = [(key, f"{who} ({key})") for key, who in self.officers.items()]
        choose(self, "person", [("", _("– choose –")), *names])

    def clean_person(self) -> User:
        return self.officers[self.cleaned_data["person"]]

    def clean_file(self) -> CleanFile | None:
        upload = self.cleaned_data["file"]
        return clean_upload(upload, PDF) if upload else None


class Boxes(forms.MultipleChoiceField):
    """Boxes that may all stay empty as long as villages are typed: the form asks."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class LetterForm(AssignmentForm):
    """One letter for several villages: ticked, or typed. Cleans to a list of them."""

    villages = Boxes(
        label=gettext_lazy("Villages"),
        help_text=gettext_lazy("Those without an officer come first."),
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("person", "villages", "more_villages")

    def __init__(
        self, *args: Any, user: Actor, offered: Sequence[Village], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(village.pk): village for village in offered}
        self.fields["more_villages"] = VillagesField(
            user,
            "assignment.change",
            label=gettext_lazy("More villages"),
            required=False,
            widget=VillagesInput(attrs={"rows": 2}),
            help_text=gettext_lazy(
                "Name or code of villages that are not listed above, one per line."
            ),
        )
        boxes = [
            (key, _with_officers(village)) for key, village in self.offered.items()
        ]
        choose(self, "villages", boxes)
        if not boxes:
            del self.fields["villages"]
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked = [self.offered[key] for key in cleaned.get("villages", ())]
        typed = cleaned.get("more_villages") or []
        cleaned["villages"] = [*ticked, *typed]
        if not cleaned["villages"] and "more_villages" not in self.errors:
            where = "villages" if "villages" in self.fields else "more_villages"
            raise ValidationError({where: _("Tick at least one village.")})
        return cleaned


class EndAssignmentForm(PortalForm, forms.Form):
    """`others` are the further villages of the same letter, if there are any."""

    ends_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("From the day after, the role is over."),
    )
    whole_letter = forms.BooleanField(required=False)

    def __init__(self, *args: Any, others: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["whole_letter"]
            return
        self.fields["whole_letter"].label = _("The whole letter ends")
        self.fields["whole_letter"].help_text = _("Also in: %(villages)s.") % {
            "villages": "; ".join(others)
        }


class ZoneChoice(PortalForm, forms.Form):
    """Of which office, and where in its area; the names stand in the address."""

    kantor = forms.ChoiceField(label=gettext_lazy("Office"), required=False)
    kecamatan = forms.ChoiceField(label=gettext_lazy("District"), required=False)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(str(one.pk), one.short_name) for one in area.offices]
        choose(self, "kantor", offices)
        choose(self, "kecamatan", [ANY, *area.districts])
        if len(offices) < 2:
            del self.fields["kantor"]

    def narrow(self, villages: VillageQuerySet) -> VillageQuerySet:
        """The villages that the filters leave; an unreadable entry narrows nothing."""
        district = self.cleaned_data.get("kecamatan")
        return in_district(villages, district) if district else villages


class ZoningFilter(ZoneChoice):
    petugas = forms.ChoiceField(label=gettext_lazy("Officer"), required=False)

    def __init__(self, *args: Any, officers: Sequence[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.name) for one in officers]
        choose(self, "petugas", [ANY, (ALONE, _("without an officer")), *named])

    def narrow(self, villages: VillageQuerySet) -> VillageQuerySet:
        villages = super().narrow(villages)
        officer = self.cleaned_data.get("petugas")
        if officer == ALONE:
            return without_officer(villages)
        return served_by(villages, int(officer)) if officer else villages


def choose(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _with_officers(village: Village) -> str:
    officers: list[str] = getattr(village, "officer_names", [])
    return f"{village} – {', '.join(officers) or _('without an officer')}"
