from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    BigIntegerRangeField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Role
from desabinaan.lib.web.date_fields import BoundedDateField
from villages.places.models import Office
from villages.register.models.villages import Village
from villages.register.querysets import AssignmentQuerySet

OFFICE_ROLES = (
    Role.REGIONAL_STAFF,
    Role.OFFICE_STAFF,
    Role.TRIAGE_OFFICER,
    Role.LEADER,
    Role.AUDITOR,
)
VILLAGE_ROLES = (Role.PIMPASA, Role.VILLAGE_OFFICIAL)
ONE_PLACE = Q(role__in=OFFICE_ROLES, office__isnull=False, village=None) | Q(
    role__in=VILLAGE_ROLES, office=None, village__isnull=False
)


def _range_of_one(field: str) -> Func:
    """Return a key as a range of itself, which GiST compares without an extension."""
    bounds = RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    return Func(
        field, field, bounds, function="int8range", output_field=BigIntegerRangeField()
    )


BEFORE_FIRST = _("The end date is before the start date. Check it.")
DAYS = Func(
    "starts_on",
    "ends_on",
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


@pghistory.track()
class Assignment(models.Model):
    """A role of a user at an office or village, by a letter, from and to a day."""

    class Rank(models.TextChoices):
        OFFICER = "officer", _("officer")
        DUTY_OFFICER = "duty_officer", _("duty officer")
        DEPUTY = "deputy", _("deputy")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name=_("account"),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, role.label) for role in OFFICE_ROLES + VILLAGE_ROLES],
    )
    rank = models.CharField(_("rank"), max_length=12, choices=Rank.choices, blank=True)
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("office"),
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("village"),
    )
    letter_number = models.CharField(_("letter of assignment"), max_length=100)
    letter_file = models.FileField(
        _("letter (PDF)"), upload_to="letters/%Y", blank=True
    )
    starts_on = BoundedDateField(_("from"))
    ends_on = BoundedDateField(_("to"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned by"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    objects: ClassVar[models.Manager["Assignment"]] = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=ONE_PLACE,
                name="assignment_role_at_its_place",
                violation_error_message=_(
                    "Choose an office for office roles, a village for PIMPASA "
                    "and village officials, never both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="assignment_ends_after_start",
                violation_error_message=BEFORE_FIRST,
            ),
            models.CheckConstraint(
                condition=Q(assigned_by=None) | ~Q(assigned_by=F("user")),
                name="assignment_by_somebody_else",
                violation_error_message=_(
                    "Nobody grants a role to himself or herself."
                ),
            ),
            ExclusionConstraint(
                name="assignment_days_never_overlap",
                expressions=[
                    (_range_of_one("user"), RangeOperators.EQUAL),
                    (_range_of_one("village"), RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(village__isnull=False),
                violation_error_message=_(
                    "This person already serves this village in that time. "
                    "End the earlier assignment first, or choose other days."
                ),
            ),
        )
        indexes = (
            models.Index(fields=["village", "role"], name="assignment_village_role"),
            models.Index(fields=["office", "role"], name="assignment_office_role"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    def clean(self) -> None:
        # PostgreSQL refuses a reversed range before it checks any constraint.
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": BEFORE_FIRST})
