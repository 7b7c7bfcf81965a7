"""Choices and initial values of the forms for delegates."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desabinaan.lib.text.folded_columns import Folded
from fgd.agencies.models import Agency
from fgd.participants.models import Delegate, Invitation
from fgd.participants.selectors.participants import Choices, value_of
from fgd.participants.services import AttendanceChange
from villages.register.models import Village


def party_choices(
    invitations: Iterable[Invitation], row: Delegate | None = None
) -> Choices:
    """Return the parties as choices: the invited first, then the other agencies.

    The party of the delegate `row` is always among them.
    """
    invited = [one.agency or one.village for one in invitations]
    own = [row.party] if row else []
    return _grouped([*invited, *own])


def delegate_values(row: Delegate) -> dict[str, Any]:
    """Return the initial values of DelegateForm."""
    names = ("name", "position", "phone", "mandate", "part", "version")
    values = {name: getattr(row, name) for name in names}
    return values | {"party": value_of(row.party)}


def saved_attendance(change: AttendanceChange) -> str:
    """Say what saving the attendance list has written."""
    parts = []
    if change.marked:
        text = ngettext("%(n)s marked present", "%(n)s marked present", change.marked)
        parts.append(text % {"n": change.marked})
    if change.removed:
        text = ngettext("%(n)s mark removed", "%(n)s marks removed", change.removed)
        parts.append(text % {"n": change.removed})
    if change.missing:
        text = ngettext(
            "%(n)s is no longer on the list, as a colleague removed the row",
            "%(n)s are no longer on the list, as a colleague removed the rows",
            change.missing,
        )
        parts.append(text % {"n": change.missing})
    if not parts:
        return _("You changed nothing on this list.")
    return _("The attendance is saved: %(what)s.") % {"what": ", ".join(parts)}


def _grouped(first: Iterable[Agency | Village | None]) -> Choices:
    """Return `first` under "Invited" and the other agencies below it."""
    invited = {value_of(party): str(party) for party in first if party}
    agencies = Agency.objects.not_merged().order_by(Folded("short_name"))
    others = [
        (f"a{row.pk}", str(row)) for row in agencies if f"a{row.pk}" not in invited
    ]
    groups = [(_("Invited"), list(invited.items())), (_("Other agencies"), others)]
    return [group for group in groups if group[1]]
