"""A village with its decrees, contacts and schemes."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.bilingual import in_language
from desabinaan.lib.text.folding import folded
from villages.places.models import Scheme
from villages.register.models import Designation, Village, VillageContact


def visible_village(user: Actor, code: str) -> Village:
    """Return the visible village with its decrees, contacts and schemes, or 404.

    They are annotated as `decrees` (newest first), `contact_rows` and `scheme_names`.
    """
    rows = (
        Village.objects.visible_to(user)
        .select_related("office", "region")
        .defer("search")
        .annotate(
            decrees=ArraySubquery(_decrees()),
            contact_rows=ArraySubquery(_contacts()),
            scheme_names=ArraySubquery(_schemes()),
        )
    )
    village: Village = get_object_or_404(rows, region_id=code)
    return village


def latest_decree(village: Village) -> dict[str, Any] | None:
    decrees: list[dict[str, Any]] = getattr(village, "decrees", [])
    return {**decrees[0], "date": parse_date(decrees[0]["date"])} if decrees else None


def contacts_of(village: Village) -> list[dict[str, str]]:
    """Return the contacts; the caller checks `village.view_contacts`."""
    contacts: list[dict[str, str]] = getattr(village, "contact_rows", [])
    return contacts


def schemes_of(village: Village) -> list[str]:
    """Return the names of other schemes in the village, in the user's language."""
    rows: list[dict[str, str]] = getattr(village, "scheme_names", [])
    names = [in_language(row["name"], row["name_en"]) for row in rows]
    return sorted(names, key=folded)


def _decrees() -> QuerySet[Any, Any]:
    fields = JSONObject(
        pk="pk",
        number="decree_number",
        date="decree_date",
        signatory="signatory",
        file="decree_file",
    )
    rows = Designation.objects.filter(village=OuterRef("pk"))
    return rows.order_by("-decree_date", "-id").values(row=fields)


def _contacts() -> QuerySet[Any, Any]:
    fields = JSONObject(name="name", position="position", phone="phone")
    rows = VillageContact.objects.filter(village=OuterRef("pk"))
    return rows.order_by("id").values(row=fields)


def _schemes() -> QuerySet[Any, Any]:
    rows = Scheme.objects.filter(villages=OuterRef("pk"))
    return rows.order_by().values(row=JSONObject(name="name", name_en="name_en"))
