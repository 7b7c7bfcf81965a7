"""Notify people, in the transaction of the operation that they are notified of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import USUAL, WORDINGS, Category, Channel, Kind
from desabinaan.notices.models import Notice, Preference

DIGEST_HOUR = 6
#: What is entered later from paper is too old for an e-mail.
NEWS = timedelta(days=2)
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about: its page and the values of its sentence.

    `once` distinguishes this occasion from others of the kind; `about` and `day` hold
    no person's name and nothing that somebody wrote.
    """

    path: str
    once: object
    about: str = ""
    day: date | None = None


def notify(
    people: QuerySet[User],
    kind: Kind,
    subject: Subject,
    *,
    by: User | None,
    occurred_at: datetime | None = None,
) -> None:
    """Notify each of the people except `by`, once; closed accounts get nothing."""
    others = people.exclude(pk=by.pk) if by else people
    reached = _reach(others, kind)
    _write(kind, [(pk, subject) for pk in reached], reached, occurred_at)


@transaction.atomic
def notify_each(
    kind: Kind,
    pairs: Iterable[tuple[int, Subject]],
    *,
    occurred_at: datetime | None = None,
) -> int:
    """Notify each user of the (user id, subject) pairs of their own subject, once.

    Return how many notices are new: it is safe to repeat.
    """
    waiting, count = iter(pairs), 0
    while chunk := list(islice(waiting, CHUNK)):
        fresh = _without_known(kind, chunk)
        people = User.objects.filter(pk__in={pk for pk, _subject in fresh})
        count += _write(kind, fresh, _reach(people, kind), occurred_at)
    return count


# --- Inside ------------------------------------------------------------------


def _reach(people: QuerySet[User], kind: Kind) -> dict[int, Channel]:
    """Return the channel of each active account among them, in one query."""
    category = WORDINGS[kind].category
    chosen = Preference.objects.filter(user=OuterRef("pk"), category=category)
    rows = people.filter(is_active=True).values_list(
        "pk", "email", Subquery(chosen.values("channel"))
    )
    return {pk: _channel(email, channel, category) for pk, email, channel in rows}


def _channel(email: str, chosen: str | None, category: Category) -> Channel:
    if not email:
        return Channel.PORTAL
    return Channel(chosen) if chosen else USUAL[category]


def _write(
    kind: Kind,
    pairs: Iterable[tuple[int, Subject]],
    reached: dict[int, Channel],
    occurred_at: datetime | None,
) -> int:
    now = timezone.now()
    when = occurred_at or now
    is_news = when > now - NEWS
    notices = [
        Notice(
            recipient_id=pk,
            kind=kind,
            key=_key(kind, subject),
            about=subject.about,
            day=subject.day,
            path=subject.path,
            occurred_at=when,
            channel=reached[pk],
            mail_due_at=_mail_due_at(reached[pk], now) if is_news else None,
        )
        for pk, subject in pairs
        if pk in reached
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def _key(kind: Kind, subject: Subject) -> str:
    return f"{kind}:{subject.once}"


def _mail_due_at(channel: Channel, now: datetime) -> datetime | None:
    """Return when the e-mail is sent: now, with the next digest, or never."""
    if channel == Channel.PORTAL:
        return None
    if channel == Channel.AT_ONCE:
        return now
    local = timezone.localtime(now)
    morning = datetime.combine(local.date(), time(DIGEST_HOUR), local.tzinfo)
    return morning if local < morning else morning + timedelta(days=1)


def _without_known(
    kind: Kind, pairs: list[tuple[int, Subject]]
) -> list[tuple[int, Subject]]:
    keys = {_key(kind, subject) for _pk, subject in pairs}
    known = set(Notice.objects.filter(key__in=keys).values_list("recipient_id", "key"))
    return [
        (pk, subject) for pk, subject in pairs if (pk, _key(kind, subject)) not in known
    ]
