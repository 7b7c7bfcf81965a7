"""Villages of a zone with labels, as the page shows them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.register.models import Village
from villages.register.workflow import VILLAGE_BADGE_STYLES


def zoning_sorts() -> dict[str, Sort]:
    return {"kode": Sort(Order("region_id"), _("District"))}


def zone_with_labels(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the label and badge style of the status to the rows."""
    return [
        row
        | {
            "state": Village.Status(row["status"]).label,
            "badge_style": VILLAGE_BADGE_STYLES[Village.Status(row["status"])],
            "is_proposed": row["status"] == Village.Status.PROPOSED,
        }
        for row in rows
    ]
