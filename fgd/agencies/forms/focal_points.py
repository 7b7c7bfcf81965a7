"""A row of a list of future focal points."""

from django import forms

from fgd.agencies.columns import FOCAL_POINT_COLUMNS
from fgd.agencies.models import Agency
from fgd.agencies.selectors.focal_points import WantedFocalPoint
from villages.people.forms.people_rows import PersonRowForm


class FocalPointRowForm(PersonRowForm):
    agency = forms.CharField(label=FOCAL_POINT_COLUMNS["agency"].label, max_length=150)
    position = forms.CharField(
        label=FOCAL_POINT_COLUMNS["position"].label, max_length=120, required=False
    )

    field_order = tuple(FOCAL_POINT_COLUMNS)

    def wanted(self, subject: Agency) -> WantedFocalPoint:
        names = WantedFocalPoint.__dataclass_fields__.keys() - {"agency"}
        typed = {name: self.cleaned_data[name] for name in names}
        return WantedFocalPoint(agency=subject, **typed)
