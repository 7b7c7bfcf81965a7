from collections.abc import Set
from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folded_columns import searchable
from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.lib.workflow.versions import Versioned
from fgd.agencies.models import Agency
from fgd.agencies.permissions import agencies_represented_by
from fgd.plan.querysets import OPEN_ACTION, ActionQuerySet
from fgd.sessions.models import Session, Topic
from villages.outreach.models import Pillar
from villages.places.models import Office
from villages.places.permissions import NO_ROLES, roles_for
from villages.register.models import Village

DONE = ("reported_done", "verified_done")
#: The row of the agency is in another table, where a check constraint cannot look.
LED_BY_LINKED_OFFICE = """
    SELECT kind = 'immigration' AND office_id IS NULL INTO unlinked
        FROM agencies_agency WHERE id = NEW.lead_agency_id;
    IF unlinked THEN
        RAISE EXCEPTION 'An immigration agency leads only when linked to its office.'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'action_led_by_linked_office';
    END IF;
    RETURN NEW;
"""


def reference_of(action: int) -> str:
    """Return the number that people quote, for example "RTL-00042"."""
    return f"RTL-{action:05d}"


class Recommendation(Versioned):
    """A recommendation, numbered within its session."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="recommendations"
    )
    topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("topic"),
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    text = models.TextField(_("recommendation"), max_length=2000)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["session", "number"],
                name="recommendation_number_once_per_session",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Action(Versioned):
    """An action that a lead agency agreed to complete by a due date.

    `session` and `office` repeat those of the recommendation, so that the action plan
    filters on one table. `evidence_count` and `villages_open` are maintained by
    services.follow_up under a lock on the action; the constraints below use them.
    `agreed_at` is set when the session is finalised. `return_reason` is set by a return
    until something new is reported.
    """

    class Status(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        IN_PROGRESS = "in_progress", _("in progress")
        REPORTED_DONE = "reported_done", _("reported done")
        VERIFIED_DONE = "verified_done", _("verified")
        CANCELLED = "cancelled", _("cancelled")

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="actions"
    )
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="actions", editable=False
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", editable=False
    )
    title = models.CharField(_("action"), max_length=250)
    lead_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="led_actions",
        verbose_name=_("lead agency"),
    )
    supporters = models.ManyToManyField(
        Agency, through="ActionSupport", related_name="supported_actions", blank=True
    )
    villages = models.ManyToManyField(
        Village, through="ActionVillage", related_name="actions", blank=True
    )
    due_on = BoundedDateField(_("due date"))
    indicator = models.CharField(
        _("indicator"),
        max_length=250,
        help_text=_("How everybody can see that it is done."),
    )
    pillar = models.CharField(_("pillar"), max_length=10, choices=Pillar.choices)
    funding = models.CharField(_("source of funds"), max_length=120, blank=True)
    status = models.CharField(
        _("state"),
        max_length=15,
        choices=Status.choices,
        default=Status.NOT_STARTED,
        editable=False,
    )
    percent = models.PositiveSmallIntegerField(
        _("progress"), default=0, editable=False, validators=[MaxValueValidator(100)]
    )
    done_reason = models.TextField(
        _("why it is done below 100 percent"), blank=True, editable=False
    )
    return_reason = models.TextField(
        _("why it was returned"), blank=True, editable=False
    )
    agreed_at = BoundedDateTimeField(null=True, editable=False)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    reported_at = BoundedDateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    verified_at = BoundedDateTimeField(null=True, editable=False)
    evidence_count = models.PositiveSmallIntegerField(default=0, editable=False)
    villages_open = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    search = searchable("title", "indicator")

    objects: ClassVar[models.Manager["Action"]] = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("action plan")
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status__in=DONE) | Q(evidence_count__gt=0),
                name="action_done_has_evidence",
                violation_error_message=_("Add evidence before you report it done."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DONE) | Q(villages_open=0),
                name="action_done_in_every_village",
                violation_error_message=_(
                    "Some villages are still open. Mark each as done, "
                    "or ask for a waiver with a reason."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DONE)
                | Q(reported_by__isnull=False, reported_at__isnull=False),
                name="action_done_was_reported",
                violation_error_message=_("The action must be reported done first."),
            ),
            models.CheckConstraint(
                condition=~Q(status="verified_done")
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="action_verified_by_someone",
                violation_error_message=_("A verified action must name its verifier."),
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("reported_by")),
                name="action_verified_by_another",
                violation_error_message=_(
                    "You reported this action done, so you cannot verify it. "
                    "Ask a colleague."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DONE)
                | Q(percent__gte=100)
                | ~Q(done_reason=""),
                name="action_done_in_full_or_with_reason",
                violation_error_message=_("Say why it is done below 100 percent."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DONE) | Q(return_reason=""),
                name="action_done_after_something_new",
                violation_error_message=_(
                    "This action was returned. Report what is new first: progress or "
                    "evidence."
                ),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="action_percent_at_most_100",
                violation_error_message=_("Progress is at most 100 percent."),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="led_by_linked_office",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("lead_agency_id"),  # type: ignore[no-untyped-call]
                declare=[("unlinked", "BOOLEAN")],
                func=LED_BY_LINKED_OFFICE,
            ),
        )
        indexes = (
            GinIndex(fields=["search"], name="action_search"),
            models.Index(fields=["due_on", "id"], name="action_due"),
            models.Index(fields=["office", "due_on", "id"], name="action_office_due"),
            models.Index(
                fields=["lead_agency", "due_on", "id"], name="action_lead_due"
            ),
            models.Index(fields=["status", "due_on", "id"], name="action_status_due"),
            models.Index(fields=["session", "id"], name="action_session"),
            models.Index(
                fields=["due_on", "id"],
                name="action_open_due",
                condition=Q(status__in=OPEN_ACTION),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return reference_of(self.pk)

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    def is_overdue(self, today: date | None = None) -> bool:
        waiting = self.status in {self.Status.NOT_STARTED, self.Status.IN_PROGRESS}
        return (
            self.is_agreed and waiting and self.due_on < (today or timezone.localdate())
        )

    def roles_of(self, user: Actor) -> Set[Role]:
        """Roles at the host office, over the action's villages and in its agencies."""
        user_roles = roles_for(user)
        roles = set(self.office.roles_of(user))
        if user_roles.at_village or user_roles.at_office:
            places = self.action_villages.values_list(
                "village_id", "village__office_id"
            )
            for village, office in places:
                roles |= user_roles.at_village.get(village, NO_ROLES)
                roles |= user_roles.at_office.get(office, NO_ROLES)
        mine = agencies_represented_by(user)
        if mine and (self.lead_agency_id in mine or self._is_supported_by_any(mine)):
            roles.add(Role.FOCAL_POINT)
        return roles

    def _is_supported_by_any(self, agencies: Set[int]) -> bool:
        return self.supports.filter(agency_id__in=agencies).exists()
