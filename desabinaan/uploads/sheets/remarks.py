"""Remarks about a file as sentences in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "other_sheets": _(
        "The workbook has several sheets. Only “%(sheet)s” was read, the one with the "
        "most known headings."
    ),
    "joined_rows": _("Cells joined over several lines count for each of these lines."),
    "hidden_rows": _("Lines %(lines)s are hidden in the sheet; they were read, too."),
    "hidden_columns": _(
        "Columns %(columns)s are hidden in the sheet; they were read, too."
    ),
    "formulas": _(
        "The workbook contains formulas. Nothing was computed: their last saved "
        "results are used, and a formula without a result is blank."
    ),
}


def remark_message(word: str, details: Mapping[str, str]) -> str:
    return str(SENTENCES[word]) % details
