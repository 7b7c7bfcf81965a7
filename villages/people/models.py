from collections.abc import Set
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import SENSITIVE_ROLES, Actor, Role
from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.lib.web.telephone_fields import TelephoneField
from desabinaan.uploads.models import Upload
from villages.people.querysets import AccountRequestQuerySet, ApprovalRequestQuerySet
from villages.places.models import Office
from villages.register.models import VILLAGE_ROLES, Assignment, Village

#: roles that a Kanim requests accounts for
REQUESTED_ROLES = (Role.VILLAGE_OFFICIAL, Role.PIMPASA, Role.OFFICE_STAFF)


@pghistory.track()
class AccountRequest(models.Model):
    """An account that a Kanim requests and a Kanwil approves or declines."""

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
        choices=[(role.value, role.label) for role in REQUESTED_ROLES],
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
    phone = TelephoneField(_("telephone"))
    letter_number = models.CharField(_("letter of assignment"), max_length=100)
    starts_on = BoundedDateField(_("from"))
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
    requested_at = BoundedDateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = BoundedDateTimeField(null=True)
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
                violation_error_message=_("Someone else decides on your request."),
            ),
            models.UniqueConstraint(
                fields=["username"],
                condition=Q(status="requested"),
                name="account_request_username_once",
                violation_error_message=_(
                    "An account with this user name has already been requested."
                ),
            ),
            models.CheckConstraint(
                condition=Q(role__in=VILLAGE_ROLES, village__isnull=False)
                | Q(role=Role.OFFICE_STAFF, village=None),
                name="account_request_role_at_its_place",
                violation_error_message=_(
                    "A village is required for PIMPASA and village officials, and not "
                    "allowed for office staff."
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
                    "An approved request needs an account, a declined one a reason."
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


class AccountList(Upload):
    """A list of people for whom somebody requests accounts."""

    class Meta:
        verbose_name = _("account list")
        verbose_name_plural = _("account lists")


@pghistory.track()
class ApprovalRequest(models.Model):
    """A change that an administrator requests and the regional office approves.

    It grants a sensitive role, changes the contact data of a holder of one, or issues
    a one-time code for such an account. `office` is where the role is held.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant a role")
        CONTACT = "contact", _("Change contact data")
        CODE = "code", _("One-time code for a new password")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("waiting for second approval")
        APPROVED = "approved", _("approved by both")
        DECLINED = "declined", _("declined")

    kind = models.CharField(_("what"), max_length=10, choices=Kind.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("account"),
    )
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="+", verbose_name=_("office")
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        blank=True,
        choices=[(role.value, role.label) for role in sorted(SENSITIVE_ROLES)],
    )
    rank = models.CharField(
        _("rank"), max_length=12, choices=Assignment.Rank.choices, blank=True
    )
    letter_number = models.CharField(
        _("letter of assignment"), max_length=100, blank=True
    )
    starts_on = BoundedDateField(_("from"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = TelephoneField(_("telephone"))
    reason = models.CharField(_("reason"), max_length=300)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.REQUESTED,
        editable=False,
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("requested by"),
    )
    requested_at = BoundedDateTimeField(
        _("requested"), default=timezone.now, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    decided_at = BoundedDateTimeField(_("decided at"), null=True, editable=False)
    decision_note = models.CharField(
        _("note on the decision"), max_length=300, blank=True, editable=False
    )

    objects: ClassVar[models.Manager["ApprovalRequest"]] = (
        ApprovalRequestQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("approval request")
        verbose_name_plural = _("approval requests")
        ordering = ("-requested_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(requested_by=F("account")),
                name="approval_request_for_another",
                violation_error_message=_(
                    "Nobody may request this for their own account."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("requested_by")) & ~Q(decided_by=F("account"))),
                name="approval_request_decided_by_another",
                violation_error_message=_("Another person must decide."),
            ),
            models.CheckConstraint(
                condition=Q(kind="grant", starts_on__isnull=False)
                & ~Q(role="")
                & ~Q(letter_number="")
                | ~Q(kind="grant") & Q(role=""),
                name="approval_request_grant_is_whole",
                violation_error_message=_(
                    "A role needs a letter of assignment and a start date."
                ),
            ),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(status="requested"),
                name="approval_request_waits_once",
                violation_error_message=_(
                    "This has already been requested and is waiting."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)
