"""Importing outlines of regions."""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from villages.places.boundary_files import FileOptions, Outline, read_outlines
from villages.places.models import Boundary, Region
from villages.places.outlines import box_of, simplified

BATCH = 500
#: degrees by which an outline may deviate, by level, and a sketch at any level
TOLERANCE = {1: 0.01, 2: 0.004, 3: 0.002, 4: 0.001}
SKETCHED = 0.02


@transaction.atomic
def import_boundaries(path: Path, options: FileOptions) -> Sequence[Outline]:
    """Import all outlines of a file, or none; return them.

    Outlines that the file does not name stay. Raises
    `villages.places.boundary_files.BadBoundaryFile`.
    """
    levels = dict(Region.objects.values_list("code", "level"))
    outlines = read_outlines(path, levels, options)
    Boundary.objects.bulk_create(
        (_boundary(outline, levels[outline.code]) for outline in outlines),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=["level", "outline", "sketch", "west", "south", "east", "north"],
    )
    return outlines


def _boundary(outline: Outline, level: int) -> Boundary:
    return Boundary(
        region_id=outline.code,
        level=level,
        outline=simplified(outline.rings, TOLERANCE[level]),
        sketch=simplified(outline.rings, SKETCHED),
        **box_of(outline.rings)._asdict(),
    )
