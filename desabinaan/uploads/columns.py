"""The columns that a kind of list may have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A known column: its label, and the headings it goes by in the lists of offices.

    A heading is taken by itself only when it is one of `words`, signs and case aside.
    `hint` says on the page of a row what can be written.
    """

    label: StrOrPromise
    words: tuple[str, ...]
    hint: StrOrPromise = ""


#: column name -> what is known of it, in the usual order
Columns: TypeAlias = Mapping[str, ColumnSpec]
