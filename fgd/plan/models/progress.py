from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from fgd.agencies.models import Agency
from fgd.plan.models.actions import Action
from fgd.plan.querysets import EvidenceQuerySet
from villages.register.models import Village


class ProgressUpdate(models.Model):
    """Progress on an action, reported by or on behalf of an agency or a village.

    The lead agency reports about the action, all others about their own part in it.
    """

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="progress_updates"
    )
    percent = models.PositiveSmallIntegerField(
        _("progress in percent"), validators=[MaxValueValidator(100)]
    )
    text = models.TextField(_("what happened"))
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_updates",
        verbose_name=_("for the agency"),
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_updates",
        verbose_name=_("for the village"),
    )
    is_on_behalf = models.BooleanField(_("entered on its behalf"), default=False)
    occurred_on = BoundedDateField(_("happened on"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        ordering = ("-occurred_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="progress_percent_at_most_100",
                violation_error_message=_("Progress is at most 100 percent."),
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, village=None)
                | Q(agency=None, village__isnull=False),
                name="progress_of_one_party",
                violation_error_message=_(
                    "Progress comes from an agency or from a village."
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=["action", "-occurred_on", "-id"], name="progress_action"
            ),
        )

    def __str__(self) -> str:
        return f"{self.action_id}: {self.percent}%"

    def is_about_action(self, action: Action) -> bool:
        """Whether the percentage is that of the whole action."""
        return self.agency_id == action.lead_agency_id


class Evidence(models.Model):
    """A file that shows what was done; cleaned when uploaded, never deleted.

    A village reads what was filed for it, by itself or by others; without a village it
    is about the whole action and read by its agencies and by staff.
    """

    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="evidence"
    )
    update = models.ForeignKey(
        ProgressUpdate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("village that it shows"),
    )
    title = models.CharField(_("what it shows"), max_length=150)
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m")
    content_type = models.CharField(max_length=40, editable=False)
    size = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = BoundedDateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_reason = models.TextField(_("reason"), blank=True)

    objects: ClassVar[models.Manager["Evidence"]] = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_reason=""),
                name="evidence_withdrawn_with_reason",
                violation_error_message=_("Say why the evidence is withdrawn."),
            ),
            models.UniqueConstraint(
                fields=["action", "sha256"],
                condition=Q(withdrawn_at=None),
                name="evidence_file_once_per_action",
                violation_error_message=_("This file is already attached."),
            ),
        )

    def __str__(self) -> str:
        return self.title
