"""Activities of an office in its villages, with their photos and events."""

from collections.abc import Set
from functools import reduce
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.web.date_fields import BoundedDateField, BoundedDateTimeField
from desabinaan.lib.workflow.events import Event
from desabinaan.lib.workflow.versions import Versioned
from villages.outreach.querysets import OutreachPhotoQuerySet, OutreachQuerySet
from villages.places.models import ActivityKind, Office
from villages.places.permissions import NO_ROLES, roles_for
from villages.register.models import Village

MOST_PHOTOS = 10
#: fields of the outcome of an activity
FIGURES = ("participants", "men", "women", "youth", "prospective_migrants", "summary")


class Pillar(models.TextChoices):
    """The three pillars of the programme; activities and agreed actions carry one."""

    SERVICE = "service", _("Service (Layanan)")
    KNOWLEDGE = "knowledge", _("Knowledge (Pengetahuan)")
    SECURITY = "security", _("Security (Keamanan)")


class OutreachActivity(models.Model):
    """One activity in one or several villages of one office's area.

    `participants` is the number of people present, recorded afterwards: men and women
    add up to it; young people and prospective migrant workers are among them.
    `expected` is the planned number. `officers` are the staff who took part.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        DONE = "done", _("held")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.ForeignKey(
        ActivityKind,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("kind"),
    )
    pillar = models.CharField(_("pillar"), max_length=10, choices=Pillar.choices)
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="activities", editable=False
    )
    villages = models.ManyToManyField(
        Village, through="OutreachVillage", related_name="activities"
    )
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("officers")
    )
    starts_at = BoundedDateTimeField(_("when"))
    venue = models.CharField(_("place"), max_length=200, blank=True)
    expected = models.PositiveSmallIntegerField(
        _("expected participants"), null=True, blank=True
    )
    participants = models.PositiveSmallIntegerField(_("participants"), null=True)
    men = models.PositiveSmallIntegerField(_("men"), null=True)
    women = models.PositiveSmallIntegerField(_("women"), null=True)
    youth = models.PositiveSmallIntegerField(_("young people"), null=True, blank=True)
    prospective_migrants = models.PositiveSmallIntegerField(
        _("prospective migrant workers"), null=True, blank=True
    )
    resource_persons = models.TextField(_("resource persons"), blank=True)
    material = models.TextField(_("material"), blank=True)
    material_file = models.FileField(
        _("material as a file"), upload_to="outreach/%Y", blank=True
    )
    material_size = models.PositiveIntegerField(null=True, editable=False)
    material_type = models.CharField(max_length=20, blank=True, editable=False)
    summary = models.TextField(_("what happened"), blank=True)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
        editable=False,
    )
    cancel_reason = models.TextField(_("reason"), blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["OutreachActivity"]] = (
        OutreachQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="done")
                | Q(
                    participants__isnull=False,
                    men__isnull=False,
                    women__isnull=False,
                    participants=F("men") + F("women"),
                ),
                name="outreach_participants_add_up",
                violation_error_message=_(
                    "Men and women do not add up to the participants."
                ),
            ),
            models.CheckConstraint(
                condition=Q(youth=None) | Q(youth__lte=F("participants")),
                name="outreach_youth_among_participants",
                violation_error_message=_(
                    "There are more young people than participants."
                ),
            ),
            models.CheckConstraint(
                condition=Q(prospective_migrants=None)
                | Q(prospective_migrants__lte=F("participants")),
                name="outreach_migrants_among_participants",
                violation_error_message=_(
                    "There are more prospective migrant workers than participants."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                name="outreach_cancelled_with_reason",
                violation_error_message=_("Say why the activity is cancelled."),
            ),
        )
        indexes = (
            models.Index(fields=["-starts_at", "-id"], name="outreach_newest"),
            models.Index(
                fields=["office", "-starts_at", "-id"], name="outreach_office_newest"
            ),
            models.Index(
                fields=["kind", "-starts_at", "-id"], name="outreach_kind_newest"
            ),
        )

    def __str__(self) -> str:
        return str(self.kind)

    @property
    def head_count(self) -> int:
        """Return the participants, or the expected number, or 0."""
        return self.participants or self.expected or 0

    def roles_of(self, user: Actor) -> Set[Role]:
        """Return roles at the office, and roles that the user has in all villages.

        A user with a role in only some of the villages can read the activity but not
        change it.
        """
        user_roles = roles_for(user)
        village_roles = [
            set(user_roles.at_village.get(place.village_id, NO_ROLES))
            for place in self.places.all()
        ]
        everywhere = reduce(set.intersection, village_roles) if village_roles else set()
        return everywhere | user_roles.at_office.get(self.office_id, NO_ROLES)


class OutreachVillage(models.Model):
    """An activity reaches a village; `held_on` is its day once it was held.

    The date repeats the activity's, written by the services under its lock, so that
    the last visit to a village is found through an index.
    """

    activity = models.ForeignKey(
        OutreachActivity, on_delete=models.CASCADE, related_name="places"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="outreach"
    )
    held_on = BoundedDateField(null=True, editable=False)

    class Meta:
        verbose_name = _("village of an activity")
        verbose_name_plural = _("villages of an activity")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "village"], name="outreach_village_once"
            ),
        )
        indexes = (
            models.Index(fields=["village", "-held_on"], name="outreach_last_visit"),
        )

    def __str__(self) -> str:
        return str(self.village)


class OutreachPhoto(Versioned):
    """A photo of an activity, re-encoded without location and camera data."""

    activity = models.ForeignKey(
        OutreachActivity, on_delete=models.PROTECT, related_name="photos"
    )
    number = models.PositiveSmallIntegerField(editable=False)
    caption = models.CharField(_("what it shows"), max_length=150, blank=True)
    file = models.FileField(_("photo"), upload_to="outreach/%Y")
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["OutreachPhoto"]] = (
        OutreachPhotoQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["activity", "number"], name="outreach_photo_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_PHOTOS),
                name="outreach_photos_at_most_ten",
                violation_error_message=_("An activity has at most ten photos."),
            ),
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                name="outreach_photo_once",
                violation_error_message=_("This photo is already here."),
            ),
        )

    def __str__(self) -> str:
        return self.caption or str(self.number)


class OutreachEvent(Event):
    """An event of an activity."""

    activity = models.ForeignKey(
        OutreachActivity, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
        indexes = (
            models.Index(
                fields=["activity", "-occurred_at", "-id"],
                name="outreach_event_timeline",
            ),
        )
