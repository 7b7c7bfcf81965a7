"""Account requests with labels, as the pages and files show them."""

from collections.abc import Iterable
from typing import Any

from desabinaan.accounts.access import Role
from villages.people.forms.account_lists import VISIBLE_DATA
from villages.people.models import AccountRequest
from villages.people.selectors.account_requests import place_of
from villages.people.workflow import REQUEST_BADGE_STYLES


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
