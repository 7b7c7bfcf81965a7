from collections.abc import Set
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.folded_columns import searchable, sortable
from desabinaan.lib.web.date_fields import BoundedDateField
from desabinaan.lib.web.telephone_fields import TelephoneField
from desabinaan.lib.workflow.events import Event
from villages.places.coordinates import EAST, NORTH, SOUTH, WEST
from villages.places.models import Office, Region, Scheme
from villages.places.permissions import NO_ROLES, roles_for
from villages.register.line_notes import reason_in_words
from villages.register.querysets import ProposalQuerySet, VillageQuerySet
from villages.register.values import LARGEST

#: Not a check of the table, which would refuse every change of a village whose numbers
#: were saved before this rule, also one of its state.
HOUSEHOLDS_FIT = """
    IF NEW.households > NEW.population AND (
        TG_OP = 'INSERT'
        OR NEW.households IS DISTINCT FROM OLD.households
        OR NEW.population IS DISTINCT FROM OLD.population
    ) THEN
        RAISE EXCEPTION 'A village has no more households than inhabitants.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'village_households_fit';
    END IF;
    RETURN NEW;
"""


class Village(models.Model):
    """A fostered village (Desa Binaan Imigrasi) on its region, in an office's care.

    `name`, `district_name` and `regency` repeat the region's, so that the
    register sorts, filters and searches on one table; `import_regions` keeps
    them equal.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        DESIGNATED = "designated", _("designated")
        INACTIVE = "inactive", _("inactive")
        REVOKED = "revoked", _("revoked")
        DROPPED = "dropped", _("not pursued")

    region = models.OneToOneField(
        Region,
        on_delete=models.PROTECT,
        related_name="village",
        verbose_name=_("village"),
        error_messages={"unique": _("This village is already in the register.")},
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="villages",
        verbose_name=_("office"),
    )
    name = models.CharField(_("name"), max_length=100, editable=False)
    district_name = models.CharField(_("district"), max_length=100, editable=False)
    regency = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", editable=False
    )
    regency_name = models.CharField(
        _("regency or city"), max_length=100, editable=False
    )
    status = models.CharField(
        _("state"),
        max_length=10,
        choices=Status.choices,
        default=Status.PROPOSED,
        editable=False,
    )
    reason = models.TextField(
        _("why this village"),
        help_text=_("For example: many migrant workers, close to the coast."),
    )
    population = models.PositiveIntegerField(
        _("inhabitants"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LARGEST["population"])],
    )
    households = models.PositiveIntegerField(
        _("households"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LARGEST["households"])],
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
    )
    access_note = models.TextField(_("how to get there"), blank=True)
    profile = models.TextField(_("about the village"), blank=True)
    schemes = models.ManyToManyField(
        Scheme, blank=True, related_name="villages", verbose_name=_("other schemes")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    name_folded = sortable("name")
    district_folded = sortable("district_name")
    search = searchable("name", "district_name", "regency_name", "region_id")

    objects: ClassVar[models.Manager["Village"]] = VillageQuerySet.as_manager()

    class Meta:
        verbose_name = _("fostered village")
        verbose_name_plural = _("fostered villages")
        ordering = ("name_folded", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="village_coordinates_come_in_pairs",
                violation_error_message=_(
                    "Give latitude and longitude together, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None)
                | Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST)),
                name="village_lies_in_indonesia",
                violation_error_message=_(
                    "These coordinates lie outside Indonesia. Check both numbers."
                ),
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="households_fit",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("population", "households"),  # type: ignore[no-untyped-call]
                func=HOUSEHOLDS_FIT,
            ),
        )
        indexes = (
            GinIndex(fields=["search"], name="village_search"),
            models.Index(fields=["name_folded", "id"], name="village_name"),
            models.Index(
                fields=["office", "name_folded", "id"], name="village_office_name"
            ),
            models.Index(fields=["office", "region", "id"], name="village_office_code"),
            models.Index(
                fields=["regency", "name_folded", "id"], name="village_regency_name"
            ),
            models.Index(
                fields=["status", "name_folded", "id"], name="village_status_name"
            ),
            models.Index(fields=["district_folded", "id"], name="village_district"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.district_name}"

    @property
    def why(self) -> str:
        """Return the reason for this village, in the reader's language."""
        return reason_in_words(self.reason)

    @property
    def code(self) -> str:
        return self.region_id

    @property
    def name_and_code(self) -> str:
        """The village as fields and searches name it, with its state unless designated.

        For example "Lontar, Tirtayasa (36.04.13.2007)".
        """
        label = f"{self} ({self.code})"
        if self.status == self.Status.DESIGNATED:
            return label
        return f"{label}, {self.get_status_display()}"

    def roles_of(self, user: Actor) -> Set[Role]:
        """Return roles held at this village, its office, or the Kanwil above."""
        user_roles = roles_for(user)
        at_village = user_roles.at_village.get(self.pk, NO_ROLES)
        return at_village | user_roles.at_office.get(self.office_id, NO_ROLES)


class VillageContact(models.Model):
    """A contact person in the village; internal."""

    village = models.ForeignKey(
        Village, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=100)
    phone = TelephoneField(_("telephone"))
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Proposal(models.Model):
    """A proposal that waits for the first decree, from and to a day.

    `ended_on` is the day of the `decree`; without one, the day on which the proposal
    was withdrawn or declined. The events say who did it and why.

    The `stated_` fields are a decree as a list of the proposing office names it, with
    the list and who brought it: no decree of the register until the Kanwil has
    recorded one.
    """

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="proposals"
    )
    proposed_on = BoundedDateField(_("proposed on"))
    ended_on = BoundedDateField(_("ended on"), null=True)
    decree = models.OneToOneField(
        "register.Designation",
        on_delete=models.PROTECT,
        null=True,
        related_name="proposal",
    )
    stated_number = models.CharField(max_length=100, blank=True)
    stated_date = BoundedDateField(null=True)
    stated_signatory = models.CharField(max_length=150, blank=True)
    stated_list = models.CharField(max_length=150, blank=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    objects: ClassVar[models.Manager["Proposal"]] = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-proposed_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(ended_on=None),
                name="proposal_one_waits",
                violation_error_message=_("This village is already proposed."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("proposed_on")),
                name="proposal_ends_after_start",
                violation_error_message=_(
                    "A proposal cannot end before the day on which it begins."
                ),
            ),
            models.CheckConstraint(
                condition=Q(decree=None) | Q(ended_on__isnull=False),
                name="proposal_ended_by_its_decree",
                violation_error_message=_("A decree ends the proposal."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.village} {self.proposed_on}"


class VillageEvent(Event):
    """An event in the history of a village."""

    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, related_name="events"
    )

    class Meta(Event.Meta):
        abstract = False
        indexes = (
            models.Index(
                fields=["village", "-occurred_at", "-id"], name="village_event_timeline"
            ),
        )
