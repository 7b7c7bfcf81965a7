"""Words and numbers that an administrator keeps: changed, switched off, never erased.

Each row tells when somebody last held it against its source.
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from villages.querysets import ReferenceQuerySet


class Reference(models.Model):
    """A row that is switched off instead of erased, and held against its source."""

    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Switch it off instead of erasing it: older records name it."),
    )
    checked_on = models.DateField(
        _("last checked"), null=True, blank=True, editable=False
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("checked by"),
    )

    class Meta:
        abstract = True


class Shipped(Reference):
    """A row of which defaults come along; `code` is the name by which they know it.

    `shipped` is the fingerprint of the row as `load_reference` wrote it, empty for
    one made by hand: a row that no longer matches it was edited and is let be.
    """

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Small letters and dashes; it stays when the name changes."),
        error_messages={"unique": _("Another row has this code.")},
    )
    shipped = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class Named(models.Model):
    """A name in Indonesian and, if there is one, in English."""

    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return (self.name_en if get_language() == "en" else "") or self.name


@pghistory.track()
class ActivityKind(Named, Shipped):
    """What an office does in a village: counselling, a visit, a school session."""

    objects: ClassVar[models.Manager["ActivityKind"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")
        ordering = ("name",)
