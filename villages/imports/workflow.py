from django.utils.translation import gettext_lazy as _

from desabinaan.lib.workflow.transitions import Table, Transition
from villages.imports.models import VillageImport

_IMPORT = VillageImport.Status

VILLAGE_IMPORT: Table = {
    "preview": Transition(
        frozenset({_IMPORT.UPLOADED, _IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.PREVIEWED,
        "village.import",
        _("Check the rows"),
    ),
    "edit": Transition(
        frozenset({_IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.PREVIEWED,
        "village.import",
        _("Edit a row"),
    ),
    "commit": Transition(
        frozenset({_IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.COMMITTING,
        "village.import",
        _("Save in the register"),
    ),
    "retry": Transition(
        frozenset({_IMPORT.COMMITTING}),
        _IMPORT.COMMITTING,
        "village.import",
        _("Restart"),
    ),
    "finish": Transition(
        frozenset({_IMPORT.COMMITTING}),
        _IMPORT.COMMITTED,
        "village.import",
        _("Saved in the register"),
    ),
    "fail": Transition(
        frozenset({_IMPORT.COMMITTING}),
        _IMPORT.FAILED,
        "village.import",
        _("Not saved"),
    ),
    "discard": Transition(
        frozenset({_IMPORT.UPLOADED, _IMPORT.PREVIEWED, _IMPORT.FAILED}),
        _IMPORT.DISCARDED,
        "village.import",
        _("Discard this list"),
    ),
}
VILLAGE_IMPORT_BADGE_STYLES = {
    _IMPORT.UPLOADED: "waiting",
    _IMPORT.PREVIEWED: "waiting",
    _IMPORT.COMMITTING: "moving",
    _IMPORT.COMMITTED: "done",
    _IMPORT.FAILED: "late",
    _IMPORT.DISCARDED: "quiet",
}
