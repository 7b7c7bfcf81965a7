from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateField
from villages.places.models import Office
from villages.register.models.villages import Village


class Designation(models.Model):
    """A decree on a village: it designates, suspends, restores or revokes it.

    It holds from `decree_date` until `valid_to`, the day of the decree that follows
    it; the latest one has none. From these days follow the state on any day
    and the number of villages (selectors.counts). `issued_by` is the office whose
    head signed; it gives each number once.
    """

    class Verb(models.TextChoices):
        DESIGNATE = "designate", _("designates")
        DEACTIVATE = "deactivate", _("makes inactive")
        REACTIVATE = "reactivate", _("makes active again")
        REVOKE = "revoke", _("revokes")

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="designations"
    )
    verb = models.CharField(_("the decree"), max_length=12, choices=Verb.choices)
    decree_number = models.CharField(_("decree number"), max_length=100)
    decree_date = BoundedDateField(_("date of the decree"))
    valid_to = BoundedDateField(_("until"), null=True, editable=False)
    issued_by = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="decrees",
        verbose_name=_("issued by"),
    )
    signatory = models.CharField(_("signed by"), max_length=150)
    decree_file = models.FileField(
        _("decree (PDF)"), upload_to="decrees/%Y", blank=True
    )
    decree_size = models.PositiveIntegerField(default=0)
    decree_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    #: Number of the list it came with; the PDF is attached afterwards.
    import_number = models.PositiveBigIntegerField(null=True, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ("-decree_date", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["village", "verb", "decree_number"],
                name="designation_once_per_decree",
                violation_error_message=_(
                    "This decree is already recorded for this village."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(decree_file="") | Q(import_number__isnull=False),
                name="designation_has_its_decree",
                violation_error_message=_("Attach the decree as a PDF."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(import_number__isnull=False),
                name="designation_recorded_by_somebody",
                violation_error_message=_("A decree needs the person who recorded it."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("decree_date")),
                name="designation_ends_after_start",
                violation_error_message=_(
                    "A decree cannot end before the day on which it begins."
                ),
            ),
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(valid_to=None),
                name="designation_one_current",
                violation_error_message=_(
                    "Another decree of this village still holds on this day."
                ),
            ),
        )
        indexes = (
            models.Index(
                "issued_by", Upper("decree_number"), name="designation_number"
            ),
        )

    def __str__(self) -> str:
        return self.decree_number
