"""Imports as the pages and the downloads read them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.lib.text.folded_columns import Folded
from villages.imports.models import VillageImport
from villages.places.models import Office, Region
from villages.places.permissions import roles_for


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


def names_of_villages(
    codes: Iterable[str],
) -> QuerySet[Region, tuple[str, str, str, str]]:
    """Return the code and the names of the village, its district and its regency."""
    return Region.objects.filter(pk__in=set(codes)).values_list(
        "code", "name", "parent__name", "parent__parent__name"
    )
