"""Account requests with labels, as the pages and files show them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from desabinaan.accounts.access import Role
from villages.people.models import AccountRequest
from villages.people.selectors.account_requests import place_of
from villages.people.workflow import REQUEST_BADGE_STYLES

#: role -> what its holder can see
VISIBLE_DATA = {
    Role.VILLAGE_OFFICIAL: gettext_lazy(
        "Sees only this village: its profile, monthly reports and agreed actions."
    ),
    Role.PIMPASA: gettext_lazy(
        "Sees this village's record and reports, and the sessions of its office."
    ),
    Role.OFFICE_STAFF: gettext_lazy(
        "Sees every village, report and session of the office."
    ),
}


def requests_with_labels(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the labels of role, place and status to the rows."""
    return [
        row
        | {
            "role": Role(row["role"]).label,
            "place": place_of(row["village__name"], row["village__district_name"])
            or row["requesting_office__short_name"],
            "state": AccountRequest.Status(row["status"]).label,
            "badge_style": REQUEST_BADGE_STYLES[AccountRequest.Status(row["status"])],
        }
        for row in rows
    ]


def with_visible_data(requests: Iterable[AccountRequest]) -> list[dict[str, Any]]:
    """Return pending requests, each with what its person will see."""
    return [
        {
            "asked": one,
            "where": one.village or one.requesting_office,
            "visible_data": VISIBLE_DATA[Role(one.role)],
        }
        for one in requests
    ]
