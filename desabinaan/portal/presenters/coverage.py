"""The coverage of villages as the table and the map show it."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from desabinaan.lib.web.lists import address
from desabinaan.lib.web.tags import day
from desabinaan.portal.selectors.coverage import WHOLES


def with_shares(
    regencies: Iterable[dict[str, Any]], params: QueryDict
) -> list[dict[str, Any]]:
    """Return the rows with shares in percent and the address of their villages."""
    register = reverse("register:village_list")
    return [
        row
        | {f"{name}_share": _share(row, name) for name in WHOLES}
        | {"url": register + address(params, {"kabupaten": row["regency_id"]})}
        for row in regencies
    ]


def _share(row: dict[str, Any], name: str) -> int:
    whole = row[f"all_{WHOLES[name]}"]
    return int(100 * row[f"all_{name}"] // whole) if whole else 0


def with_days_as_text(points: dict[str, list[list[Any]]]) -> dict[str, list[list[Any]]]:
    """Return the points of the map with the last visits as text."""
    villages = [[*village[:-1], day(village[-1])] for village in points["villages"]]
    return {**points, "villages": villages}
