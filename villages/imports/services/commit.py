"""Save the ready rows of a list in the register, within the caller's transaction."""

from collections.abc import Iterator, Sequence

from desabinaan.accounts.models import User
from desabinaan.uploads.kinds import AnyKind
from desabinaan.uploads.models import UploadRow
from desabinaan.uploads.services import refuse_other_writes
from villages.imports.models import VillageImport
from villages.imports.selectors.checking import as_check, check_rows
from villages.imports.services.writing import write_rows

BATCH = 500


def save_rows(
    kind: AnyKind,
    listed: VillageImport,
    rows: Sequence[UploadRow],
    acting_user: User | None,
) -> Iterator[int]:
    """Check the rows again and write them; yield how many are written."""
    results = check_rows(rows, listed)
    refuse_other_writes(kind, rows, [as_check(one) for one in results])
    for start in range(0, len(rows), BATCH):
        part = slice(start, start + BATCH)
        write_rows(listed, rows[part], results[part], acting_user)
        yield min(start + BATCH, len(rows))
