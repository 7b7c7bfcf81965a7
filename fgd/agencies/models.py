from collections.abc import Set
from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folded_columns import Folded, searchable
from desabinaan.lib.web.date_fields import BoundedDateField
from desabinaan.lib.web.telephone_fields import TelephoneField
from desabinaan.lib.workflow.versions import Versioned
from desabinaan.uploads.models import Upload
from fgd.agencies.permissions import agencies_represented_by
from fgd.agencies.querysets import AgencyQuerySet
from villages.places.models import Office, Region


@pghistory.track(exclude=["search"])
class Agency(Versioned):
    """An institution that is invited to sessions and leads or supports actions."""

    class Kind(models.TextChoices):
        SOCIAL = "social", _("social affairs")
        AGRICULTURE = "agriculture", _("agriculture and food security")
        MANPOWER = "manpower", _("manpower and transmigration")
        POLICE = "police", _("police")
        MIGRANT_WORKERS = "migrant_workers", _("migrant worker protection")
        IMMIGRATION = "immigration", _("immigration")
        WOMEN_CHILDREN = "women_children", _("women and child protection")
        VILLAGE_AFFAIRS = "village_affairs", _("village affairs")
        LOCAL_GOVERNMENT = "local_government", _("local government")
        EDUCATION = "education", _("education")
        HEALTH = "health", _("health")
        JUSTICE = "justice", _("prosecution and courts")
        CIVIL_SOCIETY = "civil_society", _("civil society")
        OTHER = "other", _("other")

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCE = "province", _("province")
        REGENCY = "regency", _("regency or city")
        DISTRICT = "district", _("district")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")

    name = models.CharField(
        _("name"),
        max_length=150,
        unique=True,
        error_messages={"unique": _("This agency is already in the list.")},
    )
    short_name = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("field of work"), max_length=20, choices=Kind.choices)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    regions = models.ManyToManyField(
        Region, blank=True, related_name="agencies", verbose_name=_("service area")
    )
    office = models.OneToOneField(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agency",
        verbose_name=_("immigration office"),
        help_text=_("Only when this agency is an immigration office itself."),
    )
    head_name = models.CharField(_("head"), max_length=120, blank=True)
    head_contact = TelephoneField(_("head's contact"), max_length=120)
    hotline = models.CharField(_("hotline"), max_length=60, blank=True)
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("merged into"),
    )
    search = searchable("name", "short_name")

    objects: ClassVar[models.Manager["Agency"]] = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = (Folded("short_name"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="agency_is_not_its_own_successor",
                violation_error_message=_("An agency cannot be merged into itself."),
            ),
        )
        indexes = (GinIndex(fields=["search"], name="agency_search"),)

    def __str__(self) -> str:
        return self.short_name

    def why_closed(self) -> str:
        """Return why the agency cannot be invited or lead; empty when it can."""
        if self.successor is not None:
            reason = gettext("%(agency)s has already been merged into %(other)s.")
            return reason % {"agency": self, "other": self.successor}
        if self.status != self.Status.CONFIRMED:
            reason = gettext("%(agency)s is not confirmed yet. Confirm it first.")
            return reason % {"agency": self}
        return ""

    @property
    def is_unlinked_office(self) -> bool:
        """Whether this is an immigration agency that is not linked to its office."""
        return self.kind == self.Kind.IMMIGRATION and self.office_id is None

    def roles_of(self, user: Actor) -> Set[Role]:
        return (
            {Role.FOCAL_POINT}
            if self.pk in agencies_represented_by(user)
            else frozenset()
        )


@pghistory.track()
class FocalPoint(models.Model):
    """A person who represents an agency, from a first to a last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="focal_points",
        verbose_name=_("account"),
    )
    agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="focal_points",
        verbose_name=_("agency"),
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    starts_on = BoundedDateField(_("from"))
    ends_on = BoundedDateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = (Folded("agency__short_name"), "-starts_on")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="focal_point_ends_after_start",
                violation_error_message=_("The last day is before the first day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.agency}"


class FocalPointList(Upload):
    """A list of people whom an administrator appoints as focal points.

    `new_accounts` are those that saving the list created: they need a first link.
    """

    new_accounts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        verbose_name = _("list of focal points")
        verbose_name_plural = _("lists of focal points")
