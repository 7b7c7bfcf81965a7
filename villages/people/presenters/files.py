"""The lists of people, requests and zoning as files: their columns."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.accounts.access import Role
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column, moment_column
from villages.people.models import AccountRequest
from villages.people.selectors.account_requests import place_of
from villages.register.models import Village


def person_file() -> ListFile:
    return ListFile(
        "orang",
        _("People"),
        (
            Column(_("Name"), itemgetter("name"), 26),
            Column(_("User name"), itemgetter("username"), 22),
            Column(_("Roles here"), _posts, 50),
        ),
    )


def zoning_file() -> ListFile:
    states = {value: str(label) for value, label in Village.Status.choices}
    return ListFile(
        "zonasi-petugas",
        _("Zoning of officers"),
        (
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column(_("Code"), itemgetter("region_id"), 15),
            Column(_("Village"), itemgetter("name"), 22),
            Column(_("District"), itemgetter("district_name"), 20),
            Column(_("Regency or city"), itemgetter("regency_name"), 24),
            Column(_("State"), lambda row: states[row["status"]], 12),
            Column(
                _("Officers (PIMPASA)"),
                lambda row: "; ".join(officer["name"] for officer in row["officers"]),
                40,
            ),
        ),
    )


def account_request_file() -> ListFile:
    states = {value: str(label) for value, label in AccountRequest.Status.choices}
    return ListFile(
        "permintaan-akun",
        _("Account requests"),
        (
            Column(_("Name"), itemgetter("name"), 26),
            Column(_("Role"), lambda row: str(Role(row["role"]).label), 26),
            Column(_("For"), _place, 28),
            Column(_("Office"), itemgetter("requesting_office__short_name"), 18),
            Column(_("State"), lambda row: states[row["status"]], 20),
            moment_column(_("Requested on"), itemgetter("requested_at")),
        ),
    )


def _posts(row: Mapping[str, Any]) -> Cell:
    return "; ".join(
        f"{Role(post['role']).label}: "
        f"{place_of(post['village'], post['district']) or post['office']}"
        for post in row["held_roles"]
    )


def _place(row: Mapping[str, Any]) -> Cell:
    place = place_of(row["village__name"], row["village__district_name"])
    return place or row["requesting_office__short_name"]
