"""Official papers of an office: letterhead, numbering and signatories."""

from datetime import date
from typing import ClassVar

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.web.date_fields import BoundedDateField
from villages.places.models.reference import Reference
from villages.places.models.regions import Office
from villages.places.querysets import ReferenceQuerySet

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class DocumentKind(models.TextChoices):
    INVITATION = "invitation", _("invitation")
    TERMS_OF_REFERENCE = "terms_of_reference", _("terms of reference")
    RUNDOWN = "rundown", _("rundown")
    ATTENDANCE = "attendance", _("attendance list")
    MINUTES = "minutes", _("minutes of a session")
    OFFICIAL_RECORD = "official_record", _("official record")
    ACTION_MATRIX = "action_matrix", _("action plan matrix")
    ACTIVITY_REPORT = "activity_report", _("activity report")
    REMINDER = "reminder", _("letter of reminder")
    RECAP = "recap", _("recap")
    ASSIGNMENT_LETTER = "assignment_letter", _("letter of assignment")


@pghistory.track()
class Letterhead(Reference):
    """The head of an office's letters."""

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="letterheads",
        verbose_name=_("office"),
    )
    heading = models.TextField(
        _("heading"),
        max_length=500,
        help_text=_("One line each: ministry, directorate general, office."),
    )
    address = models.TextField(
        _("address"),
        max_length=500,
        help_text=_("Street, telephone, site; at most three lines."),
    )

    objects: ClassVar[models.Manager["Letterhead"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = (Folded("office__name"), "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(is_active=True),
                name="letterhead_one_in_use",
                violation_error_message=_(
                    "This office already uses another letterhead. "
                    "Switch that off first."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.heading.strip().splitlines()[-1] if self.heading.strip() else "–"


@pghistory.track()
class Numbering(Reference):
    """How an office numbers one kind of paper, and the last number it gave.

    In `pattern`, {nomor} becomes the next number, {bulan} the month in Roman
    figures, {tahun} the year: "W.12.UM.01.01-{nomor}".
    """

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="numberings",
        verbose_name=_("office"),
    )
    kind = models.CharField(
        _("kind of paper"), max_length=20, choices=DocumentKind.choices
    )
    pattern = models.CharField(
        _("pattern"),
        max_length=100,
        help_text=_(
            "{nomor} becomes the number, {bulan} the month in Roman figures, "
            "{tahun} the year. For example W.12.UM.01.01-{nomor}."
        ),
    )
    restarts_yearly = models.BooleanField(_("starts again each year"), default=True)
    year = models.PositiveSmallIntegerField(
        _("year of the last number"), null=True, blank=True, editable=False
    )
    last_number = models.PositiveIntegerField(
        _("last number given"),
        default=0,
        help_text=_("The next paper bears the number after it."),
    )

    objects: ClassVar[models.Manager["Numbering"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("numbering")
        verbose_name_plural = _("numberings")
        ordering = (Folded("office__name"), "kind")
        constraints = (
            models.UniqueConstraint(
                fields=["office", "kind"],
                name="numbering_once_per_kind",
                violation_error_message=_(
                    "This office already has a numbering for this kind of paper."
                ),
            ),
            models.CheckConstraint(
                condition=Q(pattern__contains="{nomor}"),
                name="numbering_pattern_holds_the_number",
                violation_error_message=_("The pattern must hold {nomor}."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.pattern}"

    def written(self, number: int, day: date) -> str:
        """Return the number as written on a paper of that day."""
        return (
            self.pattern.replace("{nomor}", str(number))
            .replace("{bulan}", ROMAN[day.month - 1])
            .replace("{tahun}", str(day.year))
        )


@pghistory.track()
class Signatory(Reference):
    """A person who signs for an office, from and to a day."""

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="signatories",
        verbose_name=_("office"),
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=150)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[
            RegexValidator(r"^\d{18}$", _("A NIP has eighteen digits, without spaces."))
        ],
    )
    starts_on = BoundedDateField(_("from"))
    ends_on = BoundedDateField(_("to"), null=True, blank=True)

    objects: ClassVar[models.Manager["Signatory"]] = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = (Folded("office__name"), "-starts_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="signatory_ends_after_start",
                violation_error_message=_("The last day lies before the first day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"
