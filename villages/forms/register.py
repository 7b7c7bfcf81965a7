from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.forms import PortalForm
from villages.models import Village
from villages.selectors.register import Choices, with_pimpasa

ANY = ("", _("all"))


class RegisterFilter(PortalForm, forms.Form):
    """What narrows the register; the names of its fields stand in the address."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        help_text=_("Name, district or code."),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kabupaten = forms.ChoiceField(label=_("Regency or city"), required=False)
    kantor = forms.ChoiceField(label=_("Office"), required=False)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[ANY, *Village.Status.choices]
    )
    pimpasa = forms.ChoiceField(
        label="PIMPASA",
        required=False,
        choices=[ANY, ("ada", _("with PIMPASA")), ("tanpa", _("without PIMPASA"))],
    )

    def __init__(self, *args: Any, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (
            ("kabupaten", offered.regencies),
            ("kantor", offered.offices),
        ):
            field = self.fields[name]
            if len(pairs) > 1 and isinstance(field, forms.ChoiceField):
                field.choices = [ANY, *pairs]
            else:
                del self.fields[name]

    def narrow(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """The rows that the filters leave; an entry we cannot read narrows nothing."""
        asked = self.cleaned_data
        for name, column in (
            ("kabupaten", "regency_id"),
            ("kantor", "office_id"),
            ("status", "status"),
        ):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if asked.get("pimpasa"):
            rows = with_pimpasa(rows, asked["pimpasa"] == "ada")
        if asked.get("q"):
            rows = rows.matching(asked["q"])  # type: ignore[attr-defined]
        return rows
