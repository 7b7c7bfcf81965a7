"""Whether a point may lie in a regency; a mistyped digit lands on another island."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import FloatField, Max, Min
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from villages.places.models import Boundary
from villages.register.models import Village

#: degrees: small islands lie beyond the outline; without one, regencies are wide
AROUND_OUTLINE, AROUND_VILLAGES = 0.2, 3.0


class Box(NamedTuple):
    """Degrees within which the villages of a regency lie."""

    west: float
    south: float
    east: float
    north: float

    def misses(self, facts: Mapping[str, Any]) -> bool:
        """Whether these facts name a point, and it lies outside."""
        latitude, longitude = facts.get("latitude"), facts.get("longitude")
        if latitude is None or longitude is None:
            return False
        across = self.west <= longitude <= self.east
        return not (across and self.south <= latitude <= self.north)

    def widened(self, by: float) -> "Box":
        return Box(self.west - by, self.south - by, self.east + by, self.north + by)


def boxes_of(regencies: Iterable[str]) -> Mapping[str, Box]:
    """Return a box by regency code, around its outline or its villages; two queries.

    A regency without both has none.
    """
    wanted = set(regencies)
    outlines = Boundary.objects.filter(pk__in=wanted).values_list("pk", *Box._fields)
    boxes = {code: Box(*corners).widened(AROUND_OUTLINE) for code, *corners in outlines}
    return _around_villages(wanted - set(boxes)) | boxes


def refuse_far(regency: str, name: str, facts: Mapping[str, Any]) -> None:
    """Raise ValidationError when the point lies clearly outside the regency."""
    box = boxes_of([regency]).get(regency) if facts.get("latitude") else None
    if box is not None and box.misses(facts):
        message = _("This place lies far from %(regency)s. Check both numbers.")
        raise ValidationError({"latitude": message % {"regency": name}})


def _around_villages(regencies: set[str]) -> dict[str, Box]:
    east, north = (Cast(name, FloatField()) for name in ("longitude", "latitude"))
    rows = (
        Village.objects.filter(regency__in=regencies, latitude__isnull=False)
        .order_by()
        .values_list("regency")
        .annotate(w=Min(east), s=Min(north), e=Max(east), n=Max(north))
    )
    return {code: Box(*corners).widened(AROUND_VILLAGES) for code, *corners in rows}
