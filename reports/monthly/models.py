from collections.abc import Set
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.lib.workflow.events import Event
from reports.monthly.querysets import WAITING_FOR_VILLAGE, ReportSlotQuerySet
from villages.places.models import Office
from villages.register.models import Village

#: the figures of the form in its order, group by group, each with its heading
FIGURE_GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (
        _("Activities in the village"),
        (
            "outreach_held",
            "people_reached",
            "coordination_meetings",
            "office_questions",
        ),
    ),
    (
        _("Job offers and departures"),
        (
            "job_offers_heard",
            "new_recruiters_seen",
            "departures_known",
            "departures_undocumented",
        ),
    ),
    (
        _("Returns and foreigners"),
        (
            "returns_known",
            "returns_with_problems",
            "families_without_news",
            "foreigners_reported",
        ),
    ),
)
FIGURES = tuple(name for _heading, names in FIGURE_GROUPS for name in names)

#: a figure that counts a part of another, and what to say when it is the larger one
PART_OF: dict[str, tuple[str, StrOrPromise]] = {
    "departures_undocumented": (
        "departures_known",
        _("More left without papers than left in total. Check both figures."),
    ),
    "returns_with_problems": (
        "returns_known",
        _("More returned with problems than returned in total. Check both figures."),
    ),
}


