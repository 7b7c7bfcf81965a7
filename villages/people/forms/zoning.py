import json
from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.models import User
from desabinaan.lib.web.choices import choose
from desabinaan.lib.web.forms import ANY
from villages.people.selectors.zoning import (
    Area,
    Officer,
    in_district,
    served_by,
    without_officer,
)
from villages.places.forms import OfficeChoice
from villages.register.forms.assignments import PimpasaAssignmentForm
from villages.register.forms.fields import VillagesField, VillagesInput
from villages.register.models import Village
from villages.register.querysets import VillageQuerySet

WITHOUT_OFFICER = "tanpa"


class Boxes(forms.MultipleChoiceField):
    """Checkboxes that may all stay empty; the form requires a village in clean()."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class LetterForm(PimpasaAssignmentForm):
    """One letter for several villages; `villages` cleans to ticked and typed ones."""

    marks: ClassVar = {
        "more_villages": gettext_lazy("may stay empty if one is ticked"),
    }

    villages = Boxes(
        label=gettext_lazy("Villages"),
        help_text=gettext_lazy("Those without an officer come first."),
        widget=forms.CheckboxSelectMultiple,
    )

    shown_officers = forms.JSONField(widget=forms.HiddenInput, required=False)

    field_order = ("person", "villages", "more_villages")

    def __init__(
        self, *args: Any, user: User, offered: Sequence[Village], **kwargs: Any
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
        nobody = _("without an officer")
        boxes = [
            (key, f"{village} – {_officers(village) or nobody}")
            for key, village in self.offered.items()
        ]
        choose(self, "villages", boxes)
        self.initial["shown_officers"] = self._officers_now()
        if not boxes:
            self._ask_for_typed_villages()
        self.order_fields(self.field_order)
        self.kept_for(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked = [self.offered[key] for key in cleaned.get("villages", ())]
        typed = cleaned.get("more_villages") or []
        cleaned["villages"] = [*ticked, *typed]
        if not cleaned["villages"] and "more_villages" not in self.errors:
            raise ValidationError({"villages": _("Tick at least one village.")})
        self._point_out_new_officers(cleaned.get("shown_officers"), ticked)
        return cleaned

    def _ask_for_typed_villages(self) -> None:
        """Ask for villages in one field alone where none is offered to tick."""
        del self.fields["villages"]
        typed = self.fields["more_villages"]
        typed.required, typed.label = True, _("Villages")
        typed.help_text = _("Name or code, one village per line.")
        self.add_field("more_villages", typed)

    def _officers_now(self) -> dict[str, str]:
        return {key: _officers(village) for key, village in self.offered.items()}

    def _point_out_new_officers(self, shown: Any, ticked: Sequence[Village]) -> None:
        """Ask again about ticked villages whose officers changed since the page."""
        if not isinstance(shown, dict):
            return
        for village in ticked:
            officers = _officers(village)
            if shown.get(str(village.pk)) != officers:
                text = _(
                    "%(village)s: the officers are now %(officers)s. Send the letter "
                    "again if it is still right."
                )
                values = {"village": village, "officers": officers or _("nobody")}
                self.add_error("villages", text % values)
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("shown_officers")] = json.dumps(self._officers_now())
        self.data = data


def _officers(village: Village) -> str:
    return ", ".join(getattr(village, "officer_names", []))


class ZoneChoice(OfficeChoice):
    """Choose an office and a district; the field names appear in the address."""

    kecamatan = forms.ChoiceField(label=gettext_lazy("District"), required=False)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, offices=area.offices, **kwargs)
        choose(self, "kecamatan", [ANY, *area.districts])

    def narrow(self, villages: VillageQuerySet) -> VillageQuerySet:
        """Return the villages that match the filters."""
        district = self.cleaned_data.get("kecamatan")
        return in_district(villages, district) if district else villages


class ZoningFilter(ZoneChoice):
    petugas = forms.ChoiceField(label=gettext_lazy("Officer"), required=False)

    def __init__(self, *args: Any, officers: Sequence[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), one.name) for one in officers]
        choose(
            self, "petugas", [ANY, (WITHOUT_OFFICER, _("without an officer")), *named]
        )

    def narrow(self, villages: VillageQuerySet) -> VillageQuerySet:
        villages = super().narrow(villages)
        officer = self.cleaned_data.get("petugas")
        if officer == WITHOUT_OFFICER:
            return without_officer(villages)
        return served_by(villages, int(officer)) if officer else villages
