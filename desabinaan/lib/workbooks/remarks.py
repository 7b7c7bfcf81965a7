"""What is odd about a file, as sentences in the language of whoever looks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SENTENCES: dict[str, StrOrPromise] = {
    "other_sheets": _("Only the first sheet, “%(sheet)s”, was read."),
    "formulas": _(
        "The workbook holds formulas. We computed nothing: their results "
        "count as last saved, and a formula without a result is blank."
    ),
}


def remark_told(word: str, details: Mapping[str, str]) -> str:
    return str(SENTENCES[word]) % details
