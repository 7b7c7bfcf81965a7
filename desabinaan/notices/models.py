from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.notices.kinds import WORDINGS, Channel, Kind
from desabinaan.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """One notice for one person; its sentence comes from its kind.

    `about` and `day` fill the sentence: a place, a number, a month. `key` makes the
    same notice exist once. `mail_due_at` is set while an e-mail has still to be sent.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=210, blank=True)
    day = BoundedDateField(null=True)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=120)
    occurred_at = BoundedDateTimeField(default=timezone.now)
    read_at = BoundedDateTimeField(null=True)
    channel = models.CharField(
        max_length=10, choices=Channel.choices, default=Channel.PORTAL
    )
    mail_due_at = BoundedDateTimeField(null=True)
    mailed_at = BoundedDateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-occurred_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
                name="notice_leads_into_the_portal",
            ),
            models.CheckConstraint(
                condition=Q(mail_due_at=None)
                | Q(mailed_at=None) & ~Q(channel=Channel.PORTAL),
                name="notice_is_mailed_once",
            ),
        )
        indexes = (
            models.Index(
                fields=["recipient", "-occurred_at", "-id"], name="notice_recipient"
            ),
            models.Index(
                fields=["recipient", "-occurred_at", "-id"],
                name="notice_unread",
                condition=Q(read_at=None),
            ),
            models.Index(
                fields=["path"], name="notice_unread_path", condition=Q(read_at=None)
            ),
            models.Index(
                fields=["mail_due_at", "id"],
                name="notice_to_post",
                condition=Q(mail_due_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return sentence_of(self.kind, self.about, self.day)


class Preference(models.Model):
    """How one person wants to be notified of one category."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notice_preferences",
    )
    category = models.CharField(max_length=20)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "category"], name="notice_preference_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category}: {self.channel}"


def sentence_of(kind: str, about: str, day: date | None) -> str:
    """Return the sentence of a notice in the active language."""
    return str(WORDINGS[Kind(kind)].sentence) % {
        "about": about,
        "day": date_format(day, "DATE_FORMAT") if day else "",
        "month": date_format(day, "YEAR_MONTH_FORMAT") if day else "",
    }
