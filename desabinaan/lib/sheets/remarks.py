"""Remarks about a file as sentences in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "other_sheets": _("Only the first sheet, “%(sheet)s”, was read."),
    "formulas": _(
        "The workbook contains formulas. Nothing was computed: their last saved "
        "results are used, and a formula without a result is blank."
    ),
}


def remark_message(word: str, details: Mapping[str, str]) -> str:
    return str(SENTENCES[word]) % details