class ReportSlot(models.Model):
    """One village, one month, one due day: silence, nil and excused count apart.

    The state of the month's report lives here and only here. `office` repeats
    the village's office when the slot was made.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("not sent yet")
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("sent")
        RETURNED = "returned", _("returned")
        VERIFIED = "verified", _("verified")
        CORRECTION_REQUESTED = "correction_requested", _("correction requested")
        EXCUSED = "excused", _("excused")

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="report_slots"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    month = BoundedDateField(_("month"))
    due_on = BoundedDateField(_("due date"))
    status = models.CharField(
        _("state"), max_length=20, choices=Status.choices, default=Status.OPEN
    )
    excuse = models.TextField(_("why the month is excused"), blank=True)

    objects: ClassVar[models.Manager["ReportSlot"]] = ReportSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("report slot")
        verbose_name_plural = _("report slots")
        ordering = ("-month", "village__name_folded")
        constraints = (
            models.UniqueConstraint(
                fields=["village", "month"],
                name="report_slot_once_per_month",
                violation_error_message=_(
                    "This village already has a report for this month."
                ),
            ),
            models.CheckConstraint(
                condition=Q(month=TruncMonth("month")),
                name="report_slot_month_is_its_first_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("month")), name="report_slot_due_after_month"
            ),
            models.CheckConstraint(
                condition=~Q(status="excused") | ~Q(excuse=""),
                name="report_slot_excused_with_reason",
                violation_error_message=_("Say why this month is excused."),
            ),
        )
        indexes = (
            models.Index(fields=["-month", "-id"], name="slot_month"),
            models.Index(fields=["office", "-month", "-id"], name="slot_office_month"),
            models.Index(fields=["status", "-month", "-id"], name="slot_status_month"),
            models.Index(
                fields=["village", "-month", "-id"], name="slot_village_month"
            ),
            models.Index(fields=["due_on", "id"], name="slot_due"),
        )

    def __str__(self) -> str:
        return f"{self.village_id} {self.month:%Y-%m}"

    def is_late(self, today: date | None = None) -> bool:
        waiting = self.status in WAITING_FOR_VILLAGE
        return waiting and self.due_on < (today or timezone.localdate())

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.village.roles_of(user)

    @property
    def current_report(self) -> "MonthlyReport | None":
        """Return the report with its current figures; None before any.

        Costs no query on a slot fetched with `select_related("report")`.
        """
        try:
            return self.report
        except MonthlyReport.DoesNotExist:
            return None


class MonthlyReport(models.Model):
    """The current figures of one slot. Counts only, no names."""

    class Channel(models.TextChoices):
        PORTAL = "portal", _("sent by the village")
        WHATSAPP = "whatsapp", _("entered for the village from WhatsApp")
        TELEPHONE = "telephone", _("entered for the village by telephone")
        PAPER = "paper", _("entered for the village from paper")

    slot = models.OneToOneField(
        ReportSlot, on_delete=models.PROTECT, related_name="report"
    )
    outreach_held = models.PositiveIntegerField(_("outreach activities"), default=0)
    people_reached = models.PositiveIntegerField(_("people reached"), default=0)
    office_questions = models.PositiveIntegerField(
        _("questions for the immigration office"), default=0
    )
    job_offers_heard = models.PositiveIntegerField(
        _("job offers abroad heard of"), default=0
    )
    new_recruiters_seen = models.PositiveIntegerField(
        _("new recruiters seen"), default=0
    )
    departures_known = models.PositiveIntegerField(
        _("villagers who left to work abroad"), default=0
    )
    departures_undocumented = models.PositiveIntegerField(
        _("of these, without complete papers"), default=0
    )
    returns_known = models.PositiveIntegerField(
        _("villagers who came back from abroad"), default=0
    )
    returns_with_problems = models.PositiveIntegerField(
        _("of these, with problems"), default=0
    )
    families_without_news = models.PositiveIntegerField(
        _("families without news from abroad"), default=0
    )
    foreigners_reported = models.PositiveIntegerField(
        _("foreigners reported"), default=0
    )
    coordination_meetings = models.PositiveIntegerField(
        _("coordination meetings"), default=0
    )
    is_nil = models.BooleanField(_("nothing to report"), default=False)
    channel = models.CharField(
        _("channel"), max_length=10, choices=Channel.choices, default=Channel.PORTAL
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = BoundedDateTimeField(null=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = BoundedDateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = (
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("entered_by")),
                name="monthly_report_verified_by_another",
                violation_error_message=_(
                    "Who entered the report cannot verify it. Ask a colleague."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_nil=False) | Q(**dict.fromkeys(FIGURES, 0)),
                name="monthly_report_nil_has_no_figures",
                violation_error_message=_(
                    "A nil report has no figures. Send the figures instead."
                ),
            ),
            models.CheckConstraint(
                condition=Q(departures_undocumented__lte=F("departures_known")),
                name="monthly_report_undocumented_are_departures",
                violation_error_message=PART_OF["departures_undocumented"][1],
            ),
            models.CheckConstraint(
                condition=Q(returns_with_problems__lte=F("returns_known")),
                name="monthly_report_problems_are_returns",
                violation_error_message=PART_OF["returns_with_problems"][1],
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot_id}"

    @property
    def is_on_behalf(self) -> bool:
        return self.channel != self.Channel.PORTAL


class ReportVersion(models.Model):
    """The figures of one submission, numbered within its report, never changed.

    `client_uuid` is the form's own number: a repeated send finds it and
    changes nothing. The receipt number is shown only after commit.
    """

    report = models.ForeignKey(
        MonthlyReport, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField()
    client_uuid = models.UUIDField(unique=True)
    figures = models.JSONField()
    is_nil = models.BooleanField()
    channel = models.CharField(max_length=10, choices=MonthlyReport.Channel.choices)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = BoundedDateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["report", "number"], name="report_version_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"

    @property
    def receipt_number(self) -> str:
        """Return LB-1126-0147 for November 2026, LB-1126-0147/2 if sent again."""
        again = f"/{self.number}" if self.number > 1 else ""
        return f"LB-{self.report.slot.month:%m%y}-{self.report_id:04d}{again}"


class MonthlyEvent(Event):
    """An operation on a month's slot or report."""

    slot = models.ForeignKey(
        ReportSlot, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
        indexes = (
            models.Index(
                fields=["slot", "-occurred_at", "-id"], name="monthly_event_slot"
            ),
        )
