"""The defaults that come with the portal, read and told by a fingerprint."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import DateField, Field

from villages.models import ActivityKind, Holiday, Hotline, LegalBasis, Scheme

SHIPPED = Path(__file__).resolve().parent / "data" / "reference"
#: file -> the table it fills
TABLES = {
    "activity_kinds": ActivityKind,
    "holidays": Holiday,
    "hotlines": Hotline,
    "legal_bases": LegalBasis,
    "schemes": Scheme,
}
KEPT_APART = {"id", "shipped", "checked_on", "checked_by"}


@dataclass(frozen=True, slots=True)
class ShippedRow:
    """One default: its values by field, and the day it was last held to its source."""

    values: Mapping[str, Any]
    checked_on: date | None

    @property
    def code(self) -> str:
        return str(self.values["code"])


def shipped_rows(name: str) -> Iterator[ShippedRow]:
    """The rows of data/reference/<name>.json; a field left out has its default."""
    fields = told_fields(TABLES[name])
    for told in json.loads((SHIPPED / f"{name}.json").read_text("utf-8")):
        day = told.pop("checked_on", None)
        values = {
            field.name: _value(field, told.pop(field.name))
            if field.name in told
            else field.get_default()
            for field in fields
        }
        if told:
            raise ValueError(f"{name}.json: {', '.join(told)}")
        yield ShippedRow(values, date.fromisoformat(day) if day else None)


def told_fields(table: type[Any]) -> list["Field[Any, Any]"]:
    """The columns that a default tells and a fingerprint covers."""
    return [one for one in table._meta.fields if one.name not in KEPT_APART]


def fingerprint(values: Mapping[str, Any]) -> str:
    plain = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _value(field: "Field[Any, Any]", told: Any) -> Any:
    return date.fromisoformat(told) if isinstance(field, DateField) else told
