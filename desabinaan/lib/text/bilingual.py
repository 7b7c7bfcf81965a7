"""Texts that administrators keep in two columns, Indonesian and English."""

from django.utils.translation import get_language


def in_language(indonesian: str, english: str) -> str:
    """Return the English text where English is read and there is one."""
    return (english if get_language() == "en" else "") or indonesian
