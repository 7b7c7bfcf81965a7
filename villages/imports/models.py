"""Lists of villages that an office uploads."""

from collections.abc import Set
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from desabinaan.accounts.access import Actor, Role
from desabinaan.uploads.models import Upload
from villages.imports.querysets import VillageImportQuerySet
from villages.places.models import Office


class VillageImport(Upload):
    """A list of villages; a Kanwil's designates villages, a Kanim's proposes them."""

    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        related_name="village_imports",
        verbose_name=_("office"),
    )

    objects: ClassVar[models.Manager["VillageImport"]] = (
        VillageImportQuerySet.as_manager()
    )

    class Meta:
        verbose_name = _("village import")
        verbose_name_plural = _("village imports")

    @property
    def designates(self) -> bool:
        """Return whether decrees in the list are recorded: only a Kanwil designates."""
        return self.office.kind == Office.Kind.REGIONAL

    def roles_of(self, user: Actor) -> Set[Role]:
        return self.office.roles_of(user)
