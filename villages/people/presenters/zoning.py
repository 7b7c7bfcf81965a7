"""The villages of a zone as a list and as a file, and their labels."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.people.forms.zoning import ZoningFilter
from villages.people.presenters.files import zoning_file
from villages.people.selectors.zoning import (
    Area,
    Officer,
    zoning_file_rows,
    zoning_rows,
)
from villages.register.models import Village
from villages.register.workflow import VILLAGE_BADGE_STYLES


def zoning_list(
    area: Area, officers: Sequence[Officer], params: QueryDict
) -> ListPage[ZoningFilter]:
    """Return the list of the villages in the area; `params` hold its filters."""
    return ListPage(
        form=lambda _request: ZoningFilter(params, area=area, officers=officers),
        rows=lambda _user, form: zoning_rows(form.narrow(area.villages)),
        sorts=lambda: {"kode": Sort(Order("region_id"), _("District"))},
        file=lambda _form: zoning_file(),
        file_rows=lambda _user, form: zoning_file_rows(form.narrow(area.villages)),
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
