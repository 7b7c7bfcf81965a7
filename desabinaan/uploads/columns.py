"""The columns that a kind of list may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.utils.translation import override
from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A known column: its label, and the headings it goes by in the lists of offices.

    A heading is taken by itself only when it is one of `headings`, signs and case
    aside. One with the words of a phrase of `perhaps` is asked whether it means this
    column. `hint` says on the page of a row what can be written.
    """

    label: StrOrPromise
    words: tuple[str, ...]
    hint: StrOrPromise = ""
    perhaps: tuple[str, ...] = ()

    def headings(self) -> tuple[str, ...]:
        """Return the words, and the label in each language: our files are headed so."""
        labels = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels.append(str(self.label))
        return *self.words, *labels


#: column name -> what is known of it, in the usual order
Columns: TypeAlias = Mapping[str, ColumnSpec]
