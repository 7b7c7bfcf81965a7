from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column
from desabinaan.lib.text.folded_columns import Folded
from desabinaan.lib.text.telephones import telephone_text
from villages.places.models import Region, Scheme
from villages.register.models import Village, VillageContact
from villages.register.selectors.counts import state_by
from villages.register.selectors.register import decrees_of_row, register_rows

MORE = (
    "region__kind",
    "population",
    "households",
    "latitude",
    "longitude",
    "scheme_names",
    "contacts_read",
    "signed_decree",
)


def register_file_rows(
    user: Actor, day: date | None = None
) -> QuerySet[Any, dict[str, Any]]:
    """Return the rows of the register with the extra columns of the file.

    With `day`, as of that day. Contacts are included only where this user may read
    them.
    """
    readable = Village.objects.open_for(user, "village.view_contacts")
    contacts = VillageContact.objects.filter(
        village=OuterRef("pk"), village__in=readable
    ).order_by("pk")
    contact = JSONObject(name="name", position="position", phone="phone")
    schemes = Scheme.objects.filter(villages=OuterRef("pk")).order_by(Folded("name"))
    signed = decrees_of_row(day).values(
        data=JSONObject(
            number="decree_number",
            date="decree_date",
            signatory="signatory",
            verb="verb",
        )
    )
    rows: QuerySet[Any, dict[str, Any]] = (
        register_rows(user, day)
        .annotate(
            scheme_names=ArraySubquery(schemes.values("name")),
            contacts_read=ArraySubquery(contacts.values(row=contact)),
            signed_decree=ArraySubquery(signed[:1]),
        )
        .values(*COLUMNS_OF_FILE)
    )
    return rows


COLUMNS_OF_FILE = (
    "id",
    "region_id",
    "name",
    "district_name",
    "regency_name",
    "status",
    "office__short_name",
    "officers",
    *MORE,
)


def register_file(day: date | None = None) -> ListFile:
    """Return name, title and columns of the file; the import knows the headings.

    With `day`, the state is the one of that day.
    """
    states = {value: str(label) for value, label in Village.Status.choices}
    kinds = {value: str(label) for value, label in Region.Kind.choices}
    return ListFile(
        "desa-binaan",
        _("Fostered villages"),
        (
            Column(_("Code"), itemgetter("region_id"), 15),
            Column(_("Village"), itemgetter("name"), 22),
            Column(_("District"), itemgetter("district_name"), 20),
            Column(_("Regency or city"), itemgetter("regency_name"), 24),
            Column(_("Kind"), lambda row: kinds.get(row["region__kind"], ""), 16),
            Column(_("State"), lambda row: states[_status(row, day)], 12),
            Column(_("Office"), itemgetter("office__short_name"), 18),
            Column("PIMPASA", lambda row: "; ".join(row["officers"]), 26),
            Column(_("Decree number"), _decree("number"), 28),
            Column(_("Date of the decree"), _decree_day, 14),
            Column(_("Signed by"), _decree("signatory"), 26),
            Column(_("Latitude"), itemgetter("latitude"), 11),
            Column(_("Longitude"), itemgetter("longitude"), 11),
            Column(_("Inhabitants"), itemgetter("population"), 11),
            Column(_("Households"), itemgetter("households"), 11),
            Column(_("Other schemes"), joined("scheme_names"), 22),
            Column(_("Contacts"), _contacts, 34),
        ),
    )


def _status(row: dict[str, Any], day: date | None) -> str:
    status: str = row["status"]
    return status if day is None else state_by(next(iter(row["signed_decree"]), None))


# --- Cells -------------------------------------------------------------------


def _decree(part: str) -> Any:
    def cell(row: Mapping[str, Any]) -> Cell:
        return row["signed_decree"][0][part] if row["signed_decree"] else ""

    return cell


def _decree_day(row: Mapping[str, Any]) -> Cell:
    return parse_date(row["signed_decree"][0]["date"]) if row["signed_decree"] else None


def _contacts(row: Mapping[str, Any]) -> Cell:
    return "; ".join(map(_contact, row["contacts_read"] or ()))


def _contact(contact: Mapping[str, str]) -> str:
    position = f" ({contact['position']})" if contact["position"] else ""
    return f"{contact['name']}{position} {telephone_text(contact['phone'])}".rstrip()


def joined(name: str) -> Any:
    return lambda row: "; ".join(row[name] or ())
