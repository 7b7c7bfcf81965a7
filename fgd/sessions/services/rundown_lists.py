"""Add the lines of a pasted rundown to that of its session."""

from collections.abc import Sequence

from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.services import refuse_other_writes
from fgd.sessions.models import RundownList
from fgd.sessions.selectors.rundown_lists import check_rundown
from fgd.sessions.services.locking import unlocked_session
from fgd.sessions.services.programme import add_lines_to

Outcome = UploadRow.Outcome


def save_rundown(
    kind: AnyKind, listed: RundownList, rows: Sequence[UploadRow], acting_user: User
) -> int:
    """Check the rows again and add their lines; return how many rows are done.

    A line that somebody has added since is not added twice.
    """
    session = unlocked_session(listed.session_id, acting_user, "session.change")
    checked = check_rundown(session, rows)
    refuse_other_writes(kind, rows, [found for found, _line in checked])
    added = []
    for row, (found, line) in zip(rows, checked, strict=True):
        row.outcome = Outcome.UNCHANGED
        if line is not None and not found.is_known:
            row.outcome = Outcome.ADDED
            added.append(line)
    if added:
        add_lines_to(session, acting_user, added)
    UploadRow.objects.bulk_update(rows, ["outcome"])
    return len(rows)
