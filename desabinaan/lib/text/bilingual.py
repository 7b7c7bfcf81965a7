"""Texts in both languages: kept in two columns, or made for readers of each."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.conf import settings
from django.utils.translation import get_language, override

T = TypeVar("T")


def in_language(indonesian: str, english: str) -> str:
    """Return the English text where English is read and there is one."""
    return (english if get_language() == "en" else "") or indonesian


def in_each_language(make: Callable[[], T]) -> dict[str, T]:
    """Return language -> what `make` returns while that language is active."""
    made = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            made[language] = make()
    return made


def in_active_language(texts: Mapping[str, str]) -> str:
    """Return the text for the reader; the first one when there is none."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")
