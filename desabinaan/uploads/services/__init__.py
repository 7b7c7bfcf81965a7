"""Every write of this app."""

from desabinaan.uploads.services.commit import (
    _fail,
    commit_upload,
    refuse_other_writes,
    restart_commit,
    run_commit,
)
from desabinaan.uploads.services.lists import (
    delete_old_uploads,
    discard_upload,
    preview_upload,
    set_headed,
    store_upload,
)
from desabinaan.uploads.services.repeated import AlreadyDone
from desabinaan.uploads.services.rows import (
    choose,
    edit_row,
    restore_row,
    skip_doubtful_rows,
    skip_row,
)

__all__ = [
    "AlreadyDone",
    "_fail",
    "choose",
    "commit_upload",
    "delete_old_uploads",
    "discard_upload",
    "edit_row",
    "preview_upload",
    "refuse_other_writes",
    "restart_commit",
    "restore_row",
    "run_commit",
    "set_headed",
    "skip_doubtful_rows",
    "skip_row",
    "store_upload",
]
