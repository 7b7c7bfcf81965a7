"""Bringing the roll-ups of the map in step with the rows."""

from django.db import transaction
from django.utils import timezone

from desabinaan.lib.rollups import fill, refill, wait_for_others
from reports.recap import grid
from reports.recap.models import (
    CoverageRefresh,
    MapCell,
    RegencyCoverage,
    VillageCoverage,
)
from reports.recap.selectors import coverage_rows


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
        _gather_anew()
    CoverageRefresh.objects.update_or_create(pk=1, defaults={"at": timezone.now()})
    return changed


def _gather_anew() -> None:
    RegencyCoverage.objects.all().delete()
    fill(RegencyCoverage, coverage_rows.regency_rows(), *coverage_rows.REGENCY)
    MapCell.objects.all().delete()
    for zoom in grid.ROLLED_UP:
        fill(MapCell, coverage_rows.cell_rows(zoom), *coverage_rows.CELL)
