"""Notices and their number, which comes without a query of its own on each page."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from desabinaan.accounts.access import Actor
from desabinaan.accounts.models import User
from desabinaan.notices.kinds import USUAL, Category, Channel
from desabinaan.notices.models import Notice, Preference
from desabinaan.notices.querysets import NoticeQuerySet

#: Counting stops here; the top bar shows "99+".
MOST = 100
ROW = ("id", "kind", "about", "day", "path", "occurred_at", "read_at")


def with_unread(users: QuerySet[User]) -> QuerySet[User]:
    """Add the ids of at most MOST unread notices to each user, in the same query."""
    own = Notice.objects.filter(recipient=OuterRef("pk"), read_at=None)
    return users.annotate(unread_ids=ArraySubquery(own.values("pk")[:MOST]))


def unread_count(user: Actor) -> int:
    """Return the number of unread notices, at most MOST.

    It costs no query for a user who was read by `with_unread`.
    """
    ids = getattr(user, "unread_ids", None)
    if ids is None:
        ids = Notice.objects.visible_to(user).unread()[:MOST]
    return len(ids)


def visible_notices(user: Actor) -> NoticeQuerySet:
    own: NoticeQuerySet = Notice.objects.visible_to(user)
    return own


def notice_rows(notices: NoticeQuerySet) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any, dict[str, Any]] = notices.values(*ROW)
    return rows


def preferences_of(user: User) -> dict[str, Channel]:
    """Return the channel of each category for this user."""
    chosen = Preference.objects.filter(user=user).values_list("category", "channel")
    channels = {category: Channel(channel) for category, channel in chosen}
    return {category: channels.get(category, USUAL[category]) for category in Category}
