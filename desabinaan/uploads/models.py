"""Uploaded lists: the file, its checked rows, and how far they are saved."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.text.bilingual import in_active_language
from desabinaan.lib.web.date_fields import BoundedDateField
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.events import Event
from desabinaan.lib.workflow.versions import Versioned
from desabinaan.uploads.querysets import UploadRowQuerySet


class Upload(models.Model):
    """A list that somebody brought. Each kind of list has a model below this one.

    A pasted list has no `filename`; it is called by the moment when it was pasted, and
    by its `pasted_number` where several were pasted within one minute.

    `columns` maps column names to positions in the sheet. `headings` and `remarks`
    come from reading the file; remarks are pairs [key, details], like the notes of a
    row. What was brought is read once: `file` holds the rows as they were read. It and
    the checked rows are deleted on `delete_on`. `latest_event` is set by the pages.
    """

    latest_event: int

    pasted_name: ClassVar[StrOrPromise] = _("Pasted rows, %(when)s")

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("columns to be checked")
        PREVIEWED = "previewed", _("not saved yet")
        COMMITTING = "committing", _("being saved")
        COMMITTED = "committed", _("saved")
        FAILED = "failed", _("not saved")
        DISCARDED = "discarded", _("discarded")

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    delete_on = BoundedDateField()
    file = models.FileField(upload_to="uploads/%Y", blank=True)
    filename = models.CharField(max_length=150, blank=True)
    pasted_number = models.PositiveSmallIntegerField(default=1, editable=False)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.UPLOADED,
        editable=False,
    )
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    #: whether a blank cell repeats the one above, in the columns where that is usual
    fills_down = models.BooleanField(default=False)
    remarks = models.JSONField(default=list)
    #: whether the first row are headings; None: to be asked
    is_headed = models.BooleanField(null=True, default=True)
    #: why the rows were not saved: language -> sentence
    problem_texts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")
        ordering = ("-uploaded_at", "-id")
        indexes = (
            models.Index(
                fields=["delete_on"],
                name="upload_with_file",
                condition=~Q(file=""),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="failed") | Q(problem_texts={}),
                name="upload_problem_when_failed",
                violation_error_message=_("Only a list that failed has a problem."),
            ),
        )

    def __str__(self) -> str:
        if self.filename:
            return self.filename
        name = self.pasted_name % {"when": local_time(self.uploaded_at)}
        return name if self.pasted_number == 1 else f"{name} ({self.pasted_number})"

    @property
    def problem(self) -> str:
        """Return why the rows were not saved, in the reader's language."""
        return in_active_language(self.problem_texts)


class UploadRow(Versioned):
    """A line of the list with its cells, what it is about, and its check result.

    `problems` and `notes` hold pairs [key, details]; the sentences are composed when
    they are shown, in the reader's language.
    """

    class CheckResult(models.TextChoices):
        READY = "ready", _("ready")
        KNOWN = "known", _("already there")
        DOUBTFUL = "doubtful", _("to be corrected")
        SKIPPED = "skipped", _("skipped")

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")

    parent = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    #: what earlier rows say in columns that may repeat the cell above
    above = models.JSONField(default=dict)
    #: what the row is about, such as the code of a village; blank if unknown
    subject = models.CharField(max_length=40, blank=True)
    #: the candidate that a user chose; it counts before the cells
    chosen = models.CharField(max_length=40, blank=True)
    #: rows with the same question get the same answer; blank: asked by itself
    question = models.CharField(max_length=200, blank=True)
    #: how sure the subject is, in percent, where names are compared
    confidence = models.PositiveSmallIntegerField(
        null=True, validators=[MaxValueValidator(100)]
    )
    candidates = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    check_result = models.CharField(
        max_length=8, choices=CheckResult.choices, default=CheckResult.DOUBTFUL
    )
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)

    objects: ClassVar[models.Manager["UploadRow"]] = UploadRowQuerySet.as_manager()

    class Meta:
        ordering = ("line",)
        constraints = (
            models.UniqueConstraint(
                fields=["parent", "line"],
                name="upload_row_once",
                violation_error_message=_("The list already has this line."),
            ),
            models.CheckConstraint(
                condition=~Q(check_result="ready") | Q(problems=[]),
                name="upload_row_ready_without_problems",
                violation_error_message=_("A ready row has no problems."),
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__lte=100),
                name="upload_row_confidence_in_percent",
                violation_error_message=_("Confidence is a percentage."),
            ),
        )
        indexes = (
            models.Index(
                fields=["parent", "check_result", "line"], name="upload_row_result"
            ),
            models.Index(fields=["parent", "subject"], name="upload_row_subject"),
            models.Index(fields=["parent", "question"], name="upload_row_question"),
        )

    def __str__(self) -> str:
        return str(self.line)

    @property
    def offered(self) -> list[str]:
        """Return the candidates, and the chosen one once the choice is made."""
        return list(dict.fromkeys([*self.candidates, *filter(None, [self.chosen])]))


class UploadProgress(models.Model):
    """How many rows are saved; written outside the transaction that saves them."""

    parent = models.OneToOneField(
        Upload, on_delete=models.CASCADE, primary_key=True, related_name="progress"
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


class UploadEvent(Event):
    """A step in the history of a list."""

    parent = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        abstract = False
