"""The scores of villages, the deeds around them, and the long runs of the worker."""

from collections.abc import Set
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.events import Event
from villages.models.indicators import Band
from villages.models.regions import Office
from villages.models.villages import Village
from villages.models.vulnerability import VulnerabilityModel
from villages.querysets import VulnerabilityScoreQuerySet

POINTS_ADD_UP = """
SELECT coalesce(sum((part ->> 'points')::integer), 0) INTO total
FROM jsonb_array_elements(NEW.contributions) AS part;
IF total <> NEW.value THEN
    RAISE EXCEPTION 'the points of a vulnerability score add up to %, not %',
        total, NEW.value;
END IF;
RETURN NEW;
"""


class VulnerabilityScore(models.Model):
    """What one model said of a village on one day, with every contribution.

    `value` and `at_most` are tenths of a point: 0 to 1000. `contributions` holds for
    each indicator of the model {indicator, weight, points, state, input, value, as_of,
    stale_from}. Only which one is the latest of its village ever changes.
    """

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="vulnerability_scores"
    )
    model = models.ForeignKey(
        VulnerabilityModel, on_delete=models.PROTECT, related_name="scores"
    )
    period = models.DateField()
    reckoned_on = models.DateField()
    value = models.PositiveSmallIntegerField()
    at_most = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=7, choices=Band.choices)
    contributions = models.JSONField()
    is_latest = models.BooleanField(default=True)
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    computed_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["VulnerabilityScore"]] = (
        VulnerabilityScoreQuerySet.as_manager()
    )

    class Meta:
        ordering = ("-computed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(is_latest=True),
                name="vulnerability_score_one_latest",
            ),
            models.CheckConstraint(
                condition=Q(
                    value__lte=F("at_most"), at_most__lte=1000, confidence__lte=100
                ),
                name="vulnerability_score_within_bounds",
            ),
        )
        indexes = (
            models.Index(
                fields=["value", "id"],
                condition=Q(is_latest=True),
                name="vulnerability_score_value",
            ),
            models.Index(
                fields=["confidence", "id"],
                condition=Q(is_latest=True),
                name="vulnerability_score_confidence",
            ),
            models.Index(
                fields=["band", "value", "id"],
                condition=Q(is_latest=True),
                name="vulnerability_score_band",
            ),
            models.Index(
                fields=["village", "-computed_at", "-id"],
                name="vulnerability_score_history",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="points_add_up",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("total", "integer")],
                func=POINTS_ADD_UP,
            ),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["is_latest"]),
            ),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.reckoned_on}"


class VulnerabilityEvent(Event):
    """A deed on a model, or on what is known of a village.

    Apart from a village's own record, which its officials read.
    """

    model = models.ForeignKey(
        VulnerabilityModel, on_delete=models.PROTECT, null=True, related_name="events"
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        related_name="vulnerability_events",
    )

    class Meta(Event.Meta):
        abstract = False
        constraints = (
            models.CheckConstraint(
                condition=Q(model__isnull=False, village=None)
                | Q(model=None, village__isnull=False),
                name="vulnerability_event_on_one_thing",
            ),
        )
        indexes = (
            models.Index(
                fields=["model", "-occurred_at", "-id"],
                name="vulnerability_event_model",
            ),
            models.Index(
                fields=["village", "-occurred_at", "-id"],
                name="vulnerability_event_village",
            ),
        )


class ScoringRun(models.Model):
    """All villages of a Kanwil scored anew by the worker, one batch after the other.

    `reached` is the last village that is done, so that a new worker goes on there.
    """

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="scoring_runs"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    reached = models.BigIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(finished_at=None),
                name="scoring_run_one_at_a_time",
                violation_error_message=_("The scores are being made anew already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)
