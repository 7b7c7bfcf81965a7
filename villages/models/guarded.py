from collections.abc import Set
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import GUARDED_ROLES, Actor, Role
from villages.models.assignments import Assignment
from villages.models.regions import Office
from villages.querysets import GuardedDeedQuerySet


@pghistory.track()
class GuardedDeed(models.Model):
    """What an administrator asks for and the regional office confirms as second person.

    It grants a guarded role, changes how a holder of one is reached, or opens that
    account by a one-time code. `office` is where the role is held.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("Grant a role")
        CONTACT = "contact", _("Change contact data")
        CODE = "code", _("One-time code for a new password")

    class Status(models.TextChoices):
        ASKED = "asked", _("waiting for the second person")
        CONFIRMED = "confirmed", _("confirmed by both")
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
        choices=[(role.value, role.label) for role in sorted(GUARDED_ROLES)],
    )
    rank = models.CharField(
        _("rank"), max_length=12, choices=Assignment.Rank.choices, blank=True
    )
    letter_number = models.CharField(
        _("letter of assignment"), max_length=100, blank=True
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=25, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.ASKED,
        editable=False,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decision_note = models.CharField(
        _("note on the decision"), max_length=300, blank=True, editable=False
    )

    objects: ClassVar[models.Manager["GuardedDeed"]] = GuardedDeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("deed of two persons")
        verbose_name_plural = _("deeds of two persons")
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(asked_by=F("account")),
                name="guarded_deed_asked_for_another",
                violation_error_message=_("Nobody asks this for himself or herself."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("account"))),
                name="guarded_deed_decided_by_second",
                violation_error_message=_("A second person decides."),
            ),
            models.CheckConstraint(
                condition=Q(kind="grant", starts_on__isnull=False)
                & ~Q(role="")
                & ~Q(letter_number="")
                | ~Q(kind="grant") & Q(role=""),
                name="guarded_deed_grant_is_whole",
                violation_error_message=_(
                    "A role needs its letter of assignment and its first day."
                ),
            ),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(status="asked"),
                name="guarded_deed_asked_once",
                violation_error_message=_("This is asked for already and waits."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)
