"""Imports of village lists: an uploaded file, its checked rows, and its progress."""

from collections.abc import Set
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.workflow.events import Event
from villages.imports.querysets import VillageImportQuerySet, VillageImportRowQuerySet
from villages.places.models import Office, Region


class VillageImport(models.Model):
    """An uploaded list; a Kanwil's list designates villages, a Kanim's proposes them.

    `columns` maps column names to positions in the sheet. `headings` and `remarks`
    come from reading the file; remarks are pairs [key, details], like the notes of a
    row. The file and the rows are deleted after 30 days.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("columns to be checked")
        PREVIEWED = "previewed", _("rows to be checked")
        COMMITTING = "committing", _("being saved")
        COMMITTED = "committed", _("saved in the register")
        FAILED = "failed", _("not saved")
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
    #: whether a blank district or regency repeats the one above
    fills_down = models.BooleanField(default=False)
    remarks = models.JSONField(default=list)
    #: why the rows were not saved, in one sentence
    problem = models.TextField(blank=True)

    objects: ClassVar[models.Manager["VillageImport"]] = (
        VillageImportQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("village import")
        verbose_name_plural = _("village imports")
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
                violation_error_message=_("Only a failed import has a problem."),
            ),
        )

    def __str__(self) -> str:
        return self.filename

    @property
    def designates(self) -> bool:
        """Return whether decrees in the list are recorded: only a Kanwil designates."""
        return self.office.kind == Office.Kind.REGIONAL

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)


class VillageImportRow(models.Model):
    """A line of the list with its cells, the matched village and its check result.

    `problems` and `notes` hold pairs [key, details]; the sentences are composed when
    they are shown, in the reader's language.
    """

    class CheckResult(models.TextChoices):
        READY = "ready", _("ready")
        DOUBTFUL = "doubtful", _("to be corrected")
        SKIPPED = "skipped", _("skipped")

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")

    parent = models.ForeignKey(
        VillageImport, on_delete=models.CASCADE, related_name="rows"
    )
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    #: district and regency of the nearest earlier row, where this one has none
    above = models.JSONField(default=dict)
    #: the village that a user chose; it counts before the names in the cells
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
    check_result = models.CharField(
        max_length=8, choices=CheckResult.choices, default=CheckResult.DOUBTFUL
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
                violation_error_message=_("The import already has this line."),
            ),
            models.CheckConstraint(
                condition=~Q(check_result="ready") | Q(region__isnull=False),
                name="village_import_row_ready_names_village",
                violation_error_message=_("A ready row must name its village."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__lte=100),
                name="village_import_row_confidence_in_percent",
                violation_error_message=_("Confidence is a percentage."),
            ),
        )
        indexes = (
            models.Index(
                fields=["parent", "check_result", "line"],
                name="village_import_row_result",
            ),
            models.Index(fields=["parent", "region"], name="village_import_row_region"),
        )

    def __str__(self) -> str:
        return str(self.line)


class VillageImportProgress(models.Model):
    """How many rows are saved; written outside the transaction that saves them."""

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
    """A step in the history of an import."""

    parent = models.ForeignKey(
        VillageImport, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
