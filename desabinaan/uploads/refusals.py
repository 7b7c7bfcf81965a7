"""What fields and readers of cells refuse, in the language of whoever reads it.

Such a sentence has no key of its own: it is kept in each language.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from desabinaan.lib.text.bilingual import in_each_language
from desabinaan.uploads.sheets.rows import Remark

#: key of a remark whose detail "text" is a whole sentence
TEXT = "text"


def refused_text(check: Callable[[], object]) -> dict[str, str]:
    """Return language -> the sentence with which `check` refuses.

    It is called once for each language and must not ask the database.
    """

    def text() -> str:
        try:
            check()
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        return ""

    return in_each_language(text)


def refusal_of(check: Callable[[], object]) -> Remark:
    """Return the problem of a row whose cell `check` refuses."""
    return TEXT, {"text": refused_text(check)}
