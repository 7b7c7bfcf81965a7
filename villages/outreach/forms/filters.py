from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.models import User
from desabinaan.lib.text.bilingual import in_language
from desabinaan.lib.web.choices import close_filter, hide_filter
from desabinaan.lib.web.date_fields import FilterDayField
from desabinaan.lib.web.forms import ANY, PortalForm
from villages.outreach.models import OutreachActivity, Pillar
from villages.outreach.selectors.activities import in_village, kinds_by_name
from villages.register.forms.fields import VillageField
from villages.register.selectors.register import Choices

USUAL = timedelta(days=365)


class OutreachFilter(PortalForm, forms.Form):
    """Filter of the list of activities; the field names are query parameters."""

    jenis = forms.ChoiceField(label=_("Kind"), required=False)
    pilar = forms.ChoiceField(
        label=_("Pillar"), required=False, choices=[ANY, *Pillar.choices]
    )
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ANY, *OutreachActivity.Status.choices],
    )
    kabupaten = forms.ChoiceField(label=_("Regency or city"), required=False)
    dari = FilterDayField(label=_("From"), required=False)
    sampai = FilterDayField(label=_("To"), required=False)

    def __init__(
        self, *args: Any, user: User, offered: Choices | None = None, **kwargs: Any
    ) -> None:
        """Without `offered` the list is of one village and has no place filters."""
        super().__init__(*args, **kwargs)
        kinds = kinds_by_name().values_list("pk", "name", "name_en")
        self._choices(
            "jenis", [(str(pk), in_language(name, en)) for pk, name, en in kinds]
        )
        if offered and len(offered.regencies) > 1:
            self._choices("kabupaten", offered.regencies)
        else:
            hide_filter(self, "kabupaten", offered.regencies if offered else ())
        if offered is not None:
            self.fields["desa"] = VillageField(
                user, "outreach.view", required=False, help_text=""
            )

    def _choices(self, name: str, pairs: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [ANY, *pairs]

    def narrow(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Return the rows that match the filters."""
        asked = self.cleaned_data
        for name, column in (
            ("jenis", "kind_id"),
            ("pilar", "pillar"),
            ("status", "status"),
            ("dari", "starts_at__date__gte"),
            ("sampai", "starts_at__date__lte"),
        ):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if asked.get("kabupaten"):
            rows = in_village(rows, village__regency=asked["kabupaten"])
        if asked.get("desa"):
            rows = in_village(rows, village=asked["desa"])
        return rows


class LearningFilter(OutreachFilter):
    """Filter of held activities; without a period it covers the last year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        close_filter(self, "status")
        self.has_period = False

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        self.has_period = bool(asked.get("dari") or asked.get("sampai"))
        if not self.has_period:
            asked["dari"] = timezone.localdate() - USUAL
        return asked
