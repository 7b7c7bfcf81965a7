from collections.abc import Set
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.lib.text.dates import INDEPENDENCE
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.web.date_fields import BoundedDateField
from desabinaan.lib.web.telephone_fields import TelephoneField
from villages.places.permissions import NO_ROLES, roles_for
from villages.places.querysets import OfficeQuerySet, RegionQuerySet
from villages.places.village_names import name_key


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["name_key"])
class Region(models.Model):
    """A province, regency, district or village with its official code as key.

    Codes and names follow the Minister of Home Affairs' decrees, for example
    "36.04.13.2007". Names repeat: show a village with its district. `name_key` is what
    all spellings of the name share; saving the name sets it.
    """

    class Level(models.IntegerChoices):
        PROVINCE = 1, _("province")
        REGENCY = 2, _("regency or city")
        DISTRICT = 3, _("district")
        VILLAGE = 4, _("village")

    class Kind(models.TextChoices):
        URBAN_VILLAGE = "kelurahan", _("urban village (kelurahan)")
        VILLAGE = "desa", _("village (desa)")
        CUSTOMARY_VILLAGE = "desa_adat", _("customary village (desa adat)")

    code = models.CharField(
        _("code"),
        max_length=13,
        primary_key=True,
        validators=[RegexValidator(r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$")],
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, blank=True)
    name = models.CharField(_("name"), max_length=100)
    name_key = models.CharField(max_length=120, editable=False)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    valid_from = BoundedDateField(
        _("valid from"), null=True, blank=True, since=INDEPENDENCE
    )
    valid_to = BoundedDateField(
        _("valid to"), null=True, blank=True, since=INDEPENDENCE
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("continued by"),
    )

    objects: ClassVar[models.Manager["Region"]] = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ("code",)
        indexes = (
            models.Index(fields=["level", "name"], name="region_level_name"),
            models.Index(fields=["name_key"], name="region_name_key"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(level=1, parent=None)
                | Q(level__gt=1, parent__isnull=False),
                name="region_has_parent_below_province",
                violation_error_message=_(
                    "Every region except a province is part of another one. Choose "
                    "which."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)

    def codes_upwards(self) -> list[str]:
        """Return the codes of this region and those around it, the smallest first."""
        parts = self.code.split(".")
        return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


@pghistory.track()
class Office(models.Model):
    """A regional immigration office (Kanwil), or an office under one (Kanim)."""

    class Kind(models.TextChoices):
        REGIONAL = "kanwil", _("regional office (Kanwil)")
        IMMIGRATION = "kanim", _("immigration office (Kanim)")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=150, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("under"),
    )
    address = models.TextField(_("address"), blank=True)
    phone = TelephoneField(_("telephone"))
    zone = models.CharField(
        _("time zone"), max_length=30, choices=Zone.choices, default=Zone.WIB
    )
    regions = models.ManyToManyField(
        Region, through="ServiceArea", related_name="offices", blank=True
    )

    objects: ClassVar[models.Manager["Office"]] = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = (Folded("name"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="kanwil", parent=None)
                | Q(kind="kanim", parent__isnull=False),
                name="office_kanim_lies_under_kanwil",
                violation_error_message=_(
                    "An immigration office belongs to a regional office, a regional "
                    "office to none."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.short_name

    @property
    def time_zone(self) -> ZoneInfo:
        """Return the zone in which what happens here is read and shown."""
        return ZoneInfo(self.zone)

    def roles_of(self, user: Actor) -> Set[Role]:
        """Return roles held at this office or at the regional office above it.

        A PIMPASA belongs to the office whose villages are in his or her care. At
        its own office a regional officer does the work of office staff as well.
        """
        user_roles = roles_for(user)
        roles = user_roles.at_office.get(self.pk, NO_ROLES)
        if self.pk in user_roles.posts and Role.REGIONAL_STAFF in roles:
            roles = roles | {Role.OFFICE_STAFF}
        return roles | user_roles.at_home_office.get(self.pk, NO_ROLES)


@pghistory.track()
class ServiceArea(models.Model):
    """A region in an office's care; the most specific region wins."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="service_areas"
    )
    region = models.OneToOneField(
        Region,
        on_delete=models.PROTECT,
        related_name="service_area",
        verbose_name=_("region"),
        error_messages={
            "unique": _("Another office is already responsible for this region.")
        },
    )

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")

    def __str__(self) -> str:
        return f"{self.office} – {self.region}"
