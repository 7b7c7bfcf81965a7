from collections.abc import Set
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folded_columns import Folded, searchable, sortable
from desabinaan.lib.web.date_fields import BoundedDateTimeField
from desabinaan.lib.workflow.events import Event
from desabinaan.lib.workflow.versions import Versioned
from desabinaan.uploads.models import Upload
from fgd.agencies.permissions import agencies_represented_by
from fgd.sessions.querysets import RundownListQuerySet, SessionQuerySet
from villages.places.models import Office
from villages.places.permissions import roles_for
from villages.register.models import Village


class Series(models.Model):
    """A series of sessions of one office."""

    name = models.CharField(_("name"), max_length=200)
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="fgd_sessions_series",
        verbose_name=_("office"),
    )

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = (Folded("name"),)
        constraints = (
            models.UniqueConstraint(
                fields=["office", "name"],
                name="series_name_once_per_office",
                violation_error_message=_("Your office already has this series."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Session(Versioned):
    """One focus group discussion. Finalising locks everything that belongs to it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        INVITED = "invited", _("invited")
        IN_PROGRESS = "in_progress", _("in progress")
        FINALISED = "finalised", _("final")
        CANCELLED = "cancelled", _("cancelled")

    series = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name=_("series"),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="fgd_sessions",
        verbose_name=_("host"),
    )
    theme = models.CharField(_("theme"), max_length=250)
    purpose = models.TextField(_("purpose"), blank=True, max_length=4000)
    starts_at = BoundedDateTimeField(_("begins"))
    ends_at = BoundedDateTimeField(_("ends"))
    venue = models.CharField(_("venue"), max_length=250)
    status = models.CharField(
        _("state"),
        max_length=15,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finalised_at = BoundedDateTimeField(null=True, editable=False)
    closing_note = models.TextField(blank=True, editable=False)
    theme_folded = sortable("theme")
    search = searchable("theme", "venue")

    objects: ClassVar[models.Manager["Session"]] = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("FGD session")
        verbose_name_plural = _("FGD sessions")
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message=_("The session must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(status="finalised", finalised_at__isnull=False)
                | (~Q(status="finalised") & Q(finalised_at=None)),
                name="session_final_has_its_time",
                violation_error_message=_("A final session must have a closing time."),
            ),
        )
        indexes = (
            models.Index(fields=["-starts_at", "-id"], name="session_start"),
            models.Index(
                fields=["office", "-starts_at", "-id"], name="session_office_start"
            ),
            models.Index(
                fields=["status", "-starts_at", "-id"], name="session_status_start"
            ),
            models.Index(fields=["theme_folded", "id"], name="session_theme"),
            GinIndex(fields=["search"], name="session_search"),
        )

    def __str__(self) -> str:
        return self.theme

    @property
    def first_day(self) -> date:
        """Return the day it begins, where it is held."""
        return timezone.localdate(self.starts_at, self.office.time_zone)

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.ends_at, self.office.time_zone)

    @property
    def is_over(self) -> bool:
        """Tell whether its last day is past."""
        return self.last_day < timezone.localdate(timezone=self.office.time_zone)

    @property
    def is_ahead(self) -> bool:
        """Tell whether its first day has not come yet, where it is held."""
        return self.first_day > timezone.localdate(timezone=self.office.time_zone)

    @property
    def has_begun(self) -> bool:
        return bool(self.starts_at <= timezone.now())

    @property
    def is_locked(self) -> bool:
        return self.status in {self.Status.FINALISED, self.Status.CANCELLED}

    @property
    def is_final(self) -> bool:
        return self.status == self.Status.FINALISED

    def roles_of(self, user: Actor) -> Set[Role]:
        """Return roles at the host office, or else those of an invited party.

        Users with a role at the host office read everything, so the invitations are
        not read for them.
        """
        roles = set(self.office.roles_of(user))
        mine, at_village = agencies_represented_by(user), roles_for(user).at_village
        if roles or not (mine or at_village):
            return roles
        villages, agencies = self._invited_ids
        if agencies & mine:
            roles.add(Role.FOCAL_POINT)
        for village in villages & at_village.keys():
            roles |= at_village[village] & {Role.VILLAGE_OFFICIAL}
        return roles

    @cached_property
    def _invited_ids(self) -> tuple[set[int], set[int]]:
        # Cached, because one request checks several rights.
        rows = self.invitations.values_list("village_id", "agency_id")
        villages = {village for village, _agency in rows if village is not None}
        agencies = {agency for _village, agency in rows if agency is not None}
        return villages, agencies


class AgendaItem(Versioned):
    """One item of the rundown."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="agenda_items"
    )
    starts_at = models.TimeField(_("time"))
    #: None: until the end, which nobody has set
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    title = models.CharField(_("activity"), max_length=200)
    presenter = models.CharField(_("in charge"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("rundown item")
        verbose_name_plural = _("rundown")
        ordering = ("starts_at", "id")

    def __str__(self) -> str:
        return self.title


class RundownList(Upload):
    """Lines pasted for the rundown of a session, to be checked and then added."""

    pasted_name = _("Pasted rundown, %(when)s")
    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="rundown_lists"
    )

    objects: ClassVar[models.Manager["RundownList"]] = RundownListQuerySet.as_manager()

    class Meta:
        verbose_name = _("pasted rundown")
        verbose_name_plural = _("pasted rundowns")


class Topic(Versioned):
    """A topic of a session and the villages it concerns."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="topics"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("topic"), max_length=200)
    background = models.TextField(_("background"), blank=True, max_length=4000)
    villages = models.ManyToManyField(
        Village, through="TopicVillage", related_name="topics", blank=True
    )

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=["session", "number"], name="topic_number_once_per_session"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class TopicVillage(models.Model):
    """A village that a topic concerns, and whether its case was discussed."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("not yet")
        DISCUSSED = "discussed", _("discussed")
        DEFERRED = "deferred", _("deferred")

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="topic_villages"
    )
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="topic_villages"
    )
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.OPEN
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "village"], name="topic_village_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.village_id}"


class SessionEvent(Event):
    """One event in the history of a session."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
        indexes = (
            models.Index(
                fields=["session", "-occurred_at", "-id"], name="session_event_session"
            ),
        )
