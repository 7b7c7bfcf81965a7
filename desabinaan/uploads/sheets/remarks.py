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
    "counting_column": _(
        "The column that only counts the rows (%(samples)s) was skipped."
    ),
    "counts": _("The numbers before the names were skipped (%(samples)s)."),
    "headings": _("The headings were skipped: %(headings)s"),
    "title_lines": _("Skipped above the headings: %(text)s"),
    "numbered_columns": _("Skipped, because it only numbers the columns: %(text)s"),
    "repeated_headings": _("Skipped, because it repeats the headings: %(count)s ×"),
    "not_of_the_list": _(
        "Not read, because these lines seem to be no part of the list: %(rows)s"
    ),
    "blank_rows": _("Skipped, because nothing is said: %(count)s × (%(text)s)"),
}


def remark_message(word: str, details: Mapping[str, str]) -> str:
    return str(SENTENCES[word]) % details
