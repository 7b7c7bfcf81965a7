"""Notices for tests, and those that a person received."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from desabinaan.accounts.models import User
from desabinaan.notices.kinds import Kind
from desabinaan.notices.models import Notice
from desabinaan.notices.services import Subject
from desabinaan.notices.services import notify as notify_people

PATH = "/laporan/bulanan/"


def reached(user: User, email: str = "", **fields: Any) -> User:
    """The account with this address."""
    User.objects.filter(pk=user.pk).update(email=email or f"{user.pk}@example.org")
    return User.objects.get(pk=user.pk)


def notify(
    user: User,
    kind: Kind = Kind.REPORT_RETURNED,
    once: object = 1,
    occurred_at: datetime | None = None,
) -> Notice:
    subject = Subject(PATH, once, about="Lontar, Tirtayasa", day=timezone.localdate())
    people = User.objects.filter(pk=user.pk)
    notify_people(people, kind, subject, by=None, occurred_at=occurred_at)
    return Notice.objects.get(recipient=user, key=f"{kind}:{once}")


def notified(kind: Kind) -> set[str]:
    """User names of all who have a notice of this kind."""
    found = Notice.objects.filter(kind=kind)
    return set(found.values_list("recipient__username", flat=True))
