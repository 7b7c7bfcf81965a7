"""Bringing the roll-ups of the map in step with the rows."""

from django.db import transaction
from django.utils import timezone

from desabinaan.portal import grid
from desabinaan.portal.models import (
    CoverageRefresh,
    MapCell,
    RegencyCoverage,
    VillageCoverage,
)
from desabinaan.portal.selectors import coverage_rows
from desabinaan.portal.services.rollups import fill, refill, wait_for_others


@transaction.atomic
def refresh_coverage() -> int:
    """The roll-ups equal the rows as they are now; how many villages had changed.

    Readers see the former figures until this is done.
    """
    wait_for_others(CoverageRefresh)
    changed = refill(
        VillageCoverage, coverage_rows.village_rows(), *coverage_rows.VILLAGE
    )
    if changed:
        _refill_rollups()
    CoverageRefresh.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
    return changed


def _refill_rollups() -> None:
    RegencyCoverage.objects.all().delete()
    fill(RegencyCoverage, coverage_rows.regency_rows(), *coverage_rows.REGENCY)
    MapCell.objects.all().delete()
    for zoom in grid.ROLLED_UP:
        fill(MapCell, coverage_rows.cell_rows(zoom), *coverage_rows.CELL)
