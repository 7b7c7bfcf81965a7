from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from villages.places.models.regions import Region
from villages.places.querysets import BoundaryQuerySet


class Boundary(models.Model):
    """The outline of a province, regency or district as the map draws it.

    `outline` and `sketch` are lists of rings, each a list of [longitude, latitude];
    `sketch` has fewer points, for maps of a whole island. The portal works without.
    """

    region = models.OneToOneField(
        Region, on_delete=models.CASCADE, primary_key=True, related_name="boundary"
    )
    level = models.PositiveSmallIntegerField(choices=Region.Level.choices)
    outline = models.JSONField()
    sketch = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    objects: ClassVar[models.Manager["Boundary"]] = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        constraints = (
            models.CheckConstraint(
                condition=Q(west__lte=F("east"), south__lte=F("north")),
                name="boundary_box_edges_in_order",
            ),
        )
        indexes = (models.Index(fields=["level", "west"], name="boundary_level_west"),)

    def __str__(self) -> str:
        return self.region_id
