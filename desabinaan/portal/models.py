from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.portal.querysets import CoverageQuerySet
from villages.places.models import Office, Region
from villages.register.models import Village

#: the rows come from the villages' own, whose keys are checked: once is enough
POINTER: dict[str, Any] = {
    "on_delete": models.CASCADE,
    "related_name": "+",
    "db_constraint": False,
}


class Coverage(models.Model):
    """How many villages of one kind are covered; `grid` explains x and y.

    Every row counts villages that share office, regency, state and whether a
    PIMPASA serves them; `owed` counts those that owed last month's report.
    `services.refresh_coverage` writes these tables, nobody else.
    """

    office = models.ForeignKey(Office, **POINTER)
    regency = models.ForeignKey(Region, **POINTER)
    status = models.CharField(max_length=10, choices=Village.Status.choices)
    has_officer = models.BooleanField()
    villages = models.PositiveIntegerField(default=1)
    visited = models.PositiveIntegerField()
    reported = models.PositiveIntegerField()
    owed = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Coverage"]] = CoverageQuerySet.as_manager()

    class Meta:
        abstract = True


class VillageCoverage(Coverage):
    """One village, the finest of the roll-ups: each count is 0 or 1."""

    village = models.OneToOneField(
        Village, on_delete=models.CASCADE, primary_key=True, related_name="coverage"
    )
    x = models.IntegerField(null=True)
    y = models.IntegerField(null=True)
    last_visited_on = BoundedDateField(null=True)

    class Meta(Coverage.Meta):
        abstract = False
        verbose_name = _("coverage of a village")
        indexes = (models.Index(fields=["x", "y"], name="village_coverage_place"),)

    def __str__(self) -> str:
        return str(self.village_id)


class RegencyCoverage(Coverage):
    """The figures of a regency, and the box of its located villages."""

    located = models.PositiveIntegerField()
    left = models.IntegerField(null=True)
    top = models.IntegerField(null=True)
    right = models.IntegerField(null=True)
    bottom = models.IntegerField(null=True)

    class Meta(Coverage.Meta):
        abstract = False
        verbose_name = _("coverage of a regency")
        indexes = (models.Index(fields=["office"], name="regency_coverage_office"),)

    def __str__(self) -> str:
        return self.regency_id


class MapCell(Coverage):
    """A cell of the map at one zoom; `x_sum` and `y_sum` give its centre."""

    zoom = models.PositiveSmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    x_sum = models.BigIntegerField()
    y_sum = models.BigIntegerField()
    #: the village when the cell holds one, else any of them
    village = models.ForeignKey(Village, **POINTER)

    class Meta(Coverage.Meta):
        abstract = False
        verbose_name = _("cell of the map")
        indexes = (models.Index(fields=["zoom", "x", "y"], name="map_cell_place"),)

    def __str__(self) -> str:
        return f"{self.zoom}/{self.x}/{self.y}"


class CoverageRefresh(models.Model):
    """When the roll-ups were last updated; a single row."""

    at = BoundedDateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("refresh of the coverage")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
