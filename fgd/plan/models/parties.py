import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateTimeField
from desabinaan.lib.workflow.versions import Versioned
from fgd.agencies.models import Agency
from fgd.plan.models.actions import Action
from villages.register.models import Village


class ActionSupport(models.Model):
    """An agency that supports the lead agency."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="supports"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="supports"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["action", "agency"], name="action_support_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id}: {self.agency_id}"


class ActionVillage(Versioned):
    """A village of the action, in which it is to be done.

    A waiver frees the village of it: the lead agency requests it with a reason,
    immigration staff without a part in the action grant or decline it.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting")
        WAIVER_REQUESTED = "waiver_requested", _("waiver requested")
        DONE = "done", _("done")
        WAIVED = "waived", _("waived")

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="action_villages"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="action_villages"
    )
    status = models.CharField(
        max_length=16, choices=Status.choices, default=Status.PENDING, editable=False
    )
    reason = models.TextField(_("reason"), blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    decision_note = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["action", "village"], name="action_village_once"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiver_requested", "waived"])
                | (~Q(reason="") & Q(requested_by__isnull=False)),
                name="action_village_waiver_requested_with_reason",
                violation_error_message=_("Say why it is not done in this village."),
            ),
            models.CheckConstraint(
                condition=~Q(status="waived") | Q(decided_by__isnull=False),
                name="action_village_waiver_granted_by_someone",
                violation_error_message=_("A waiver must name who granted it."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="action_village_waiver_decided_by_another",
                violation_error_message=_(
                    "Who requests a waiver does not decide about it."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id}: {self.village_id}"

    @property
    def waits(self) -> bool:
        """Whether its waiver is requested and not decided about."""
        return self.status == self.Status.WAIVER_REQUESTED

    @property
    def earlier_decisions(self) -> "list[WaiverDecision]":
        """Return the decisions about it before the one that holds now, if any does."""
        decisions = list(self.decisions.all())
        return decisions[:-1] if self.decided_by_id else decisions


class WaiverDecision(models.Model):
    """A decision about a requested waiver, with the reason that was read; only added.

    The village names the one that holds; a repeated request is read beside them all.
    """

    place = models.ForeignKey(
        ActionVillage, on_delete=models.PROTECT, related_name="decisions"
    )
    reason = models.TextField(_("reason"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_granted = models.BooleanField()
    note = models.TextField(_("reason of the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = BoundedDateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(decided_by=F("requested_by")),
                name="waiver_decision_by_another",
                violation_error_message=_(
                    "Who requests a waiver does not decide about it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_granted=True) | ~Q(note=""),
                name="waiver_decision_declined_with_reason",
                violation_error_message=_(
                    "Say why the waiver is declined. The lead agency reads it."
                ),
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="append_only", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id}: {self.is_granted}"
