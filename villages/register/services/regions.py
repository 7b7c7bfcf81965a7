"""Importing the official list of regions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from desabinaan.accounts.models import User
from desabinaan.lib.workflow.events import record_event
from villages.places.models import Region
from villages.places.region_files import RegionRow, read_regions
from villages.places.village_names import name_key
from villages.register.models import Village, VillageEvent

CREATE_TEMPORARY_TABLE = """
    DROP TABLE IF EXISTS pg_temp.wanted_region;
    CREATE TEMPORARY TABLE wanted_region
    (code text, level smallint, kind text, name text, name_key text, parent text)
    ON COMMIT DROP
"""
COPY_IN = "COPY wanted_region (code, level, kind, name, name_key, parent) FROM STDIN"
#: Only what differs is written, so that the history holds real changes.
UPDATE_CHANGED = """
    UPDATE places_region r
    SET level = w.level, kind = w.kind, name = w.name, name_key = w.name_key,
        parent_id = nullif(w.parent, '')
    FROM wanted_region w
    WHERE r.code = w.code
      AND (r.level, r.kind, r.name, coalesce(r.parent_id, ''))
          IS DISTINCT FROM (w.level, w.kind, w.name, w.parent)
"""
INSERT_NEW = """
    INSERT INTO places_region (code, level, kind, name, name_key, parent_id)
    SELECT w.code, w.level, w.kind, w.name, w.name_key, nullif(w.parent, '')
    FROM wanted_region w LEFT JOIN places_region r ON r.code = w.code
    WHERE r.code IS NULL
    ORDER BY w.code
"""


@dataclass(frozen=True, slots=True)
class ImportResult:
    added: int
    changed: int
    unchanged: int
    renamed_villages: int


@transaction.atomic
def import_regions(
    folder: Path,
    *,
    acting_user: User | None = None,
    report_progress: Callable[[str], None] = lambda _text: None,
) -> ImportResult:
    """Import the regions of a folder; nothing is written when a row is wrong.

    Regions that the folder does not name stay. New names are copied to the fostered
    villages. `report_progress` receives sentences. Raises
    `villages.places.region_files.BadRegionFiles`.
    """
    wanted = read_regions(folder)
    report_progress(_("%(count)s regions read.") % {"count": len(wanted)})
    _wait_for_other_imports()
    _copy(wanted.values())
    changed = _written(UPDATE_CHANGED)
    added = _written(INSERT_NEW)
    report_progress(_("Regions written; now the names of the fostered villages."))
    renamed = _carry_names_to_villages(acting_user)
    return ImportResult(added, changed, len(wanted) - added - changed, renamed)


def _wait_for_other_imports() -> None:
    table = connection.ops.quote_name(Region._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def _copy(rows: Iterable[RegionRow]) -> None:
    """Copy the rows into a temporary table of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE_TEMPORARY_TABLE)
        with cursor.copy(COPY_IN) as copy:
            for row in rows:
                key = name_key(row.name)
                copy.write_row(
                    (row.code, row.level, row.kind, row.name, key, row.parent)
                )
        cursor.execute("ANALYZE wanted_region")


def _written(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.rowcount)


def _carry_names_to_villages(acting_user: User | None) -> int:
    """Copy changed names of regions to the villages; return how many changed."""
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
    note = f"{before} → {village}, {village.regency_name}"
    event: VillageEvent = record_event(village, "rename", acting_user, note=note)
    return event


def _names(region: Region, regency: Region) -> Mapping[str, str]:
    return {
        "name": region.name,
        "district_name": region.parent.name if region.parent else "",
        "regency_name": regency.name,
    }
