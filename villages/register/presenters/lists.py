"""The register of fostered villages as a page and as a file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListPage
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from villages.places.models import Region
from villages.register.forms.register import RegisterFilter
from villages.register.models import Village
from villages.register.presenters.files import register_file, register_file_rows
from villages.register.selectors.counts import state_by
from villages.register.selectors.register import register_choices, register_rows
from villages.register.workflow import VILLAGE_BADGE_STYLES


def with_labels(
    rows: Iterable[dict[str, Any]], day: date | None = None
) -> list[dict[str, Any]]:
    """Return the rows with labels, badge style and the date of the decree.

    With `day`, the state is the one of that day.
    """
    return [_with_labels(row, day) for row in rows]


def _with_labels(row: dict[str, Any], day: date | None) -> dict[str, Any]:
    status = row["status"] if day is None else state_by(row["decree"])
    state = Village.Status(status)
    return row | {
        "kind": Region.Kind(row["region__kind"]).label if row["region__kind"] else "",
        "state": state.label,
        "badge_style": VILLAGE_BADGE_STYLES[state],
        "decree_date": _date_of(row["decree"]),
        "stated_date": _date_of(row["stated"]),
    }


def _date_of(decree: dict[str, str | None] | None) -> date | None:
    return parse_date(decree["date"]) if decree and decree["date"] else None


VILLAGES = ListPage(
    form=lambda request: RegisterFilter(
        request.GET, offered=register_choices(request.user)
    ),
    rows=lambda user, form: form.narrow(register_rows(user, form.day)),
    file_rows=lambda user, form: form.narrow(register_file_rows(user, form.day)),
    # the columns that have an index of their own
    sorts=lambda: {
        "nama": Sort(Order("name_folded"), _("Village")),
        "kecamatan": Sort(Order("district_folded"), _("District")),
    },
    file=lambda form: register_file(form.day),
)
