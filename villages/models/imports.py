"""Spreadsheets of figures: looked over first, taken over when somebody says so."""

from collections.abc import Set
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from villages.models.regions import Office
from villages.querysets import FigureImportQuerySet


class FigureImport(models.Model):
    """The rows of one spreadsheet with figures about villages, as they were typed.

    `rows` holds for each row {"row": number in the file, column: text}; they are
    judged whenever they are read, by what the register holds then.
    """

    class Status(models.TextChoices):
        LOOKED_OVER = "looked_over", _("to be looked over")
        WAITING = "waiting", _("waiting for the worker")
        APPLIED = "applied", _("taken over")
        REFUSED = "refused", _("not taken over")

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="figure_imports"
    )
    filename = models.CharField(max_length=150)
    rows = models.JSONField()
    status = models.CharField(
        max_length=11,
        choices=Status.choices,
        default=Status.LOOKED_OVER,
        editable=False,
    )
    added = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["FigureImport"]] = (
        FigureImportQuerySet.as_manager()
    )

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status="looked_over", applied_by=None)
                | ~Q(status="looked_over") & Q(applied_by__isnull=False),
                name="figure_import_applied_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.filename

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)
