"""Forms about offices that the pages of several apps use."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from desabinaan.lib.web.choices import choose, hide_filter
from desabinaan.lib.web.forms import PortalForm
from desabinaan.uploads.forms.start import UploadForm
from villages.places.models import Office


class OfficeChoice(PortalForm, forms.Form):
    """Choose an office, if there are several; the field name appears in the address."""

    kantor = forms.ChoiceField(label=gettext_lazy("Office"), required=False)

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(str(one.pk), one.short_name) for one in offices]
        choose(self, "kantor", pairs)
        if len(pairs) < 2:
            hide_filter(self, "kantor", pairs)


class OfficeUploadForm(UploadForm):
    """An uploaded list and its office, unless the user has only one."""

    office = forms.ModelChoiceField(Office.objects.none(), label=gettext_lazy("Office"))
    field_order = ("office", "file")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = offices
        if len(offices) == 1:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def chosen_office(self) -> Office:
        """Return the chosen office, or the only one."""
        chosen = self.cleaned_data.get("office")
        return chosen if isinstance(chosen, Office) else self.offices[0]
