from collections.abc import Set
from datetime import date
from typing import Any, ClassVar

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
from reports.monthly.models.figures import FIGURES, PART_OF
from reports.monthly.querysets import WAITING_FOR_VILLAGE, ReportSlotQuerySet
from villages.register.models import Village

#: a report that is sent has every figure
_ALL_KNOWN = {f"{name}__isnull": False for name in FIGURES}


class ReportSlot(models.Model):
    """One village, one month, one due day: silence, nil and excused count apart.

    The state of the month's report lives here and only here. The office is the
    village's, now; events of the village name the offices it had before.
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


def _figure(label: StrOrPromise) -> Any:
    return models.PositiveIntegerField(label, null=True, default=0)


class MonthlyReport(models.Model):
    """The current figures of one slot. Counts only, no names.

    Before it is sent the first time it has no figures: `draft` keeps what was typed,
    by name of the figure, blanks and contradictions too.
    """

    class Channel(models.TextChoices):
        PORTAL = "portal", _("sent by the village")
        WHATSAPP = "whatsapp", _("entered for the village from WhatsApp")
        TELEPHONE = "telephone", _("entered for the village by telephone")
        PAPER = "paper", _("entered for the village from paper")

    slot = models.OneToOneField(
        ReportSlot, on_delete=models.PROTECT, related_name="report"
    )
    outreach_held = _figure(_("outreach activities"))
    people_reached = _figure(_("people reached"))
    office_questions = _figure(_("questions for the immigration office"))
    job_offers_heard = _figure(_("job offers abroad heard of"))
    new_recruiters_seen = _figure(_("new recruiters seen"))
    departures_known = _figure(_("villagers who left to work abroad"))
    departures_undocumented = _figure(_("of these, without complete papers"))
    returns_known = _figure(_("villagers who came back from abroad"))
    returns_with_problems = _figure(_("of these, with problems"))
    families_without_news = _figure(_("families without news from abroad"))
    foreigners_reported = _figure(_("foreigners reported"))
    coordination_meetings = _figure(_("coordination meetings"))
    draft = models.JSONField(
        _("figures as typed, until the report is sent"),
        default=dict,
        db_default={},
        blank=True,
        editable=False,
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
                condition=Q(submitted_at=None) | Q(**_ALL_KNOWN),
                name="monthly_report_sent_has_all_figures",
                violation_error_message=_("A report that is sent has all figures."),
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(departures_undocumented__lte=F("departures_known")),
                name="monthly_report_undocumented_are_departures",
                violation_error_message=PART_OF["departures_undocumented"][1],
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(returns_with_problems__lte=F("returns_known")),
                name="monthly_report_problems_are_returns",
                violation_error_message=PART_OF["returns_with_problems"][1],
            ),
        )

    def __str__(self) -> str:
        return f"{self.slot_id}"

    @property
    def is_on_behalf(self) -> bool:
        return self.channel != self.Channel.PORTAL

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def figures(self) -> dict[str, Any]:
        """Return all figures by name; of a draft as typed, "" where it is blank."""
        if self.is_draft:
            return {name: self.draft.get(name, "") for name in FIGURES}
        return {name: getattr(self, name) for name in FIGURES}

    @property
    def has_figures(self) -> bool:
        """Tell whether anything but blanks and zeros was typed or sent."""
        return any(figure not in ("", "0", 0) for figure in self.figures.values())


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
