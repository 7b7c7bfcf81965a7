"""One's own notices as a page and as a file."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile, ListPage
from desabinaan.accounts.models import User
from desabinaan.lib.sheets.columns import Cell, Column, moment_column
from desabinaan.lib.web.lists import Sort
from desabinaan.lib.web.paging import Order
from desabinaan.notices.forms import NoticeFilter
from desabinaan.notices.kinds import WORDINGS, Kind
from desabinaan.notices.models import sentence_of
from desabinaan.notices.selectors import notice_rows, visible_notices


def with_sentences(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each row its sentence in the reader's language and its badge style."""
    return [
        row
        | {
            "sentence": sentence_of(row["kind"], row["about"], row["day"]),
            "badge_style": WORDINGS[Kind(row["kind"])].badge_style,
        }
        for row in rows
    ]


def notice_file() -> ListFile:
    """Return the columns of the file, with the same sentences as the page."""
    return ListFile(
        "pemberitahuan",
        _("Notices"),
        (
            moment_column(_("When"), itemgetter("occurred_at")),
            Column(_("Category"), _category, 24),
            Column(_("Notice"), _sentence, 70),
            moment_column(_("Read on"), itemgetter("read_at")),
        ),
    )


def _category(row: Mapping[str, Any]) -> Cell:
    return str(WORDINGS[Kind(row["kind"])].category.label)


def _sentence(row: Mapping[str, Any]) -> Cell:
    return sentence_of(row["kind"], row["about"], row["day"])


def _rows(user: User, form: NoticeFilter) -> QuerySet[Any, dict[str, Any]]:
    """Return the read notices, or the unread ones when they are asked for."""
    own = form.narrow(visible_notices(user))
    asks_for_new = form.state_asked == form.NEW
    return notice_rows(own.unread() if asks_for_new else own.read())


def _file_rows(user: User, form: NoticeFilter) -> QuerySet[Any, dict[str, Any]]:
    return notice_rows(form.in_state(form.narrow(visible_notices(user))))


NOTICES = ListPage(
    form=lambda request: NoticeFilter(request.GET),
    rows=_rows,
    file_rows=_file_rows,
    sorts=lambda: {"waktu": Sort(Order("occurred_at", descending=True), _("When"))},
    file=lambda _form: notice_file(),
)
