"""Rows that count their versions, so that a stale edit is shown and not lost."""

from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Model, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from desabinaan.lib.web.date_fields import BoundedDateTimeField

Row = TypeVar("Row", bound=Model)


class StaleEdit(Exception):
    """Somebody saved this object after the form was opened.

    `who` and `when` name the other save; the view keeps the typed text and shows both
    sides (templates/components/stale.html).
    """

    def __init__(self, who: str, when: datetime | None) -> None:
        super().__init__(who)
        self.who = who
        self.when = when


class HasVersion(Protocol):
    """A row with a version of its own; some keep who changed it in their events."""

    @property
    def version(self) -> int: ...

    def refresh_from_db(self) -> None: ...


class Versioned(models.Model):
    """A row that counts its changes, so that a stale edit is noticed."""

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        db_index=False,
    )
    changed_at = BoundedDateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


def same_version(
    current: int, seen: int, who: str, when: datetime | None = None
) -> None:
    """Raise StaleEdit unless the form was opened on the current version."""
    if current != seen:
        raise StaleEdit(who, when)


def check_version(row: Versioned, seen: int) -> None:
    """Raise StaleEdit unless the form was opened on the row's current version."""
    if row.version != seen:
        raise stale(row)


def stale(row: Versioned) -> StaleEdit:
    """Return the refusal that names who saved the row last, and when."""
    return StaleEdit(str(row.changed_by or _("Somebody")), row.changed_at)


def next_version(row: Versioned, acting_user: Any) -> list[str]:
    """Increase the row's version; return the fields to save for it."""
    row.version += 1
    row.changed_by = acting_user
    row.changed_at = timezone.now()
    return ["version", "changed_by", "changed_at"]


def write_to_all(rows: QuerySet[Any], acting_user: Any, **values: Any) -> int:
    """Write `values` to each of the rows as its next version; return how many.

    They are not locked: the caller holds the lock of what they belong to.
    """
    return rows.update(
        **values,
        version=F("version") + 1,
        changed_by=acting_user,
        changed_at=timezone.now(),
    )


def read_again(row: Row, visible: QuerySet[Row]) -> Row:
    """Return the row as it is saved now, to compare it with a stale edit; else 404."""
    return get_object_or_404(visible, pk=row.pk)
