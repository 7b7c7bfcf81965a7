from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from desabinaan.uploads.forms.start import UploadForm
from villages.places.models import Office


class ListUploadForm(UploadForm):
    """The uploaded list and its office, unless the user has only one."""

    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Office"))
    field_order = ("office", "file")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        self.fields["file"].label = gettext_lazy("List of villages")
        if len(offices) == 1:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def chosen_office(self) -> Office:
        """Return the chosen office, or the only one."""
        chosen = self.cleaned_data.get("office")
        return chosen if isinstance(chosen, Office) else self.offices[0]
