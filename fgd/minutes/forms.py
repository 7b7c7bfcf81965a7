from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.choices import narrow
from desabinaan.lib.web.forms import PortalForm
from fgd.minutes.models import MinutesEntry
from fgd.participants.models import Delegate


class SpeakerField(forms.ModelChoiceField[Delegate]):
    """Choice of a delegate, labelled with name and party."""

    def label_from_instance(self, obj: Delegate) -> str:
        return f"{obj.name} ({obj.party})"


class MinutesForm(PortalForm, forms.ModelForm[MinutesEntry]):
    """One entry of the minutes: a speaker and the text."""

    speaker = SpeakerField(
        Delegate.objects.none(),
        label=gettext_lazy("Speaker"),
        required=False,
        empty_label=gettext_lazy("nobody in particular"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MinutesEntry
        fields = ("speaker", "text")

    def __init__(self, *args: Any, speakers: QuerySet[Delegate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "speaker", speakers)
        if self.instance.pk:
            self.initial["version"] = self.instance.version

    def entry(self) -> dict[str, Any]:
        """Return the arguments of services.add_entry and change_entry."""
        speaker: Delegate | None = self.cleaned_data["speaker"]
        return {
            "text": self.cleaned_data["text"],
            "speaker_id": speaker.pk if speaker else None,
        }
