"""A list of villages from its upload to the register."""

from villages.actions.importing.applying import (
    TASK,
    apply_import,
    begin_again,
    take_over,
)
from villages.actions.importing.keeping import (
    discard_import,
    forget_old_imports,
    preview_import,
    upload_list,
)
from villages.actions.importing.mending import (
    choose_villages,
    leave_out,
    leave_out_rest,
    mend_row,
    take_back,
)

__all__ = [
    "TASK",
    "apply_import",
    "begin_again",
    "choose_villages",
    "discard_import",
    "forget_old_imports",
    "leave_out",
    "leave_out_rest",
    "mend_row",
    "preview_import",
    "take_back",
    "take_over",
    "upload_list",
]
