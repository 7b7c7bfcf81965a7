"""What a colleague removed in the meantime: the refusal says who and when.

A view takes the rows of a parent that the user may see and has fetched already: a row
that never was one of them answers 404, like a missing one.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from desabinaan.accounts.models import Removal
from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.transitions import IllegalTransition

Row = TypeVar("Row", bound=Model)


def row_or_refusal(rows: QuerySet[Row], pk: int, *, within: Model) -> Row:
    """Return the row; IllegalTransition if it was removed from `within`, else 404."""
    row = rows.filter(pk=pk).first()
    if row is not None:
        return row
    if Removal.objects.of(rows.model, pk).filter(within=key_of(within)).exists():
        raise _refusal(rows.model, pk)
    raise Http404


def get_or_refuse(rows: QuerySet[Row], pk: int) -> Row:
    """Return a row that was there a moment ago, or raise IllegalTransition.

    It is not locked: the caller holds the lock of the object it belongs to, or is
    about to take it.
    """
    row = rows.filter(pk=pk).first()
    if row is None:
        raise _refusal(rows.model, pk)
    return row


def key_of(row: Model) -> str:
    """Return "fgd_sessions.session:12"."""
    return f"{row._meta.label_lower}:{row.pk}"


def _refusal(model: type[Model], pk: int) -> IllegalTransition:
    removal = Removal.objects.of(model, pk).select_related("removed_by").first()
    if removal is None:
        return IllegalTransition(
            _("Somebody removed this in the meantime. Nothing else was changed.")
        )
    return IllegalTransition(
        _("%(who)s removed this %(what)s on %(when)s. Nothing else was changed.")
        % {
            "who": removal.removed_by,
            "what": model._meta.verbose_name,
            "when": local_time(removal.removed_at),
        }
    )
