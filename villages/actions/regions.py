"""Taking over the official list of regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q

from desabinaan.accounts.models import User
from villages.models import Region, Village, VillageEvent
from villages.region_files import RegionRow, read_regions

BATCH = 2000


@dataclass(frozen=True, slots=True)
class ImportResult:
    added: int
    changed: int
    unchanged: int
    renamed_villages: int


@transaction.atomic
def import_regions(folder: Path, *, acting_user: User | None = None) -> ImportResult:
    """The regions are those of the folder; nothing is written when a row is wrong.

    Regions that the folder does not name stay. New names are carried on to the
    fostered villages. Raises `villages.region_files.BadRegionFiles`.
    """
    wanted = read_regions(folder)
    _wait_for_other_imports()
    standing = {
        row[0]: RegionRow(*row[:3], row[3] or "")
        for row in Region.objects.values_list("code", "name", "level", "parent_id")
    }
    kinds = dict(Region.objects.values_list("code", "kind"))
    new = [row for code, row in wanted.items() if code not in standing]
    changed = [
        row
        for code, row in wanted.items()
        if code in standing and (standing[code], kinds[code]) != (row, row.kind)
    ]
    Region.objects.bulk_create(map(_model, new), batch_size=BATCH)
    Region.objects.bulk_update(
        map(_model, changed), ["name", "kind", "level", "parent"], batch_size=BATCH
    )
    renamed = _carry_names_to_villages(acting_user)
    unchanged = len(wanted) - len(new) - len(changed)
    return ImportResult(len(new), len(changed), unchanged, renamed)


def _wait_for_other_imports() -> None:
    table = connection.ops.quote_name(Region._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _model(row: RegionRow) -> Region:
    return Region(
        code=row.code,
        name=row.name,
        level=row.level,
        kind=row.kind,
        parent_id=row.parent or None,
    )


def _carry_names_to_villages(acting_user: User | None) -> int:
    """The register repeats the regions' names; afterwards both are equal again."""
    stale = Village.objects.filter(
        ~Q(name=F("region__name"))
        | ~Q(district_name=F("region__parent__name"))
        | ~Q(regency_name=F("regency__name"))
    ).select_related("region__parent", "regency")
    renamed = [_renamed(village, acting_user) for village in stale]
    return len(renamed)


def _renamed(village: Village, acting_user: User | None) -> VillageEvent:
    before = f"{village}, {village.regency_name}"
    for field, name in _names(village.region, village.regency).items():
        setattr(village, field, name)
    village.save(update_fields=["name", "district_name", "regency_name"])
    return VillageEvent.objects.create(
        village=village,
        actor=acting_user,
        verb="rename",
        from_status=village.status,
        to_status=village.status,
        note=f"{before} → {village}, {village.regency_name}",
    )


def _names(region: Region, regency: Region) -> Mapping[str, str]:
    return {
        "name": region.name,
        "district_name": region.parent.name if region.parent else "",
        "regency_name": regency.name,
    }
