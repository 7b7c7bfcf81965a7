"""Whether a point may lie in a regency; a mistyped digit lands on another island."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from villages.places.extents import Box, extent_of
from villages.places.models import Boundary
from villages.register.models import Village

#: code of the refusal of a far point
FAR = "far_point"
#: degrees: small islands lie beyond the outline, houses beyond the known centroids
AROUND_OUTLINE, AROUND_CENTROIDS = 0.2, 0.3


def boxes_of(regencies: Iterable[str]) -> Mapping[str, Box]:
    """Return a box by regency code, around its outline or its villages; one query.

    A regency of an unknown province without an outline has none.
    """
    wanted = set(regencies)
    rows = Boundary.objects.filter(pk__in=wanted).values_list("pk", *Box._fields)
    outlines = {code: Box(*edges).widened(AROUND_OUTLINE) for code, *edges in rows}
    extents = {
        code: box.widened(AROUND_CENTROIDS)
        for code in wanted
        if (box := extent_of(code)) is not None
    }
    return extents | outlines


def refuse_far(
    regency: str, name: str, facts: Mapping[str, Any], saved: Village | None = None
) -> None:
    """Raise ValidationError (code FAR) when the point lies outside the regency.

    Not for a point that is saved already, nor when `facts` say `point_is_right`.
    """
    point = facts.get("latitude"), facts.get("longitude")
    if point[0] is None or facts.get("point_is_right"):
        return
    if saved is not None and point == (saved.latitude, saved.longitude):
        return
    box = boxes_of([regency]).get(regency)
    if box is not None and box.misses(facts):
        message = _("This place lies far from %(regency)s. Check both numbers.")
        refusal = ValidationError(message, FAR, {"regency": name})
        raise ValidationError({"latitude": refusal})
