from collections.abc import Set
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
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from villages.models.regions import Office
from villages.models.villages import Village
from villages.querysets import AccountRequestQuerySet, AssignmentQuerySet

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
    """A key as a range of itself: GiST compares ranges without any extension."""
    bounds = RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    return Func(
        field, field, bounds, function="int8range", output_field=BigIntegerRangeField()
    )


BEFORE_FIRST = _("The last day lies before the first day. Check the date.")
DAYS = Func(
    "starts_on",
    "ends_on",
    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


@pghistory.track()
class Assignment(models.Model):
    """Where a user holds a role, by which letter, and from when to when."""

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
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
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
        # Before PostgreSQL is asked about the days: it takes no range turned round.
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": BEFORE_FIRST})


@pghistory.track()
class AccountRequest(models.Model):
    """An account that a Kanim asks for and a Kanwil approves or declines."""

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting for approval")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    requesting_office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="account_requests"
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[
            (role.value, role.label)
            for role in (Role.VILLAGE_OFFICIAL, Role.PIMPASA, Role.OFFICE_STAFF)
        ],
    )
    village = models.ForeignKey(
        Village,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("village"),
    )
    username = models.CharField(_("user name"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=25, blank=True)
    letter_number = models.CharField(_("letter of assignment"), max_length=100)
    starts_on = models.DateField(_("from"))
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.REQUESTED,
        editable=False,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(_("reason"), blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects: ClassVar[models.Manager["AccountRequest"]] = (
        AccountRequestQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("account request")
        verbose_name_plural = _("account requests")
        ordering = ("-requested_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("requested_by")),
                name="account_request_decided_by_another",
                violation_error_message=_("Somebody else decides on your request."),
            ),
            models.UniqueConstraint(
                fields=["username"],
                condition=Q(status="requested"),
                name="account_request_username_once",
                violation_error_message=_(
                    "An account with this user name is already asked for."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=VILLAGE_ROLES, village__isnull=False)
                | Q(role=Role.OFFICE_STAFF, village=None),
                name="account_request_role_at_its_place",
                violation_error_message=_(
                    "Name the village for PIMPASA and village officials, "
                    "none for office staff."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="requested", decided_by=None, account=None)
                | Q(status="approved", decided_by__isnull=False, account__isnull=False)
                | (
                    Q(status="declined", decided_by__isnull=False, account=None)
                    & ~Q(decision_note="")
                ),
                name="account_request_decision_is_whole",
                violation_error_message=_(
                    "An approved request has its account, a declined one its reason."
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=["-requested_at", "-id"], name="account_request_newest"
            ),
        )

    def __str__(self) -> str:
        return self.username

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.requesting_office.roles_of(user)
