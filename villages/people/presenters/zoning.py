"""The villages of a zone as a list with labels."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.people.forms.zoning import ZoningFilter
from villages.people.selectors.zoning import Area, Officer, zoning_rows
from villages.register.models import Village
from villages.register.workflow import VILLAGE_BADGE_STYLES


def zoning_list(area: Area, officers: Sequence[Officer]) -> ListPage[ZoningFilter]:
    """Return the list of the villages in the area.

    Its file has an order of its own, see `zoning_export`.
    """
    return ListPage(
        form=lambda request: ZoningFilter(request.GET, area=area, officers=officers),
        rows=lambda _user, form: zoning_rows(form.narrow(area.villages)),
        sorts=lambda: {"kode": Sort(Order("region_id"), _("District"))},
    )


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
