"""People with the labels of their roles, as the page shows them."""

from collections.abc import Iterable
from typing import Any

from desabinaan.accounts.access import Role
from desabinaan.accounts.models import User
from villages.people.selectors.account_requests import place_of
from villages.people.selectors.people import is_protected_from


def people_with_labels(
    user: User, rows: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Add role labels, places, and whether to show the button for a code.

    The button is only a hint; `refusal_of_code` decides.
    """
    return [
        row
        | {
            "held_roles": [_role_with_label(post) for post in row["held_roles"]],
            "may_get_code": row["id"] != user.pk
            and bool(row["held_roles"])
            and not any(is_protected_from(user, post) for post in row["held_roles"]),
        }
        for row in rows
    ]


def _role_with_label(post: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": Role(post["role"]).label,
        "place": place_of(post["village"], post["district"]) or post["office"],
    }
