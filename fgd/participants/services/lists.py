"""Add the people of an uploaded list, within the caller's transaction."""

from collections.abc import Iterator, Sequence
from typing import Any

from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import ListKind
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.services import refuse_other_writes
from fgd.participants.models import DelegateList
from fgd.participants.selectors.checking import person_of
from fgd.participants.services.participants import Person, add_delegates


def add_listed_delegates(
    kind: ListKind[Any],
    listed: DelegateList,
    rows: Sequence[UploadRow],
    acting_user: User,
) -> Iterator[int]:
    """Check the rows again and add their people; yield how many are added."""
    refuse_other_writes(kind, rows, kind.check(listed, rows, acting_user))
    people = [
        # The page of the rows has named those of the same name and sender.
        Person(**person_of(row.cells, row.subject), is_somebody_else=True)
        for row in rows
    ]
    add_delegates(listed.session_id, acting_user=acting_user, people=people)
    for row in rows:
        row.outcome = UploadRow.Outcome.ADDED
    UploadRow.objects.bulk_update(rows, ["outcome"])
    yield len(rows)
