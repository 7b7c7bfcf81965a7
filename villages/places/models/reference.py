"""Reference data that an administrator maintains; rows are never deleted.

Each row says when somebody last checked it against its source.
"""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.text.bilingual import in_language
from desabinaan.lib.text.dates import INDEPENDENCE
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.web.date_fields import BoundedDateField
from villages.places.querysets import ReferenceQuerySet


class Reference(models.Model):
    """A row that is switched off instead of deleted and checked against its source."""

    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("Switch it off instead of erasing it: older records name it."),
    )
    checked_on = BoundedDateField(
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


class Bundled(Reference):
    """A row that may have a bundled default, matched by `code`.

    `default_hash` is the fingerprint of the row as `load_reference` wrote it, empty
    for a row made by hand. A row that no longer matches it was edited; it is not
    overwritten.
    """

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("Small letters and dashes; it stays when the name changes."),
        error_messages={"unique": _("Another row has this code.")},
    )
    default_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class BilingualName(models.Model):
    """A name in Indonesian and, if there is one, in English."""

    name = models.CharField(_("name"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class Sourced(models.Model):
    """A row with the source against which it is checked."""

    source = models.CharField(
        _("source"),
        max_length=250,
        blank=True,
        help_text=_("The letter, law or site against which it is checked."),
    )

    class Meta:
        abstract = True


@pghistory.track()
class ActivityKind(BilingualName, Bundled):
    """A kind of activity in a village: counselling, a visit, a school session."""

    objects: ClassVar[models.Manager["ActivityKind"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")
        ordering = (Folded("name"),)


@pghistory.track()
class Scheme(BilingualName, Bundled):
    """Another programme that works in the same village, such as Desmigratif."""

    objects: ClassVar[models.Manager["Scheme"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = (Folded("name"),)


@pghistory.track()
class Hotline(BilingualName, Sourced, Bundled):
    """Numbers to call; the urgent ones are also in the footer of public pages."""

    numbers = models.TextField(
        _("numbers"),
        max_length=300,
        help_text=_(
            "One per line, as one dials it; for example WhatsApp 08111-129-129."
        ),
    )
    note = models.CharField(_("note"), max_length=150, blank=True)
    note_en = models.CharField(_("note in English"), max_length=150, blank=True)
    is_urgent = models.BooleanField(_("for danger at this moment"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    objects: ClassVar[models.Manager["Hotline"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("hotline")
        verbose_name_plural = _("hotlines")
        ordering = ("position", Folded("name"))

    @property
    def each_number(self) -> list[str]:
        return [line.strip() for line in self.numbers.splitlines() if line.strip()]

    @property
    def hint(self) -> str:
        return in_language(self.note, self.note_en)


@pghistory.track()
class LegalBasis(BilingualName, Sourced, Bundled):
    """A law, regulation or circular on which the programme rests."""

    about = models.CharField(_("about"), max_length=250)
    about_en = models.CharField(_("about, in English"), max_length=250, blank=True)
    in_force_from = BoundedDateField(
        _("in force from"), null=True, blank=True, since=INDEPENDENCE
    )
    in_force_to = BoundedDateField(
        _("in force until"), null=True, blank=True, since=INDEPENDENCE
    )

    objects: ClassVar[models.Manager["LegalBasis"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = (Folded("name"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(in_force_from=None)
                | Q(in_force_to=None)
                | Q(in_force_to__gte=F("in_force_from")),
                name="legal_basis_ends_after_start",
                violation_error_message=_("The last day lies before the first day."),
            ),
        )

    @property
    def subject(self) -> str:
        return in_language(self.about, self.about_en)


@pghistory.track()
class Holiday(BilingualName, Sourced, Bundled):
    """A day on which offices are closed."""

    class Kind(models.TextChoices):
        NATIONAL = "national", _("national holiday")
        JOINT_LEAVE = "joint_leave", _("joint leave")

    day = BoundedDateField(
        _("day"),
        unique=True,
        error_messages={"unique": _("This date is already in the list.")},
    )
    kind = models.CharField(
        _("kind"), max_length=11, choices=Kind.choices, default=Kind.NATIONAL
    )

    objects: ClassVar[models.Manager["Holiday"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("-day",)
