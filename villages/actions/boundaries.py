"""Taking over outlines of regions."""

from pathlib import Path

from django.db import transaction

from villages.boundary_files import Outline, read_outlines
from villages.models import Boundary, Region
from villages.outlines import box_of, simplified

BATCH = 500
#: degrees that an outline may be off, by level, and a sketch at any level
TOLERANCE = {1: 0.01, 2: 0.004, 3: 0.002, 4: 0.001}
SKETCHED = 0.02


@transaction.atomic
def import_boundaries(path: Path) -> int:
    """The regions of the file have its outlines; how many. All of them or none.

    Outlines that the file does not name stay. Raises
    `villages.boundary_files.BadBoundaryFile`.
    """
    levels = dict(Region.objects.values_list("code", "level"))
    outlines = read_outlines(path, levels)
    Boundary.objects.bulk_create(
        (_boundary(outline, levels[outline.code]) for outline in outlines),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["level", "outline", "sketch", "west", "south", "east", "north"],
    )
    return len(outlines)


def _boundary(outline: Outline, level: int) -> Boundary:
    return Boundary(
        region_id=outline.code,
        level=level,
        outline=simplified(outline.rings, TOLERANCE[level]),
        sketch=simplified(outline.rings, SKETCHED),
        **box_of(outline.rings),
    )
