"""Workflow tables: which operation leads from which states to which, and who may."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from desabinaan.lib.web.tags import local_time
from desabinaan.lib.workflow.changes import last_change


class IllegalTransition(Exception):
    """Not possible now; the message is a full sentence for the user."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a workflow table.

    `sources` are the states, of one TextChoices, in which the operation is possible,
    `target` the state afterwards, `capability` what the acting user must have at the
    place ("" where it depends on the object), and `label` the text of the button.
    """

    sources: frozenset[str]
    target: str
    capability: str
    label: StrOrPromise


Table = Mapping[str, Transition]


def check_transition(
    table: Table,
    verb: str,
    status: str,
    subject: object = None,
    *,
    label: StrOrPromise = "",
    state: StrOrPromise = "",
) -> Transition:
    """Return the row of `verb`, or raise IllegalTransition in a wrong status.

    It names who did that to `subject`; `label` and `state` replace the table's texts.
    """
    row = table[verb]
    if status in row.sources:
        return row
    states: Any = type(next(iter(row.sources)))
    shown = {"label": label or row.label, "state": state or states(status).label}
    who, when = last_change(subject, status)
    if who and when:
        raise IllegalTransition(
            _(
                "“%(label)s” is not possible: the state is now “%(state)s”, "
                "by %(who)s on %(when)s."
            )
            % {**shown, "who": who, "when": local_time(when)}
        )
    raise IllegalTransition(
        _("“%(label)s” is not possible: the state is now “%(state)s”.") % shown
    )
