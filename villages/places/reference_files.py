"""Reading the bundled defaults of reference data, and their fingerprints."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import DateField

from villages.places.models import ActivityKind, Holiday, Hotline, LegalBasis, Scheme

if TYPE_CHECKING:
    from django.db.models import Field


DATA_FOLDER = Path(__file__).resolve().parent / "data" / "reference"
#: file -> the table it fills
TABLES = {
    "activity_kinds": ActivityKind,
    "holidays": Holiday,
    "hotlines": Hotline,
    "legal_bases": LegalBasis,
    "schemes": Scheme,
}
NOT_HASHED = {"id", "default_hash", "checked_on", "checked_by"}


@dataclass(frozen=True, slots=True)
class BundledRow:
    """One default: its values by field, and the day it was last checked."""

    values: Mapping[str, Any]
    checked_on: date | None

    @property
    def code(self) -> str:
        return str(self.values["code"])


def bundled_rows(name: str) -> Iterator[BundledRow]:
    """Yield the rows of data/reference/<name>.json; a missing field has its default."""
    fields = fields_with_defaults(TABLES[name])
    for row in json.loads((DATA_FOLDER / f"{name}.json").read_text("utf-8")):
        day = row.pop("checked_on", None)
        values = {
            field.name: _value(field, row.pop(field.name))
            if field.name in row
            else field.get_default()
            for field in fields
        }
        if row:
            raise ValueError(f"{name}.json: {', '.join(row)}")
        yield BundledRow(values, date.fromisoformat(day) if day else None)


def fields_with_defaults(table: type[Any]) -> list["Field[Any, Any]"]:
    """Return the columns that a default fills and a fingerprint covers."""
    return [one for one in table._meta.fields if one.name not in NOT_HASHED]


def fingerprint(values: Mapping[str, Any]) -> str:
    plain = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _value(field: "Field[Any, Any]", value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(field, DateField) else value
