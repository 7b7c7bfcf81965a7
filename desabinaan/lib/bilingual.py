"""Words that administrators keep in two columns, Indonesian and English."""

from django.utils.translation import get_language


def in_language(indonesian: str, english: str) -> str:
    """The English words where English is read and there are any."""
    return (english if get_language() == "en" else "") or indonesian
