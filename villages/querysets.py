from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.searching import matching
from villages.standing import in_force, standing_of

if TYPE_CHECKING:
    from villages.models import (
        AccountRequest,
        Assignment,
        Boundary,
        FigureImport,
        GuardedDeed,
        Office,
        OutreachActivity,
        OutreachPhoto,
        Region,
        Village,
        VillageImport,
        VillageImportRow,
        VulnerabilityInput,
        VulnerabilityModel,
        VulnerabilityScore,
    )


class ReferenceQuerySet(QuerySet[Any]):
    """Rows of any kind that an administrator keeps."""

    def in_use(self) -> Self:
        return self.filter(is_active=True)


class RegionQuerySet(QuerySet["Region"]):
    def current(self) -> Self:
        return self.filter(valid_to=None)


class BoundaryQuerySet(QuerySet["Boundary"]):
    def touching(self, west: float, south: float, east: float, north: float) -> Self:
        """Outlines of which a part may lie in that box of degrees."""
        return self.filter(
            west__lte=east, east__gte=west, south__lte=north, north__gte=south
        )


class OfficeQuerySet(QuerySet["Office"]):
    def open_for(self, user: Actor, capability: str) -> Self:
        """Offices at which `user` holds `capability` over the whole area."""
        return self.filter(pk__in=standing_of(user).offices(capability))


class VillageQuerySet(QuerySet["Village"]):
    def visible_to(self, user: Actor) -> Self:
        """The villages whose record this user may read."""
        return self.open_for(user, "village.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        standing = standing_of(user)
        return self.filter(
            Q(office_id__in=standing.offices(capability))
            | Q(pk__in=standing.villages(capability))
        )

    def matching(self, typed: str) -> Self:
        """Villages with every typed word in name, district, regency or code."""
        return matching(self, typed)


class AssignmentQuerySet(QuerySet["Assignment"]):
    def in_force(self) -> Self:
        return self.filter(in_force())

    def at(self, offices: Any, villages: Any) -> Self:
        """Assignments held at one of these very places: ids, or queries for them."""
        return self.filter(Q(office_id__in=offices) | Q(village_id__in=villages))

    def visible_to(self, user: Actor) -> Self:
        standing = standing_of(user)
        offices = standing.offices("office.view")
        return self.filter(
            Q(office_id__in=offices)
            | Q(village__office_id__in=offices)
            | Q(village_id__in=standing.villages("village.view"))
        )


class AccountRequestQuerySet(QuerySet["AccountRequest"]):
    def visible_to(self, user: Actor) -> Self:
        """Requests of the offices that ask for accounts or approve them."""
        standing = standing_of(user)
        offices = {*standing.offices("account.request")}
        offices |= {*standing.offices("account.approve")}
        return self.filter(requesting_office_id__in=offices)


class OutreachQuerySet(QuerySet["OutreachActivity"]):
    def visible_to(self, user: Actor) -> Self:
        """Activities of the offices in this user's care, or in one of the villages."""
        return self.open_for(user, "outreach.view")

    def open_for(self, user: Actor, capability: str) -> Self:
        standing = standing_of(user)
        reached = _manager_of(self.model, "places").filter(
            village__in=standing.villages(capability)
        )
        return self.filter(
            Q(office__in=standing.offices(capability))
            | Q(pk__in=reached.values("activity"))
        )


class OutreachPhotoQuerySet(QuerySet["OutreachPhoto"]):
    def visible_to(self, user: Actor) -> Self:
        activities = _manager_of(self.model, "activity").all()
        return self.filter(
            activity__in=activities.open_for(user, "outreach.view_photos")
        )


def _manager_of(model: type[Model], name: str) -> Any:
    """The rows at the other end of the relation `name`."""
    related = cast(type[Model], model._meta.get_field(name).related_model)
    return related._default_manager


class GuardedDeedQuerySet(QuerySet["GuardedDeed"]):
    def visible_to(self, user: Actor) -> Self:
        """Deeds at the offices where this user may be the second person."""
        offices = standing_of(user).offices("account.second")
        return self.filter(office_id__in=offices)


class VulnerabilityModelQuerySet(QuerySet["VulnerabilityModel"]):
    def visible_to(self, user: Actor) -> Self:
        """The models of the Kanwil under which one reads vulnerability."""
        standing = standing_of(user)
        offices = {
            *standing.offices("vulnerability.view"),
            *standing.home_offices("vulnerability.view"),
        }
        above = self.model._default_manager.filter(office__branches__in=offices)
        return self.filter(Q(office_id__in=offices) | Q(pk__in=above.values("pk")))


class VulnerabilityInputQuerySet(QuerySet["VulnerabilityInput"]):
    def known_at(self, moment: datetime) -> Self:
        """What counted at that moment: entered, not struck out, not yet replaced."""
        replaced = self.model._default_manager.filter(
            entered_at__lte=moment, replaces=OuterRef("pk")
        )
        return self.filter(~Exists(replaced), entered_at__lte=moment, value__gte=0)


class VulnerabilityScoreQuerySet(QuerySet["VulnerabilityScore"]):
    def visible_to(self, user: Actor) -> Self:
        """Scores of villages whose vulnerability this user may read."""
        standing = standing_of(user)
        return self.filter(
            Q(village__office_id__in=standing.offices("vulnerability.view"))
            | Q(village_id__in=standing.villages("vulnerability.view"))
        )


class FigureImportQuerySet(QuerySet["FigureImport"]):
    def visible_to(self, user: Actor) -> Self:
        """Spreadsheets of the Kanwil for which this user enters figures."""
        offices = standing_of(user).offices("vulnerability.enter")
        return self.filter(office_id__in=offices)


class VillageImportQuerySet(QuerySet["VillageImport"]):
    def visible_to(self, user: Actor) -> Self:
        """Lists of the offices for which this user imports villages."""
        return self.filter(office_id__in=standing_of(user).offices("village.import"))


class VillageImportRowQuerySet(QuerySet["VillageImportRow"]):
    def of(self, listed: "VillageImport", verdict: str = "") -> Self:
        rows = self.filter(parent=listed)
        return rows.filter(verdict=verdict) if verdict else rows
