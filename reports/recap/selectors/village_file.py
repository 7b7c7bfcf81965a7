"""The village with what lies in its file: decrees, letters, contacts, schemes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.lib.bilingual import in_language
from villages.models import Assignment, Designation, Scheme, Village, VillageContact


@dataclass(frozen=True, slots=True)
class Paper:
    """A decree or a letter: its number, its day, and where the PDF is given out."""

    kind: str
    number: str
    day: date | None
    url: str


def visible_village(user: Actor, code: str) -> Village:
    """The village with `decrees`, `contact_rows` and `scheme_names`; 404 out of sight.

    The decrees come newest first, the contacts in the order in which they were added.
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
    """Whom to call; ask `may(user, "village.view_contacts", village)` before."""
    contacts: list[dict[str, str]] = getattr(village, "contact_rows", [])
    return contacts


def schemes_of(village: Village) -> list[str]:
    """The other programmes at work here, in the reader's language."""
    rows: list[dict[str, str]] = getattr(village, "scheme_names", [])
    return sorted(in_language(row["name"], row["name_en"]) for row in rows)


def papers_of(village: Village, assignments: Sequence[Assignment]) -> list[Paper]:
    """The decrees and the letters that lie in the file as PDF, the newest first.

    One letter stands once, also where it renewed the same person's service.
    """
    decrees = [
        Paper(
            _("Decree"),
            told["number"],
            parse_date(told["date"]),
            reverse("villages:decree_file", kwargs={"pk": told["pk"]}),
        )
        for told in getattr(village, "decrees", [])
        if told["file"]
    ]
    letters = {
        one.letter_number: Paper(
            _("Letter of assignment"),
            one.letter_number,
            one.starts_on,
            reverse("villages:letter_file", kwargs={"pk": one.pk}),
        )
        for one in assignments
        if one.letter_file
    }
    papers = [*decrees, *letters.values()]
    return sorted(papers, key=lambda paper: str(paper.day), reverse=True)


def _decrees() -> QuerySet[Any, Any]:
    told = JSONObject(
        pk="pk",
        number="decree_number",
        date="decree_date",
        signatory="signatory",
        file="decree_file",
    )
    rows = Designation.objects.filter(village=OuterRef("pk"))
    return rows.order_by("-decree_date", "-id").values(told=told)


def _contacts() -> QuerySet[Any, Any]:
    told = JSONObject(name="name", position="position", phone="phone")
    rows = VillageContact.objects.filter(village=OuterRef("pk"))
    return rows.order_by("id").values(told=told)


def _schemes() -> QuerySet[Any, Any]:
    rows = Scheme.objects.filter(villages=OuterRef("pk"))
    return rows.order_by().values(told=JSONObject(name="name", name_en="name_en"))
