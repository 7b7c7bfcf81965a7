"""Lists of villages that come as a spreadsheet: kept, judged, mended, taken over."""

from collections.abc import Set
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.events import Event
from villages.models.regions import Office, Region
from villages.querysets import VillageImportQuerySet, VillageImportRowQuerySet


class VillageImport(models.Model):
    """One uploaded list. A Kanwil's list designates, a Kanim's proposes.

    `columns` says which column of the sheet means what; `headings` and `remarks`
    are what the reader found, the latter as pairs like the notes of a row. The file
    itself is forgotten after a while.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("columns to be checked")
        PREVIEWED = "previewed", _("to be looked over")
        APPLYING = "applying", _("being taken over")
        APPLIED = "applied", _("taken over")
        FAILED = "failed", _("not taken over")
        DISCARDED = "discarded", _("discarded")

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="village_imports",
        verbose_name=_("office"),
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file = models.FileField(upload_to="imports/%Y", blank=True)
    filename = models.CharField(max_length=150)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.UPLOADED,
        editable=False,
    )
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    remarks = models.JSONField(default=list)
    #: why it was not taken over, in one sentence
    problem = models.TextField(blank=True)

    objects: ClassVar[models.Manager["VillageImport"]] = (
        VillageImportQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("import of villages")
        verbose_name_plural = _("imports of villages")
        ordering = ("-uploaded_at", "-id")
        indexes = (
            models.Index(
                fields=["office", "-uploaded_at", "-id"], name="village_import_newest"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="failed") | Q(problem=""),
                name="village_import_problem_when_failed",
                violation_error_message=_("Only an import that failed has a problem."),
            ),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def designates(self) -> bool:
        """Whether its decrees count: only a Kanwil designates."""
        return self.office.kind == Office.Kind.REGIONAL

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)


class VillageImportRow(models.Model):
    """A line of the list: its cells, which village is meant, and how sure that is.

    `problems` and `notes` hold pairs [word of the problem, its details]; the
    sentences are made when they are shown.
    """

    class Verdict(models.TextChoices):
        READY = "ready", _("ready")
        DOUBTFUL = "doubtful", _("to be mended")
        LEFT_OUT = "left_out", _("left out")

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")

    parent = models.ForeignKey(
        VillageImport, on_delete=models.CASCADE, related_name="rows"
    )
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    #: the village that somebody chose by hand, whatever the names say
    chosen = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, related_name="+"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confidence = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(100)]
    )
    candidates = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    verdict = models.CharField(
        max_length=8, choices=Verdict.choices, default=Verdict.DOUBTFUL
    )
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    objects: ClassVar[models.Manager["VillageImportRow"]] = (
        VillageImportRowQuerySet.as_manager()
    )

    class Meta:
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(
                fields=["parent", "line"],
                name="village_import_row_once",
                violation_error_message=_("This line stands in the import already."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="ready") | Q(region__isnull=False),
                name="village_import_row_ready_names_village",
                violation_error_message=_("A line that is ready names its village."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__lte=100),
                name="village_import_row_confidence_in_percent",
                violation_error_message=_("Confidence is a percentage."),
            ),
        )
        indexes = (
            models.Index(
                fields=["parent", "verdict", "line"], name="village_import_row_verdict"
            ),
            models.Index(fields=["parent", "region"], name="village_import_row_region"),
        )

    def __str__(self) -> str:
        return str(self.line)


class VillageImportProgress(models.Model):
    """How many rows the worker has written, told beside its own transaction."""

    parent = models.OneToOneField(
        VillageImport,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="progress",
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


class VillageImportEvent(Event):
    """A deed on an import."""

    parent = models.ForeignKey(
        VillageImport, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
