"""Notices as rows, and how many are new, without a query of its own on each page."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.access import Actor
from desabinaan.accounts.exports import ListFile
from desabinaan.accounts.models import User
from desabinaan.lib.exports import Cell, Column
from desabinaan.notices.kinds import USUAL, WORDINGS, Channel, Kind, Matter
from desabinaan.notices.models import Notice, Preference, sentence_of
from desabinaan.notices.querysets import NoticeQuerySet

#: Counting stops here: "99+" tells enough.
MOST = 100
ROW = ("id", "kind", "about", "day", "path", "occurred_at", "read_at")


def with_unread(users: QuerySet[User]) -> QuerySet[User]:
    """Each user comes with (at most MOST) ids of unread notices, in the same query."""
    own = Notice.objects.filter(recipient=OuterRef("pk"), read_at=None)
    return users.annotate(unread_ids=ArraySubquery(own.values("pk")[:MOST]))


def unread_count(user: Actor) -> int:
    """How many notices are new, at most MOST; read already where `user` came in."""
    ids = getattr(user, "unread_ids", None)
    if ids is None:
        ids = Notice.objects.visible_to(user).unread()[:MOST]
    return len(ids)


def notices_in_sight(user: Actor) -> NoticeQuerySet:
    own: NoticeQuerySet = Notice.objects.visible_to(user)
    return own


def notice_rows(notices: NoticeQuerySet) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any, dict[str, Any]] = notices.values(*ROW)
    return rows


def dressed(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their sentence in the reader's language, and their tone."""
    return [
        row
        | {
            "sentence": sentence_of(row["kind"], row["about"], row["day"]),
            "tone": WORDINGS[Kind(row["kind"])].tone,
        }
        for row in rows
    ]


def notice_file() -> ListFile:
    """The words of the page, free of content like there."""
    return ListFile(
        "pemberitahuan",
        _("Notices"),
        (
            Column(_("When"), itemgetter("occurred_at"), 18),
            Column(_("Matter"), _matter, 24),
            Column(_("Notice"), _sentence, 70),
            Column(_("Read on"), itemgetter("read_at"), 18),
        ),
    )


def _matter(row: Mapping[str, Any]) -> Cell:
    return str(WORDINGS[Kind(row["kind"])].matter.label)


def _sentence(row: Mapping[str, Any]) -> Cell:
    return sentence_of(row["kind"], row["about"], row["day"])


def preferences_of(user: User) -> dict[str, Channel]:
    """How this person is told of each matter."""
    chosen = Preference.objects.filter(user=user).values_list("matter", "channel")
    wishes = {matter: Channel(channel) for matter, channel in chosen}
    return {matter: wishes.get(matter, USUAL[matter]) for matter in Matter}
