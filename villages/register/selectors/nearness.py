"""Whether a point may lie in a regency; a mistyped digit lands on another island."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from villages.places.extents import Box, extent_of
from villages.places.models import Boundary

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


def refuse_far(regency: str, name: str, facts: Mapping[str, Any]) -> None:
    """Raise ValidationError when the point lies clearly outside the regency."""
    has_point = facts.get("latitude") is not None
    box = boxes_of([regency]).get(regency) if has_point else None
    if box is not None and box.misses(facts):
        message = _("This place lies far from %(regency)s. Check both numbers.")
        raise ValidationError({"latitude": message % {"regency": name}})
