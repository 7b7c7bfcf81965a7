"""Imports and their rows, as the pages and the downloads read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from villages.imports.models import VillageImport, VillageImportRow
from villages.places.models import Office, Region
from villages.places.permissions import roles_for

CheckResult = VillageImportRow.CheckResult
Outcome = VillageImportRow.Outcome


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """Numbers of rows of an import, by check result and by outcome."""

    total: int
    ready: int
    doubtful: int
    skipped: int
    added: int
    changed: int
    unchanged: int


def importing_offices(user: Actor) -> QuerySet[Office]:
    """Return the offices where this user serves and may import villages."""
    user_roles = roles_for(user)
    allowed = set(user_roles.offices("village.import")) & user_roles.posts
    return Office.objects.filter(pk__in=allowed).order_by("kind", Folded("short_name"))


def imports_for(user: Actor) -> QuerySet[VillageImport]:
    """Return the imports that this user may check and save in the register."""
    return VillageImport.objects.visible_to(user).select_related(
        "office", "uploaded_by"
    )


def count_rows(listed: VillageImport) -> ImportCounts:
    check_results = {
        check_result.value: Count("pk", filter=Q(check_result=check_result))
        for check_result in CheckResult
    }
    outcomes = {
        outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome
    }
    return ImportCounts(
        **listed.rows.aggregate(total=Count("pk"), **check_results, **outcomes)
    )


def next_doubtful_row(row: VillageImportRow) -> VillageImportRow | None:
    """Return the next row in doubt after this one, else the first of the list."""
    doubtful = VillageImportRow.objects.of(row.parent, CheckResult.DOUBTFUL)
    return doubtful.filter(line__gt=row.line).first() or doubtful.first()


def names_of_villages(
    codes: Iterable[str],
) -> QuerySet[Region, tuple[str, str, str, str]]:
    """Return the code and the names of the village, its district and its regency."""
    return Region.objects.filter(pk__in=set(codes)).values_list(
        "code", "name", "parent__name", "parent__parent__name"
    )
