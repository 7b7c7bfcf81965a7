"""Workflow tables: which verb leads from which states to which, and who may say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise


class IllegalTransition(Exception):
    """The deed is not possible now; the message is a full sentence for the user."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a workflow table.

    `sources` are the states in which the verb is possible, `target` the state
    afterwards, `capability` what the acting user must hold at the place, and
    `label` the words on the button.
    """

    sources: frozenset[str]
    target: str
    capability: str
    label: StrOrPromise


Table = Mapping[str, Transition]


def step(table: Table, verb: str, status: str) -> Transition:
    """The row for `verb`; IllegalTransition when `status` is not among its sources."""
    row = table[verb]
    if status not in row.sources:
        raise IllegalTransition(
            _(
                "Somebody was faster: this has changed in the meantime. "
                "Look at the page again before you go on."
            )
        )
    return row
