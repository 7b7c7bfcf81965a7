"""Every write of this app."""

from villages.imports.services.commit import (
    TASK,
    _fail,
    commit_import,
    restart_import,
    run_commit,
)
from villages.imports.services.lists import (
    delete_imports_older_than,
    discard_import,
    preview_import,
    upload_list,
)
from villages.imports.services.rows import (
    choose_villages,
    edit_row,
    restore_row,
    skip_doubtful_rows,
    skip_row,
)

__all__ = [
    "TASK",
    "_fail",
    "choose_villages",
    "commit_import",
    "delete_imports_older_than",
    "discard_import",
    "edit_row",
    "preview_import",
    "restart_import",
    "restore_row",
    "run_commit",
    "skip_doubtful_rows",
    "skip_row",
    "upload_list",
]
