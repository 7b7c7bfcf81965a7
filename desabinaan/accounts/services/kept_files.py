"""Files of a form with a mistake: kept for the person who sent them, for a day."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from desabinaan.accounts.models import KeptFile, User
from desabinaan.accounts.querysets import HOURS_KEPT
from desabinaan.lib.files.uploads import CleanFile, stored_together

MOST_KEPT = 20


def keep_files(files: Iterable[tuple[str, CleanFile]], owner: User) -> list[KeptFile]:
    """Keep the named files; the same content again is the row there is already."""
    rows = []
    with stored_together() as stored:
        for name, file in files:
            row = KeptFile.objects.of(owner).filter(sha256=file.sha256).first()
            if row is None:
                row = KeptFile(
                    owner=owner,
                    name=name[-100:],
                    content_type=file.content_type,
                    size=file.size,
                    sha256=file.sha256,
                )
                stored.append(row.file)
                row.file.save(file.content.name or "", file.content, save=False)
                row.save()
            rows.append(row)
        newest = KeptFile.objects.of(owner).order_by("-pk")[:MOST_KEPT]
        kept = list(newest.values_list("pk", flat=True))
        _delete(KeptFile.objects.filter(owner=owner).exclude(pk__in=kept))
    return rows


@transaction.atomic
def forget_kept_files(pks: Iterable[int], owner: User) -> None:
    """Delete files whose form has been saved."""
    _delete(KeptFile.objects.filter(owner=owner, pk__in=list(pks)))


@transaction.atomic
def delete_old_kept_files() -> int:
    """Delete the files of forms that nobody sent again; return how many."""
    long_ago = timezone.now() - timedelta(hours=HOURS_KEPT)
    return _delete(KeptFile.objects.filter(kept_at__lt=long_ago))


def _delete(rows: Iterable[KeptFile]) -> int:
    gone = list(rows)
    for row in gone:
        storage, name = row.file.storage, row.file.name or ""
        transaction.on_commit(partial(storage.delete, name))
    KeptFile.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return len(gone)
