"""Forms for progress reports and evidence."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desabinaan.accounts.kept_files import KeepsFiles, UploadField, UploadInput
from desabinaan.lib.files.uploads import IMAGE_OR_PDF
from desabinaan.lib.web.choices import answers
from desabinaan.lib.web.date_fields import DayField
from desabinaan.lib.web.forms import PortalForm, WholeNumberField
from fgd.plan.models import Action
from fgd.plan.selectors.evidence import EvidenceVillages
from fgd.plan.selectors.representatives import ReportingParty

ACCEPTED = "image/jpeg,image/png,application/pdf"
FILE_HINT = gettext_lazy("JPG, PNG or PDF, at most 10 MB.")


class ProgressForm(KeepsFiles, PortalForm, forms.Form):
    """Progress: percent, text, date, and optionally a file that shows it."""

    party = forms.ChoiceField(label=gettext_lazy("You report for"))
    percent = WholeNumberField(
        label=gettext_lazy("How far is it, in percent?"),
        help_text=gettext_lazy(
            "0 means not begun, 100 means finished. The lead agency's percentage is "
            "that of the whole action; a village or a supporter reports its own part."
        ),
        min_value=0,
        max_value=100,
    )
    text = forms.CharField(
        label=gettext_lazy("What has been done?"),
        help_text=gettext_lazy(
            "Two or three sentences are enough. No names of victims or witnesses."
        ),
        max_length=4000,
        widget=forms.Textarea,
    )
    occurred_on = DayField(label=gettext_lazy("When did it happen?"))
    file = UploadField(
        IMAGE_OR_PDF,
        label=gettext_lazy("Photo or document that shows it"),
        help_text=FILE_HINT,
        required=False,
        widget=UploadInput(attrs={"accept": ACCEPTED}),
    )
    title = forms.CharField(
        label=gettext_lazy("What does the file show?"),
        max_length=150,
        required=False,
    )

    only_party: ReportingParty | None = None

    def __init__(
        self,
        *args: Any,
        action: Action,
        parties: dict[str, ReportingParty],
        may_attach: bool,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "percent": (
                action.percent if any(one.leads for one in parties.values()) else None
            ),
            "occurred_on": timezone.localdate(),
        }
        super().__init__(*args, **kwargs)
        self.agreed_on = timezone.localdate(action.session.starts_at)
        self._offer(parties)
        if not may_attach:
            del self.fields["file"], self.fields["title"]

    def _offer(self, parties: dict[str, ReportingParty]) -> None:
        if len(parties) == 1:
            del self.fields["party"]
            self.only_party = next(iter(parties.values()))
            return
        # The lead first: its percentage is that of the whole action.
        cast(forms.ChoiceField, self.fields["party"]).choices = [
            (key, one.name if one.is_own else _("on behalf of %s") % one.name)
            for key, one in sorted(parties.items(), key=lambda pair: not pair[1].leads)
        ]

    def clean_occurred_on(self) -> date:
        day: date = self.cleaned_data["occurred_on"]
        if day > timezone.localdate():
            raise ValidationError(
                _("This date is in the future. Enter when it happened.")
            )
        if day < self.agreed_on:
            raise ValidationError(
                _("The action was agreed on %(day)s. Enter that day or a later one."),
                params={"day": date_format(self.agreed_on, "DATE_FORMAT")},
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.only_party:
            data["party"] = self.only_party.key
        return data


class EvidenceForm(KeepsFiles, PortalForm, forms.Form):
    """One piece of evidence: a file, what it shows, and for which village."""

    file = UploadField(
        IMAGE_OR_PDF,
        label=gettext_lazy("Photo or document"),
        help_text=FILE_HINT,
        widget=UploadInput(attrs={"accept": ACCEPTED}),
    )
    title = forms.CharField(
        label=gettext_lazy("What does the file show?"),
        help_text=gettext_lazy("For example: training in the village hall, 20 people."),
        max_length=150,
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Which village does it show?"),
        help_text=gettext_lazy("Officials of this village can then read it, too."),
    )

    def __init__(self, *args: Any, villages: EvidenceVillages, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = answers(self, "village")
        choices = [(str(row.pk), str(row)) for row in villages.villages]
        field.required = not villages.is_optional
        if villages.is_optional:
            choices.insert(0, ("", _("the whole action")))
        field.choices = choices
        if len(choices) == 1:
            self.initial["village"] = choices[0][0]
            field.required, field.widget = False, forms.HiddenInput()
            self.only_village = choices[0][0]

    only_village = ""

    def evidence(self) -> dict[str, Any]:
        """Return the fields of services.EvidenceFile."""
        typed = self.cleaned_data
        village = self.only_village or typed["village"]
        return {
            "file": typed["file"],
            "title": typed["title"],
            "village_id": int(village) if village else None,
        }
