"""Notices as the list and its file show them."""

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from desabinaan.accounts.exports import ListFile
from desabinaan.lib.sheets.columns import Cell, Column
from desabinaan.notices.kinds import WORDINGS, Kind
from desabinaan.notices.models import sentence_of


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
            Column(_("When"), itemgetter("occurred_at"), 18),
            Column(_("Category"), _category, 24),
            Column(_("Notice"), _sentence, 70),
            Column(_("Read on"), itemgetter("read_at"), 18),
        ),
    )


def _category(row: Mapping[str, Any]) -> Cell:
    return str(WORDINGS[Kind(row["kind"])].category.label)


def _sentence(row: Mapping[str, Any]) -> Cell:
    return sentence_of(row["kind"], row["about"], row["day"])
